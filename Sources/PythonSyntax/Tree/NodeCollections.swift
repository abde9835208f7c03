/// The ids of all nodes of a tree, in postorder.
@usableFromInline
package struct NodeIDs: RandomAccessCollection, Sendable {
  @usableFromInline package let startIndex = 0
  @usableFromInline package let endIndex: Int

  @inlinable
  package init(count: Int) { endIndex = count }

  @inlinable
  package subscript(position: Int) -> NodeID { NodeID(UInt32(truncatingIfNeeded: position)) }
}

/// The nodes of one list field, in source order.
@usableFromInline
package struct Nodes: RandomAccessCollection, Sendable {
  @usableFromInline let slots: ArraySlice<UInt32>

  @inlinable
  package init(_ slots: ArraySlice<UInt32>) { self.slots = slots }

  @inlinable
  package var startIndex: Int { 0 }

  @inlinable
  package var endIndex: Int { slots.count }

  @inlinable
  package subscript(position: Int) -> NodeID { NodeID(slots[slots.startIndex + position]) }
}

/// The nodes of one list field whose elements may be absent.
@usableFromInline
package struct OptionalNodes: RandomAccessCollection, Sendable {
  @usableFromInline let slots: ArraySlice<UInt32>

  @inlinable
  package init(_ slots: ArraySlice<UInt32>) { self.slots = slots }

  @inlinable
  package var startIndex: Int { 0 }

  @inlinable
  package var endIndex: Int { slots.count }

  @inlinable
  package subscript(position: Int) -> NodeID? {
    let slot = slots[slots.startIndex + position]
    return slot == NodeRecord.none ? nil : NodeID(slot)
  }
}

/// The names of one list field.
@usableFromInline
package struct Names: RandomAccessCollection, Sendable {
  @usableFromInline let slots: ArraySlice<UInt32>

  @inlinable
  package init(_ slots: ArraySlice<UInt32>) { self.slots = slots }

  @inlinable
  package var startIndex: Int { 0 }

  @inlinable
  package var endIndex: Int { slots.count }

  @inlinable
  package subscript(position: Int) -> NameID { NameID(slots[slots.startIndex + position]) }
}
