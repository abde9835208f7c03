// `global` and `nonlocal`.

/// A name in a scope.
private struct ScopedName: Hashable {
  let scope: UInt32
  let name: UInt32
}

/// Where a name is first used in a scope.
private struct FirstUse {
  var offset: UInt32
  var isBinding: Bool
}

extension CompilerPass {
  /// Checks every declaration against the uses before it and the bindings around it.
  mutating func checkDeclarations() {
    var uses: [ScopedName: FirstUse] = [:]
    var bindings: Set<ScopedName> = []
    var parameters: Set<ScopedName> = []
    var globals: Set<ScopedName> = []
    var annotated: [ScopedName: UInt32] = [:]
    for id in tree.nodes {
      let scope = statementScope(of: id).rawValue
      func bind(_ name: NameID?) {
        guard let name else { return }
        let key = ScopedName(scope: scope, name: name.rawValue)
        bindings.insert(key)
        note(key, tree.span(id).start, isBinding: true, &uses)
      }
      switch tree.kind(id) {
      case .name:
        guard let view = tree.name(id), !isComprehensionTarget(id, view), !isOnlyAnnotated(id)
        else { continue }
        let key = ScopedName(scope: scope, name: view.name.rawValue)
        if view.context == .load {
          note(key, tree.span(id).start, isBinding: false, &uses)
        } else {
          bind(view.name)
        }
      case .functionDef, .asyncFunctionDef: bind(tree.functionDef(id)?.name)
      case .classDef: bind(tree.classDef(id)?.name)
      case .alias:
        // An import binds a name, but is no use that a declaration must come before.
        if let view = tree.alias(id) {
          bindings.insert(ScopedName(scope: scope, name: boundName(view).rawValue))
        }
      case .exceptHandler: bind(tree.exceptHandler(id)?.name)
      case .matchAs: bind(tree.matchAs(id)?.name)
      case .matchStar: bind(tree.matchStar(id)?.name)
      case .matchMapping: bind(tree.matchMapping(id)?.rest)
      case .annAssign:
        guard let view = tree.annAssign(id), view.isSimple, let name = tree.name(view.target) else {
          continue
        }
        let key = ScopedName(scope: scope, name: name.name.rawValue)
        if annotated[key] == nil { annotated[key] = tree.span(id).start }
      case .arg:
        // Parameters belong to the function around their list.
        guard let list = tree.parent(of: id), let function = tree.parent(of: list),
          let name = tree.arg(id)?.name
        else { continue }
        let key = ScopedName(scope: function.rawValue, name: name.rawValue)
        parameters.insert(key)
        bindings.insert(key)
      case .globalStmt:
        for name in tree.globalStmt(id).map({ tree.names($0.names) }) ?? Names([]) {
          globals.insert(ScopedName(scope: scope, name: name.rawValue))
        }
      default: break
      }
    }
    var nonlocals: Set<ScopedName> = []
    for id in tree.nodes {
      let isGlobal = tree.kind(id) == .globalStmt
      guard isGlobal || tree.kind(id) == .nonlocalStmt else { continue }
      let scope = statementScope(of: id)
      guard let view = tree.globalStmt(id) ?? tree.nonlocalStmt(id) else { continue }
      if !isGlobal, tree.kind(scope) == .module {
        report(id, "nonlocal declaration not allowed at module level")
        continue
      }
      for name in tree.names(view.names) {
        let key = ScopedName(scope: scope.rawValue, name: name.rawValue)
        if parameters.contains(key) {
          report(
            id, "name '", name,
            isGlobal ? "' is parameter and global" : "' is parameter and nonlocal")
        } else if let offset = annotated[key],
          offset < tree.span(id).start || tree.kind(scope) != .module
        {
          report(
            id, "annotated name '", name,
            isGlobal ? "' can't be global" : "' can't be nonlocal")
        } else if let use = uses[key], use.offset < tree.span(id).start {
          reportEarlyUse(id, name, use, isGlobal)
        } else if !isGlobal {
          if globals.contains(key) {
            report(id, "name '", name, "' is nonlocal and global")
          } else if !isBoundAround(scope, name, bindings, globals) {
            report(id, "no binding for nonlocal '", name, "' found")
          }
        }
        if !isGlobal { nonlocals.insert(key) }
      }
    }
  }

  private mutating func reportEarlyUse(
    _ id: NodeID, _ name: NameID, _ use: FirstUse, _ isGlobal: Bool
  ) {
    if use.isBinding {
      report(
        id, "name '", name,
        isGlobal
          ? "' is assigned to before global declaration"
          : "' is assigned to before nonlocal declaration")
    } else {
      report(
        id, "name '", name,
        isGlobal
          ? "' is used prior to global declaration" : "' is used prior to nonlocal declaration")
    }
  }

  private func note(
    _ key: ScopedName, _ offset: UInt32, isBinding: Bool, _ uses: inout [ScopedName: FirstUse]
  ) {
    guard let known = uses[key] else {
      uses[key] = FirstUse(offset: offset, isBinding: isBinding)
      return
    }
    // CPython keeps flags, not places: any binding before the declaration counts as one.
    uses[key] = FirstUse(
      offset: min(known.offset, offset),
      isBinding: known.offset < offset ? known.isBinding : isBinding)
  }

  /// The name that an import binds: up to the first dot, or after `as`.
  private func boundName(_ alias: ImportAlias) -> NameID {
    if let asName = alias.asName { return asName }
    let text = tree.text(of: alias.name)
    guard let dot = text.firstIndex(of: UInt8(ascii: ".")) else { return alias.name }
    return tree.nameTable.id(of: [UInt8](text[..<dot])) ?? alias.name
  }

  /// Whether a name is the target of a comprehension, which binds it in a scope of its own.
  private func isComprehensionTarget(_ id: NodeID, _ name: Name) -> Bool {
    guard isComprehension(scopes.scope(of: id)) else { return false }
    if name.context == .store, let parent = tree.parent(of: id) {
      return tree.kind(parent) != .namedExpr
    }
    return true
  }

  /// Whether a name is annotated in parentheses and has no value, which declares nothing.
  private func isOnlyAnnotated(_ id: NodeID) -> Bool {
    guard let parent = tree.parent(of: id), let view = tree.annAssign(parent) else { return false }
    return view.target == id && !view.isSimple && view.value == nil
  }

  /// Whether a function around a scope binds a name.
  private func isBoundAround(
    _ scope: NodeID, _ name: NameID, _ bindings: Set<ScopedName>, _ globals: Set<ScopedName>
  ) -> Bool {
    var outer = scope
    while outer != tree.root {
      outer = statementScope(of: outer)
      if tree.kind(outer) == .classDef, isClassCell(name) { return true }
      guard isFunction(outer) else { continue }
      let key = ScopedName(scope: outer.rawValue, name: name.rawValue)
      if bindings.contains(key), !globals.contains(key) { return true }
    }
    return false
  }

  /// Whether a class gives a name to the scopes inside it.
  private func isClassCell(_ name: NameID) -> Bool {
    tree.nameTable.id(of: "__class__") == name || tree.nameTable.id(of: "__classdict__") == name
  }
}
