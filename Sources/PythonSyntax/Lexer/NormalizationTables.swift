/// Decompositions, combining classes and compositions, unpacked when a first name needs them.
struct NormalizationTables {
  /// Characters with a full compatibility decomposition, sorted.
  private var decomposed: [UInt32] = []
  /// Where the decomposition of each begins, and where the last one ends.
  private var starts: [UInt32] = [0]
  private var parts: [UInt32] = []
  /// The boundaries of runs of combining characters.
  private var combining: [UInt32] = []
  /// The class of each run.
  private var classes: [UInt32] = []
  /// What two characters make, the first in the upper half of the key.
  private(set) var compositions: [UInt64: UInt32] = [:]

  init() {
    readDecompositions()
    readClasses()
  }

  private mutating func readDecompositions() {
    var numbers = PackedNumbers(IdentifierTables.decompositions)
    var scalar: UInt32 = 0
    // Differences from the part at the same place of the decomposition before.
    var last: [UInt32] = []
    var joined: [Int] = []
    while let difference = numbers.next(), let header = numbers.next() {
      scalar += difference
      if header % 2 == 1 { joined.append(decomposed.count) }
      for place in 0..<Int(header / 2) {
        if place == last.count { last.append(0) }
        let signed = numbers.next() ?? 0
        last[place] = signed % 2 == 0 ? last[place] &+ signed / 2 : last[place] &- signed / 2 &- 1
        parts.append(last[place])
      }
      decomposed.append(scalar)
      starts.append(UInt32(parts.count))
    }
    join(joined)
  }

  /// Finds the pairs: the last part joins the composition of all before, so the shortest go first.
  private mutating func join(_ indices: [Int]) {
    var length = 2
    var rest = indices
    while !rest.isEmpty {
      for index in rest {
        let part = parts[Int(starts[index])..<Int(starts[index + 1])]
        guard part.count == length, var first = part.first, let last = part.last else { continue }
        for next in part.dropFirst().dropLast() {
          first = compositions[UInt64(first) << 32 | UInt64(next)] ?? first
        }
        compositions[UInt64(first) << 32 | UInt64(last)] = decomposed[index]
      }
      rest.removeAll { starts[$0 + 1] - starts[$0] == UInt32(length) }
      length += 1
    }
  }

  private mutating func readClasses() {
    var numbers = PackedNumbers(IdentifierTables.combiningClasses)
    var end: UInt32 = 0
    while let gap = numbers.next(), let length = numbers.next(), let value = numbers.next() {
      combining.append(end + gap)
      end += gap + length
      combining.append(end)
      classes.append(value)
    }
  }

  /// The full compatibility decomposition of a character that has one.
  func decomposition(of scalar: UInt32) -> ArraySlice<UInt32>? {
    let index = place(of: scalar, in: decomposed)
    guard index > 0, decomposed[index - 1] == scalar else { return nil }
    return parts[Int(starts[index - 1])..<Int(starts[index])]
  }

  /// The canonical combining class of a character.
  func combiningClass(of scalar: UInt32) -> UInt32 {
    let index = place(of: scalar, in: combining)
    return index % 2 == 1 ? classes[index / 2] : 0
  }

  /// How many of some sorted numbers are not above a number.
  private func place(of number: UInt32, in numbers: [UInt32]) -> Int {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
