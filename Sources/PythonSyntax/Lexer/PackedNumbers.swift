/// Numbers packed into a literal of printable characters, read from first to last.
///
/// A digit is one of 91 characters: `#` to `~` without the backslash. A first digit below 64 is the
/// number itself, below 89 it begins one of two digits, and 89 and 90 stand before three and four.
/// `Tests/Conformance/write_unicode_tables.py` writes them.
package struct PackedNumbers: Sequence, IteratorProtocol {
  private static let base: UInt32 = 91
  private static let oneDigit: UInt32 = 64
  private static let twoDigits: UInt32 = 25

  private var at: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  /// Reads a literal.
  package init(_ text: StaticString) {
    at = text.utf8Start
    end = at + text.utf8CodeUnitCount
  }

  /// The next number, if there is one.
  package mutating func next() -> UInt32? {
    guard at < end else { return nil }
    let first = digit()
    if first < Self.oneDigit { return first }
    let rest = first - Self.oneDigit
    if rest < Self.twoDigits { return Self.oneDigit + rest * Self.base + digit() }
    return number(ofDigits: Int(rest - Self.twoDigits) + 3)
  }

  /// Reads a digit.
  @inline(never)
  mutating func digit() -> UInt32 {
    let byte = UInt32(at.pointee)
    at += 1
    return byte - (byte > 0x5C ? 0x24 : 0x23)
  }

  /// Reads a number of so many digits.
  mutating func number(ofDigits count: Int) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count { value = value * Self.base + digit() }
    return value
  }

  /// The boundaries of runs of gaps and lengths: inside from an even place to an odd.
  static func boundaries(_ text: StaticString) -> [UInt32] {
    var boundaries: [UInt32] = []
    var last: UInt32 = 0
    for number in PackedNumbers(text) {
      last += number
      boundaries.append(last)
    }
    return boundaries
  }

  /// Whether boundaries enclose a number.
  static func contains(_ number: UInt32, in boundaries: [UInt32]) -> Bool {
    var low = 0
    var high = boundaries.count
    while low < high {
      let middle = (low + high) / 2
      if boundaries[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low % 2 == 1
  }
}
