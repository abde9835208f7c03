/// A set of hashes of names that may say yes too often, never no.
package struct NameFilter: Sendable {
  /// One bit for each value of a name's lower 16 bits.
  package private(set) var bits: [UInt64]

  package static let wordCount = 1 << 10

  package init() { bits = [UInt64](repeating: 0, count: Self.wordCount) }

  /// - Parameter bits: As they were once read; `nil` when they are not so many as there must be.
  package init?(bits: [UInt64]) {
    guard bits.count == Self.wordCount else { return nil }
    self.bits = bits
  }

  @inline(__always)
  func mayContain(_ name: UInt32) -> Bool {
    bits[Int(name & 0xFFFF) >> 6] & 1 << UInt64(name & 63) != 0
  }

  @inline(__always)
  mutating func insert(_ name: UInt32) {
    bits[Int(name & 0xFFFF) >> 6] |= 1 << UInt64(name & 63)
  }

  func union(_ other: NameFilter) -> NameFilter {
    var result = self
    for index in result.bits.indices { result.bits[index] |= other.bits[index] }
    return result
  }
}
