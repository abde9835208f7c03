/// Finds a shortest edit script by splitting at the middle of an optimal path.
struct MiddleSnakeSearch {
  /// Each line as a number; equal lines have equal numbers.
  private let old: [Int]
  private let new: [Int]
  private var isDeleted: [Bool]
  private var isInserted: [Bool]
  /// Furthest reaching paths from both ends, by diagonal; reused by every split.
  private var forward: [Int]
  private var backward: [Int]

  init(old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>]) {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func number(_ line: ArraySlice<UInt8>) -> Int {
      if let known = numbers[line] { return known }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    self.old = old.map(number)
    self.new = new.map(number)
    isDeleted = Array(repeating: false, count: old.count)
    isInserted = Array(repeating: false, count: new.count)
    let size = old.count + new.count + 3
    forward = Array(repeating: 0, count: size)
    backward = Array(repeating: 0, count: size)
  }

  /// The edit script in text order.
  mutating func operations() -> [LineDiff.Operation] {
    mark(0..<old.count, 0..<new.count)
    var result: [LineDiff.Operation] = []
    var (oldIndex, newIndex) = (0, 0)
    while oldIndex < old.count || newIndex < new.count {
      if oldIndex < old.count, isDeleted[oldIndex] {
        result.append(.delete(old: oldIndex))
        oldIndex += 1
      } else if newIndex < new.count, isInserted[newIndex] {
        result.append(.insert(new: newIndex))
        newIndex += 1
      } else {
        result.append(.keep(old: oldIndex, new: newIndex))
        oldIndex += 1
        newIndex += 1
      }
    }
    return result
  }

  /// Marks the lines that differ between two intervals.
  private mutating func mark(_ oldPart: Range<Int>, _ newPart: Range<Int>) {
    var (oldStart, oldEnd) = (oldPart.lowerBound, oldPart.upperBound)
    var (newStart, newEnd) = (newPart.lowerBound, newPart.upperBound)
    while oldStart < oldEnd, newStart < newEnd, old[oldStart] == new[newStart] {
      oldStart += 1
      newStart += 1
    }
    while oldStart < oldEnd, newStart < newEnd, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    if oldStart == oldEnd {
      for index in newStart..<newEnd { isInserted[index] = true }
    } else if newStart == newEnd {
      for index in oldStart..<oldEnd { isDeleted[index] = true }
    } else {
      let (oldSplit, newSplit) = split(oldStart..<oldEnd, newStart..<newEnd)
      mark(oldStart..<oldSplit, newStart..<newSplit)
      mark(oldSplit..<oldEnd, newSplit..<newEnd)
    }
  }

  /// A point on a shortest path, other than both of its ends.
  ///
  /// - Precondition: Neither interval is empty, and both their first and their last lines differ.
  private mutating func split(_ oldPart: Range<Int>, _ newPart: Range<Int>) -> (Int, Int) {
    let (width, height) = (oldPart.count, newPart.count)
    let (oldBase, newBase) = (oldPart.lowerBound, newPart.lowerBound)
    let delta = width - height
    // Diagonals run from -height - 1 to width + 1; adding this makes them indices.
    let center = height + 1
    for index in 0..<width + height + 3 {
      forward[index] = Self.unreached
      backward[index] = Self.unreached
    }
    forward[center + 1] = 0
    backward[center + 1] = 0
    for distance in 0...width + height {
      let lowest = distance <= height ? -distance : -height + (distance - height) & 1
      let highest = distance <= width ? distance : width - (distance - width) & 1
      for diagonal in stride(from: lowest, through: highest, by: 2) {
        let index = center + diagonal
        var x = max(forward[index + 1], forward[index - 1] + 1)
        guard x >= 0, x <= width, x - diagonal <= height else {
          forward[index] = Self.unreached
          continue
        }
        while x < width, x - diagonal < height, old[oldBase + x] == new[newBase + x - diagonal] {
          x += 1
        }
        forward[index] = x
        let met = backward[center + delta - diagonal]
        if !delta.isMultiple(of: 2), distance > 0, x + met >= width {
          return (oldBase + x, newBase + x - diagonal)
        }
      }
      for diagonal in stride(from: lowest, through: highest, by: 2) {
        let index = center + diagonal
        var x = max(backward[index + 1], backward[index - 1] + 1)
        guard x >= 0, x <= width, x - diagonal <= height else {
          backward[index] = Self.unreached
          continue
        }
        while x < width, x - diagonal < height,
          old[oldBase + width - 1 - x] == new[newBase + height - 1 - x + diagonal]
        {
          x += 1
        }
        backward[index] = x
        let met = forward[center + delta - diagonal]
        if delta.isMultiple(of: 2), x + met >= width {
          return (oldBase + width - x, newBase + height - x + diagonal)
        }
      }
    }
    preconditionFailure("there is always a shortest path")
  }

  /// Stands for a diagonal that no path has reached; stays negative when one is added.
  private static let unreached = Int.min / 2
}
