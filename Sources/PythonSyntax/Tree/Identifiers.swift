/// A node of one ``SyntaxTree``: its index in postorder, so children are smaller than parents.
@usableFromInline
package struct NodeID: Hashable, Comparable, Sendable {
  @usableFromInline package let rawValue: UInt32

  @inlinable
  package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable
  package var index: Int { Int(rawValue) }

  @inlinable
  package static func < (left: NodeID, right: NodeID) -> Bool { left.rawValue < right.rawValue }
}

/// An interned identifier; equal names of one ``NameTable`` have equal ids.
@usableFromInline
package struct NameID: Hashable, Sendable {
  @usableFromInline package let rawValue: UInt32

  @inlinable
  package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable
  package var index: Int { Int(rawValue) }
}

/// A run of node ids stored in the tree; read it with ``SyntaxTree/nodes(_:)``.
@usableFromInline
package struct NodeList: Hashable, Sendable {
  /// The first slot in the tree's `extra` array.
  @usableFromInline package let start: UInt32
  @usableFromInline package let count: UInt32

  @inlinable
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }

  @inlinable
  package var isEmpty: Bool { count == 0 }

  package static let empty = NodeList(start: 0, count: 0)
}

/// A run of interned names stored in the tree; read it with ``SyntaxTree/names(_:)``.
@usableFromInline
package struct NameList: Hashable, Sendable {
  @usableFromInline package let start: UInt32
  @usableFromInline package let count: UInt32

  @inlinable
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}
