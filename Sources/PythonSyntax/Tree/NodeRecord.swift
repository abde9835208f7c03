/// The stored part of one node; what `a` and `b` mean depends on the kind (see the views).
@usableFromInline
package struct NodeRecord: BitwiseCopyable, Sendable {
  @usableFromInline package let start: UInt32
  @usableFromInline package let end: UInt32
  @usableFromInline package let a: UInt32
  @usableFromInline package let b: UInt32

  @inlinable
  package init(start: UInt32, end: UInt32, a: UInt32, b: UInt32) {
    self.start = start
    self.end = end
    self.a = a
    self.b = b
  }

  /// The slot value that stands for an absent node or name.
  @inlinable
  package static var none: UInt32 { UInt32.max }
}
