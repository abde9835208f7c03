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
    /// In the value of a type alias.
    static let typeAlias = Context(rawValue: 16)
    /// In a bound or default of a type parameter.
    static let typeParameter = Context(rawValue: 32)
    /// In the bases or annotations of a definition with type parameters.
    static let generic = Context(rawValue: 64)
    /// In the annotation of a variable of a function.
    static let localAnnotation = Context(rawValue: 128)
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
      if let view = tree.functionDef(id) {
        set(tree.nodes(view.body), id.rawValue, 0)
        if !view.typeParameters.isEmpty {
          let inner = context | ScopeMap.Context.generic.rawValue
          if let returns = view.returns { set(CollectionOfOne(returns), scope, inner) }
          set(CollectionOfOne(view.arguments), scope, inner)
        }
      }
    case .arguments:
      // Defaults are evaluated outside a generic function, its annotations inside.
      if let view = tree.arguments(id) {
        let outer = context & ~ScopeMap.Context.generic.rawValue
        set(tree.nodes(view.defaults), scope, outer)
        for value in tree.optionalNodes(view.keywordDefaults) {
          if let value { set(CollectionOfOne(value), scope, outer) }
        }
      }
    case .typeAlias:
      if let view = tree.typeAlias(id) {
        set(
          CollectionOfOne(view.value), scope, context | ScopeMap.Context.typeAlias.rawValue)
      }
    case .typeVar, .paramSpec, .typeVarTuple:
      if let view = tree.typeParameter(id) {
        let inner = context | ScopeMap.Context.typeParameter.rawValue
        if let bound = view.bound { set(CollectionOfOne(bound), scope, inner) }
        if let value = view.defaultValue { set(CollectionOfOne(value), scope, inner) }
      }
    case .lambda:
      if let view = tree.lambda(id) {
        let inner = context & ScopeMap.Context.localAnnotation.rawValue
        set(CollectionOfOne(view.body), id.rawValue, inner)
      }
    case .annAssign:
      switch tree.kind(NodeID(scope)) {
      case .functionDef, .asyncFunctionDef:
        if let view = tree.annAssign(id) {
          let inner = context | ScopeMap.Context.localAnnotation.rawValue
          set(CollectionOfOne(view.annotation), scope, inner)
        }
      default: break
      }
    case .classDef:
      if let view = tree.classDef(id) {
        set(tree.nodes(view.body), id.rawValue, 0)
        if !view.typeParameters.isEmpty {
          let inner = context | ScopeMap.Context.generic.rawValue
          set(tree.nodes(view.bases), scope, inner)
          set(tree.nodes(view.keywords), scope, inner)
        }
      }
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
