// Loops, `with` and `try` in one another.

extension CompilerPass {
  /// The most blocks that a function may be in at once.
  ///
  /// **Source:** `CO_MAXBLOCKS` in CPython's `Include/cpython/code.h`.
  private static var maximumBlocks: Int { 21 }

  /// Reports a statement that is in too many blocks, or whose own ones are too many.
  mutating func checkNesting(_ id: NodeID) {
    guard isDeeplyIndented(id) else { return }
    var count = ownBlocks(of: id)
    var child = id
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .module, .classDef, .lambda: child = tree.root
      case .functionDef, .asyncFunctionDef:
        // A generator or coroutine has a block around its body.
        if tree.kind(parent) == .asyncFunctionDef || isGenerator(parent) { count += 1 }
        child = tree.root
      default:
        count += blocks(of: parent, around: child)
        child = parent
      }
    }
    if count > Self.maximumBlocks { report(id, "too many statically nested blocks") }
  }

  /// Whether a statement's column leaves room for so many blocks: a `with` may count twice and more.
  private func isDeeplyIndented(_ id: NodeID) -> Bool {
    let start = Int(tree.span(id).start)
    guard start >= 5 else { return false }
    return tree.source.bytes[(start - 5)..<start].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// The most blocks that a statement opens at once.
  private func ownBlocks(of id: NodeID) -> Int {
    if let view = tree.withStmt(id) { return tree.nodes(view.items).count }
    guard let view = tree.tryStmt(id) else { return 1 }
    let final = view.finalBody.isEmpty ? 0 : 1
    return view.handlers.isEmpty ? final : final + 2
  }

  /// The blocks of a statement that one of its children runs in.
  private func blocks(of id: NodeID, around child: NodeID) -> Int {
    if let body = tree.forStmt(id)?.body ?? tree.whileStmt(id)?.body {
      return holds(body, child) ? 1 : 0
    }
    if let view = tree.withStmt(id) {
      return holds(view.body, child) ? tree.nodes(view.items).count : 0
    }
    if tree.kind(id) == .exceptHandler { return 1 }
    guard let view = tree.tryStmt(id) else { return 0 }
    let final = view.finalBody.isEmpty ? 0 : 1
    if tree.kind(child) == .exceptHandler { return final + 1 }
    if holds(view.body, child) { return view.handlers.isEmpty ? final : final + 1 }
    return holds(view.finalBody, child) ? 1 : final
  }

  /// Whether one of the statements is a node; a list's nodes are numbered in order.
  private func holds(_ list: NodeList, _ node: NodeID) -> Bool {
    let nodes = tree.nodes(list)
    guard let first = nodes.first, let last = nodes.last else { return false }
    return first <= node && node <= last
  }
}
