/// A half-open interval of the source, in UTF-8 bytes from 0.
@usableFromInline
package struct ByteSpan: Hashable, Sendable {
  @usableFromInline package let start: UInt32
  @usableFromInline package let end: UInt32

  @inlinable
  package init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  @inlinable
  package var count: Int { Int(end) - Int(start) }

  @inlinable
  package var isEmpty: Bool { start == end }

  /// The same interval as array indices.
  @inlinable
  package var indices: Range<Int> { Int(start)..<Int(end) }

  /// Whether the other interval lies inside this one.
  @inlinable
  package func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
}
