import PythonSemantics
import PythonSyntax

extension Check {
  /// A cancel scope or timeout around code that never waits.
  static let scopeWithoutCheckpoint = Check(
    name: "scope-without-checkpoint",
    messages: [
      CheckMessage("never", ["call"]),
      CheckMessage("started", ["call", "start"]),
    ],
    traits: ["cancel-scope"],
    kinds: [.withStmt, .asyncWith]
  ) { node, context in
    guard let scope = context.scopeOfCoroutine(node, ["cancel-scope"]), let last = scope.items.last,
      last == scope.item, !context.mayWait(inBody: node), !context.blocks(inBody: node)
    else { return }
    let span = context.tree.withItem(scope.item).map { context.tree.span($0.contextExpr) }
    guard let span else { return }
    if let start = context.startedTask(inBody: node) {
      context.report(
        "started", span: span, [("call", scope.fact.shownName), ("start", start)])
    } else {
      context.report("never", span: span, [("call", scope.fact.shownName)])
    }
  }

  /// The same where only some of the ways through the block wait.
  static let checkpointNotGuaranteed = Check(
    name: "checkpoint-not-guaranteed",
    messages: [CheckMessage("path", ["call"])],
    kinds: [.withStmt, .asyncWith]
  ) { node, context in
    guard let scope = context.scopeOfCoroutine(node, ["cancel-scope"]), let last = scope.items.last,
      last == scope.item, context.mayWait(inBody: node), let view = context.tree.withStmt(node)
    else { return }
    let search = PathSearch(tree: context.tree, followsHandlers: false) { context.isWaiting($0) }
    guard !search.exits(view.body).subtracting(.raises).isEmpty,
      let expression = context.tree.withItem(scope.item)?.contextExpr
    else { return }
    context.report(
      "path", span: context.tree.span(expression), [("call", scope.fact.shownName)])
  }

  /// A generator that is suspended inside a task group, cancel scope or timeout.
  static let yieldInScope = Check(
    name: "yield-in-scope",
    messages: [CheckMessage("yield", ["call", "function"])],
    traits: ["scope-holder"],
    kinds: [.yieldExpr]
  ) { node, context in
    let tree = context.tree
    guard let function = context.owner(of: node), tree.functionDef(function) != nil,
      let fact = context.suspendedScope(at: node), context.isPlainFunction(function),
      let view = tree.functionDef(function)
    else { return }
    context.report(
      "yield", span: tree.span(node),
      [("call", fact.shownName), ("function", Array(tree.text(of: view.name)))])
  }
}

extension CheckContext {
  /// A `with` of a coroutine whose item has a trait, unless its target is used elsewhere.
  fileprivate func scopeOfCoroutine(_ node: NodeID, _ traits: [StaticString])
    -> (item: NodeID, items: [NodeID], fact: KnownCallable)?
  {
    guard coroutineScope(of: node) != nil, let view = tree.withStmt(node),
      let (item, fact) = item(of: node, traits), !isTargetUsed(item)
    else { return nil }
    return (item, Array(tree.nodes(view.items)), fact)
  }

  /// Whether the name after `as` is read anywhere.
  private func isTargetUsed(_ item: NodeID) -> Bool {
    guard let target = tree.withItem(item)?.target else { return false }
    guard let variable = variable(target) else { return true }
    return !references[variable].isEmpty
  }

  fileprivate func mayWait(inBody statement: NodeID) -> Bool {
    guard let view = tree.withStmt(statement) else { return true }
    return tree.nodes(view.body).contains { mayWait($0) || tree.kind($0) == .errorStmt }
  }

  /// Whether a block calls something that blocks the event loop, which is reported by itself.
  fileprivate func blocks(inBody statement: NodeID) -> Bool {
    guard let view = tree.withStmt(statement) else { return false }
    return contains(tree.nodes(view.body)) { fact(ofCall: $0, .blocking) != nil }
  }

  /// Whether a statement's own head or text waits; blocks inside it are followed on their own.
  fileprivate func isWaiting(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .asyncFor, .asyncWith: return true
    case .forStmt, .withStmt: return false
    default: return mayWait(node)
    }
  }

  /// The text of the call in a block that starts a task: `group.start_soon`.
  fileprivate func startedTask(inBody statement: NodeID) -> [UInt8]? {
    guard let view = tree.withStmt(statement) else { return nil }
    var result: [UInt8]?
    for statement in tree.nodes(view.body) where !opensFunction(statement) {
      forEachOwnNode(in: statement) { node in
        if result == nil, let name = methodName(ofCall: node),
          isNamed(name, ["start_soon", "create_task"]), let call = tree.call(node)
        {
          result = written(call.function)
        }
      }
    }
    return result
  }

  /// The fact about the innermost scope that a `yield` suspends its function in.
  func suspendedScope(at node: NodeID) -> KnownCallable? {
    for (parent, child) in surroundings(of: node) where isBody(child, ofWith: parent) {
      if let (_, fact) = item(of: parent, ["task-group", "cancel-scope", "scope-holder"]) {
        return fact
      }
    }
    return nil
  }
}
