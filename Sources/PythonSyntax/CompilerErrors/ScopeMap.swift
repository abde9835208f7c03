/// For every node, the scope that it is evaluated in and what statements are allowed there.
///
/// Computed from parents to children in one loop over the tree, so that no check climbs a chain of
/// parents: broken or generated source may have hundreds of thousands of nested nodes.
struct ScopeMap {
  /// What encloses a statement.
  struct Context: OptionSet {
    let rawValue: UInt8
    /// In the body of a loop of the same scope.
    static let loop = Context(rawValue: 1)
    /// In an `except*` block of the same scope; `break` and `continue` of a loop inside are fine.
    static let starBlock = Context(rawValue: 2)
    /// In an `except*` block of the same scope, loops or not.
    static let starReturn = Context(rawValue: 4)
    /// In the iterable of a comprehension.
    static let iterable = Context(rawValue: 8)
  }

  /// The index of the scope node: a module, class, function, lambda or comprehension.
  let scopes: [UInt32]
  let contexts: [UInt8]

  init(_ tree: SyntaxTree) {
    let count = tree.nodes.count
    var scopes = [UInt32](repeating: tree.root.rawValue, count: count)
    var contexts = [UInt8](repeating: 0, count: count)
    scopes.withUnsafeMutableBufferPointer { scopes in
      contexts.withUnsafeMutableBufferPointer { contexts in
        let walk = ScopeWalk(tree: tree, scopes: scopes, contexts: contexts)
        var index = count - 1
        while index >= 0 {
          walk.descend(NodeID(UInt32(truncatingIfNeeded: index)))
          index -= 1
        }
      }
    }
    self.scopes = scopes
    self.contexts = contexts
  }

  func scope(of id: NodeID) -> NodeID { NodeID(scopes[id.index]) }

  func context(of id: NodeID) -> Context { Context(rawValue: contexts[id.index]) }
}

/// Fills the arrays of a ``ScopeMap``.
private struct ScopeWalk {
  let tree: SyntaxTree
  let scopes: UnsafeMutableBufferPointer<UInt32>
  let contexts: UnsafeMutableBufferPointer<UInt8>

  func descend(_ id: NodeID) {
    let kind = tree.kind(id)
    if kind == .name || kind == .constant { return }
    let scope = scopes[id.index]
    let context = contexts[id.index]
    tree.forEachChild(of: id) { child in
      scopes[child.index] = scope
      contexts[child.index] = context
    }
    switch kind {
    case .functionDef, .asyncFunctionDef:
      if let view = tree.functionDef(id) { set(tree.nodes(view.body), id.rawValue, 0) }
    case .lambda:
      if let view = tree.lambda(id) { set(CollectionOfOne(view.body), id.rawValue, 0) }
    case .classDef:
      if let view = tree.classDef(id) { set(tree.nodes(view.body), id.rawValue, 0) }
    case .listComp, .setComp, .generatorExp, .dictComp:
      if let view = tree.comprehension(id) {
        set(CollectionOfOne(view.element), id.rawValue, context)
        if let value = view.value { set(CollectionOfOne(value), id.rawValue, context) }
        set(tree.nodes(view.generators), id.rawValue, context)
      }
    case .comprehension:
      if let view = tree.comprehensionFor(id) {
        let isFirst = isFirstGenerator(id)
        let owner = isFirst ? tree.parent(of: id).map { scopes[$0.index] } : nil
        set(
          CollectionOfOne(view.iterable), owner ?? scope,
          context | ScopeMap.Context.iterable.rawValue)
      }
    case .forStmt, .asyncFor, .whileStmt:
      let body = tree.forStmt(id)?.body ?? tree.whileStmt(id)?.body ?? .empty
      let inner = ScopeMap.Context(rawValue: context).union(.loop).subtracting(.starBlock)
      set(tree.nodes(body), scope, inner.rawValue)
    case .exceptHandler:
      if let parent = tree.parent(of: id), tree.kind(parent) == .tryStar,
        let view = tree.exceptHandler(id)
      {
        let inner = ScopeMap.Context(rawValue: context).union([.starBlock, .starReturn])
        set(tree.nodes(view.body), scope, inner.rawValue)
      }
    default: break
    }
  }

  private func set<Children: Sequence<NodeID>>(
    _ children: Children, _ scope: UInt32, _ context: UInt8
  ) {
    for child in children {
      scopes[child.index] = scope
      contexts[child.index] = context
    }
  }

  private func isFirstGenerator(_ id: NodeID) -> Bool {
    guard let parent = tree.parent(of: id), let view = tree.comprehension(parent) else {
      return false
    }
    return tree.nodes(view.generators).first == id
  }
}
