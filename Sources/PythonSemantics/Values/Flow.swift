package import PythonSyntax

extension Resolver {
  /// The binding that certainly gave a variable its value at a place, if one did.
  ///
  /// Looks at the statements that run before the place in its own block and the blocks around it; a
  /// branch or loop that may bind the name makes the answer uncertain.
  package func definiteBinding(of variable: VariableID, at place: NodeID) -> Binding? {
    let bindings = model[variable].bindings
    let scope = model.executionScope(of: model.scope(of: place))
    guard scope == model[variable].scope, bindings.count <= 32 else { return nil }
    var child = place
    while let parent = tree.parent(of: child) {
      if isBoundary(parent, of: scope) {
        return lastDefinite(bindings, in: parent, before: child) ?? parameter(of: bindings)
      }
      switch lastBinding(bindings, in: parent, before: child) {
      case .definite(let binding): return binding
      case .uncertain: return nil
      case .absent: break
      }
      child = parent
    }
    return nil
  }

  private enum Reaching {
    case definite(Binding)
    case uncertain
    case absent
  }

  private func isBoundary(_ node: NodeID, of scope: ScopeID) -> Bool {
    model[scope].node == node
  }

  private func parameter(of bindings: [Binding]) -> Binding? {
    guard let first = bindings.first, first.kind == .parameter else { return nil }
    return first
  }

  private func lastDefinite(_ bindings: [Binding], in node: NodeID, before child: NodeID)
    -> Binding?
  {
    if case .definite(let binding) = lastBinding(bindings, in: node, before: child) {
      return binding
    }
    return nil
  }

  /// The last binding among the earlier siblings of a child, or in the head of its parent.
  private func lastBinding(_ bindings: [Binding], in parent: NodeID, before child: NodeID)
    -> Reaching
  {
    // A loop may come back with what a later statement bound.
    let kind = tree.kind(parent)
    let isLoop = kind == .forStmt || kind == .asyncFor || kind == .whileStmt
    let childSpan = tree.span(child)
    guard let block = block(of: parent, holding: child) else {
      return isLoop && bindings.contains { isInside($0.node, parent) } ? .uncertain : .absent
    }
    // The statement that holds the last of the bindings before the child.
    let start = block.first.map { tree.span($0).start } ?? 0
    let earlier = bindings.filter {
      $0.kind != .parameter && start <= tree.span($0.node).start
        && tree.span($0.node).start < childSpan.start
    }
    if let latest = earlier.max(by: { tree.span($0.node).start < tree.span($1.node).start }),
      let statement = block.last(startingUpTo: tree.span(latest.node).start, in: tree),
      let last = earlier.last(where: { isInside($0.node, statement) })
    {
      return isSimple(statement, last) ? .definite(last) : .uncertain
    }
    if kind == .withStmt || kind == .asyncWith {
      let heads = bindings.filter {
        $0.kind == .withTarget && tree.parent(of: $0.node).flatMap { tree.parent(of: $0) } == parent
      }
      if let head = heads.last { return .definite(head) }
    }
    if let head = bindings.last(where: { isTarget($0, ofLoop: parent) }),
      tree.forStmt(parent).map({ StatementBlock(tree.nodes($0.body)).contains(child) }) ?? false
    {
      return .definite(head)
    }
    return isLoop && bindings.contains { isInside($0.node, parent) } ? .uncertain : .absent
  }

  /// Whether each turn of a `for` loop binds the name anew.
  private func isTarget(_ binding: Binding, ofLoop loop: NodeID) -> Bool {
    guard let target = tree.forStmt(loop)?.target else { return false }
    switch binding.kind {
    case .forTarget: return binding.node == target
    case .unpacked: return isInside(binding.node, target)
    default: return false
    }
  }

  private func isInside(_ node: NodeID, _ ancestor: NodeID) -> Bool {
    tree.span(ancestor).contains(tree.span(node))
  }

  /// Whether running the statement certainly runs the binding.
  private func isSimple(_ statement: NodeID, _ binding: Binding) -> Bool {
    switch tree.kind(statement) {
    case .assign, .annAssign, .importStmt, .importFrom, .functionDef, .asyncFunctionDef, .classDef:
      switch binding.kind {
      case .assignment, .annotated, .unpacked, .import, .importFrom: return true
      case .function, .classDef: return binding.node == statement
      default: return false
      }
    case .withStmt, .asyncWith: return binding.kind == .withTarget
    default: return false
    }
  }

  /// The list of statements of a parent that holds the child.
  package func block(of parent: NodeID, holding child: NodeID) -> StatementBlock? {
    var lists: [NodeList] = []
    switch tree.kind(parent) {
    case .module: lists = [tree.module(parent)].compactMap { $0 }
    case .functionDef, .asyncFunctionDef: lists = tree.functionDef(parent).map { [$0.body] } ?? []
    case .classDef: lists = tree.classDef(parent).map { [$0.body] } ?? []
    case .forStmt, .asyncFor: lists = tree.forStmt(parent).map { [$0.body, $0.orElse] } ?? []
    case .whileStmt: lists = tree.whileStmt(parent).map { [$0.body, $0.orElse] } ?? []
    case .ifStmt: lists = tree.ifStmt(parent).map { [$0.body, $0.orElse] } ?? []
    case .withStmt, .asyncWith: lists = tree.withStmt(parent).map { [$0.body] } ?? []
    case .tryStmt, .tryStar:
      lists = tree.tryStmt(parent).map { [$0.body, $0.orElse, $0.finalBody] } ?? []
    case .exceptHandler: lists = tree.exceptHandler(parent).map { [$0.body] } ?? []
    case .matchCase: lists = tree.matchCase(parent).map { [$0.body] } ?? []
    default: return nil
    }
    for list in lists {
      let block = StatementBlock(tree.nodes(list))
      if block.firstIndex(of: child) != nil { return block }
    }
    return nil
  }
}
