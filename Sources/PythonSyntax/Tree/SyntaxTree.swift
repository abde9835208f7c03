/// The immutable syntax tree of one source text: arrays indexed by ``NodeID``, in postorder.
///
/// Children come before their parents and the subtree of a node is a contiguous run of ids that
/// ends with the node, so a loop over ``nodes`` is a walk without recursion and a side table is an
/// array. Checks read nodes through the typed views (`tree.call(id)?.function`).
@usableFromInline
package final class SyntaxTree: Sendable {
  package let source: SourceText
  /// The errors of the lexer and the parser, by position; empty when `ast.parse` accepts the text.
  package let errors: [SyntaxError]
  /// The interned names.
  @usableFromInline package let nameTable: NameTable

  @usableFromInline package let kinds: [NodeKind]
  @usableFromInline package let flags: [UInt8]
  @usableFromInline package let records: [NodeRecord]
  @usableFromInline package let parents: [UInt32]
  @usableFromInline package let extra: [UInt32]

  init(
    source: SourceText, errors: [SyntaxError], nameTable: NameTable, kinds: [NodeKind],
    flags: [UInt8], records: [NodeRecord], parents: [UInt32], extra: [UInt32]
  ) {
    precondition(kinds.last == .module, "the last node of a tree is its module")
    self.source = source
    self.errors = errors
    self.nameTable = nameTable
    self.kinds = kinds
    self.flags = flags
    self.records = records
    self.parents = parents
    self.extra = extra
  }

  /// All nodes in postorder.
  @inlinable
  package var nodes: NodeIDs { NodeIDs(count: kinds.count) }

  /// The module, which is the last node.
  @inlinable
  package var root: NodeID { NodeID(UInt32(truncatingIfNeeded: kinds.count - 1)) }

  /// The kind of a node.
  @inlinable
  package func kind(_ id: NodeID) -> NodeKind { kinds[id.index] }

  /// The bytes of a node, with CPython's start and end.
  ///
  /// Kinds without a position in CPython (`arguments`, `comprehension`, `withItem`, `matchCase`,
  /// `module`) span what they were parsed from.
  @inlinable
  package func span(_ id: NodeID) -> ByteSpan {
    let record = records[id.index]
    return ByteSpan(start: record.start, end: record.end)
  }

  /// The parent of a node; `nil` for the module.
  @inlinable
  package func parent(of id: NodeID) -> NodeID? {
    let parent = parents[id.index]
    return parent == NodeRecord.none ? nil : NodeID(parent)
  }

  /// The nodes of a list field.
  @inlinable
  package func nodes(_ list: NodeList) -> Nodes {
    Nodes(extra[Int(list.start)..<Int(list.start) + Int(list.count)])
  }

  /// The nodes of a list field with absent elements (dict keys, keyword-only defaults).
  @inlinable
  package func optionalNodes(_ list: NodeList) -> OptionalNodes {
    OptionalNodes(extra[Int(list.start)..<Int(list.start) + Int(list.count)])
  }

  /// The names of a list field.
  @inlinable
  package func names(_ list: NameList) -> Names {
    Names(extra[Int(list.start)..<Int(list.start) + Int(list.count)])
  }

  /// The bytes of a name, NFKC-normalised UTF-8.
  @inlinable
  package func text(of name: NameID) -> ArraySlice<UInt8> { nameTable.text(of: name) }

  /// The source bytes of a node.
  package func text(of id: NodeID) -> ArraySlice<UInt8> { source.text(of: span(id)) }

  // MARK: Slots, for the views.

  @inlinable
  func isKind(_ id: NodeID, _ kind: NodeKind) -> Bool { kinds[id.index] == kind }

  @inlinable
  func slotA(_ id: NodeID) -> UInt32 { records[id.index].a }

  @inlinable
  func slotB(_ id: NodeID) -> UInt32 { records[id.index].b }

  /// A list whose start and count are neighbours in `extra`.
  @inlinable
  func list(at slot: Int) -> NodeList {
    NodeList(start: extra[slot], count: extra[slot + 1])
  }

  @inlinable
  func node(_ slot: UInt32) -> NodeID? { slot == NodeRecord.none ? nil : NodeID(slot) }

  @inlinable
  func name(_ slot: UInt32) -> NameID? { slot == NodeRecord.none ? nil : NameID(slot) }

  /// The list stored in the two slots of a node.
  @inlinable
  func slotList(_ id: NodeID) -> NodeList {
    let record = records[id.index]
    return NodeList(start: record.a, count: record.b)
  }
}
