// Parameters, keywords, assignment targets and walrus.

extension CompilerPass {
  mutating func checkParameters(_ id: NodeID) {
    guard let view = tree.arguments(id) else { return }
    var all: [NodeID] = []
    all.reserveCapacity(view.positional.count + 2 < 8 ? 8 : Int(view.positional.count) + 2)
    all += tree.nodes(view.positionalOnly)
    all += tree.nodes(view.positional)
    all += tree.nodes(view.keywordOnly)
    if let node = view.variadic { all.append(node) }
    if let node = view.keywordVariadic { all.append(node) }
    reportRepeated(all, "duplicate argument '", "' in function definition")
  }

  /// Reports parameters or keywords whose name came before, and those named `__debug__`.
  private mutating func reportRepeated<Named: Collection<NodeID>>(
    _ nodes: Named, _ before: StaticString, _ after: StaticString
  ) {
    var seen: Set<UInt32> = []
    let isShort = nodes.count <= 12
    for (position, node) in nodes.enumerated() {
      guard let name = tree.arg(node)?.name ?? tree.keyword(node)?.name else { continue }
      let isRepeated: Bool
      if isShort {
        // A set costs more than a few comparisons, and nearly every list is short.
        isRepeated = nodes.prefix(position).contains {
          (tree.arg($0)?.name ?? tree.keyword($0)?.name) == name
        }
      } else {
        isRepeated = !seen.insert(name.rawValue).inserted
      }
      if isRepeated { report(node, before, name, after) }
      if name == debugName { report(node, "cannot assign to __debug__") }
    }
  }

  mutating func checkKeywords(_ id: NodeID) {
    guard let keywords = tree.call(id)?.keywords ?? tree.classDef(id)?.keywords,
      !keywords.isEmpty
    else { return }
    reportRepeated(tree.nodes(keywords), "keyword argument repeated: ", "")
  }

  mutating func checkDebug(_ id: NodeID) {
    guard debugName != nil, tree.context(id) != .load else { return }
    let context: ExprContext
    let name: NameID
    if let view = tree.name(id) {
      (context, name) = (view.context, view.name)
    } else if let view = tree.attribute(id) {
      (context, name) = (view.context, view.name)
    } else {
      return
    }
    // Deleting an attribute of that name is not forbidden.
    guard name == debugName, context == .store || tree.kind(id) == .name else { return }
    report(id, context == .store ? "cannot assign to __debug__" : "cannot delete __debug__")
  }

  /// Reports a definition or handler that binds `__debug__`.
  mutating func checkDebugBinding(_ id: NodeID) {
    guard let debugName else { return }
    let name =
      tree.functionDef(id)?.name ?? tree.classDef(id)?.name ?? tree.exceptHandler(id)?.name
    if name == debugName { report(id, "cannot assign to __debug__") }
  }

  /// Reports an import that binds `__debug__`.
  mutating func checkDebugAlias(_ id: NodeID) {
    guard let debugName, let view = tree.alias(id) else { return }
    if (view.asName ?? view.name) == debugName { report(id, "cannot assign to __debug__") }
  }

  /// Reports a pattern that binds `__debug__`, or looks for an attribute of that name.
  mutating func checkDebugPattern(_ id: NodeID) {
    guard let debugName else { return }
    let keywords = tree.matchClass(id)?.keywordNames
    let name = tree.matchAs(id)?.name ?? tree.matchStar(id)?.name ?? tree.matchMapping(id)?.rest
    if name == debugName || keywords.map({ tree.names($0).contains(debugName) }) == true {
      report(id, "cannot assign to __debug__")
    }
  }

  // MARK: Stars

  mutating func checkStarred(_ id: NodeID) {
    guard let view = tree.starred(id), let parent = tree.parent(of: id) else { return }
    let isAllowed: Bool
    switch tree.kind(parent) {
    case .tuple, .list, .set, .call, .classDef: isAllowed = true
    case .arg, .typeVarTuple: isAllowed = true
    case .errorStmt, .errorExpr: isAllowed = true
    default: isAllowed = false
    }
    guard !isAllowed else { return }
    if view.context == .store {
      report(id, "starred assignment target must be in a list or tuple")
    } else {
      report(id, "can't use starred expression here")
    }
  }

  mutating func checkUnpacking(_ id: NodeID) {
    guard let view = tree.tuple(id) ?? tree.list(id), view.context == .store else { return }
    var stars = 0
    for (position, element) in tree.nodes(view.elements).enumerated()
    where tree.kind(element) == .starred {
      stars += 1
      if stars == 2 {
        report(id, "multiple starred expressions in assignment")
      } else if stars == 1, position >= 256 {
        report(id, "too many expressions in star-unpacking assignment")
      }
    }
  }

  // MARK: Walrus

  mutating func checkWalrus(_ id: NodeID) {
    if reportTypeScope(id, "named expression cannot be used within ") { return }
    guard let view = tree.namedExpr(id), let target = tree.name(view.target)?.name else { return }
    var scope = scopes.scope(of: id)
    if scopes.context(of: id).contains(.iterable) {
      report(id, "assignment expression cannot be used in a comprehension iterable expression")
      return
    }
    guard isComprehension(scope) else { return }
    while isComprehension(scope) {
      guard let comprehension = tree.comprehension(scope) else { return }
      for generator in tree.nodes(comprehension.generators) {
        guard let view = tree.comprehensionFor(generator) else { continue }
        if binds(view.target, target) {
          report(
            id, "assignment expression cannot rebind comprehension iteration variable '", target,
            "'")
          return
        }
      }
      scope = scopes.scope(of: scope)
    }
    if tree.kind(scope) == .classDef {
      report(id, "assignment expression within a comprehension cannot be used in a class body")
    }
  }

  /// Whether a target binds a name.
  private func binds(_ target: NodeID, _ name: NameID) -> Bool {
    var work = [target]
    while let node = work.popLast() {
      switch tree.kind(node) {
      case .name: if tree.name(node)?.name == name { return true }
      case .tuple, .list, .starred: work += tree.children(of: node)
      default: break
      }
    }
    return false
  }

  // MARK: Type parameters

  private func typeParameters(of id: NodeID) -> NodeList? {
    switch tree.kind(id) {
    case .functionDef, .asyncFunctionDef: tree.functionDef(id)?.typeParameters
    case .classDef: tree.classDef(id)?.typeParameters
    case .typeAlias: tree.typeAlias(id)?.typeParameters
    default: nil
    }
  }

  mutating func checkTypeParameters(_ id: NodeID) {
    checkDebugBinding(id)
    guard let list = typeParameters(of: id), !list.isEmpty else { return }
    var seen: Set<UInt32> = []
    var hasDefault = false
    for node in tree.nodes(list) {
      guard let view = tree.typeParameter(node) else { continue }
      if view.name == debugName { report(node, "cannot assign to __debug__") }
      if !seen.insert(view.name.rawValue).inserted {
        report(node, "duplicate type parameter '", view.name, "'")
      }
      if view.defaultValue != nil {
        hasDefault = true
      } else if hasDefault {
        report(
          node, "non-default type parameter '", view.name,
          "' follows default type parameter")
      }
    }
  }
}
