import PythonSemantics
import PythonSyntax

extension Check {
  /// A function handed to a thread, or a coroutine to a loop, whose outcome nobody asks for.
  static let executorFutureDropped = Check(
    name: "executor-future-dropped",
    messages: [CheckMessage("dropped", ["call"])],
    traits: ["executor-future", "executor-submit"],
    traitsOutsideCoroutines: ["executor-future"],
    kinds: [.exprStmt]
  ) { node, context in
    let tree = context.tree
    guard let value = tree.exprStmt(node)?.value, tree.kind(value) == .call,
      !context.isExpectedToRaise(node)
    else { return }
    if let made = context.madeValue(by: value, trait: "executor-future") {
      guard !context.putsIntoQueue(value), !context.handsOnExceptions(value) else { return }
      context.report(
        "dropped", fact: made.fact, span: tree.span(value), [("call", made.name)],
        notes: made.notes)
    } else if let made = context.madeValue(by: value, trait: "executor-submit"),
      context.coroutineScope(of: node) != nil
    {
      context.report(
        "dropped", fact: made.fact, span: tree.span(value), [("call", made.name)],
        notes: made.notes)
    } else if let call = tree.call(value), let method = tree.attribute(call.function),
      context.isNamed(method.name, ["run_in_executor"]), let last = context.lastName(method.value),
      context.isNamed(last, ["loop", "_loop", "event_loop"]),
      context.resolver.instanceClass(of: method.value) == nil
    {
      context.report(
        "dropped", span: tree.span(value), [("call", context.written(call.function))])
    }
  }

  /// `await shield(call())`: when the wait is cancelled, nobody keeps the inner task.
  static let shieldResultLost = Check(
    name: "shield-result-lost",
    messages: [CheckMessage("shield", ["call", "inner"])],
    traits: ["shield"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "shield"), let call = tree.call(node),
      let argument = tree.nodes(call.arguments).first, let inner = tree.call(argument),
      context.isAwaited(node),
      !context.contains(argument, where: { context.isResource($0, around: node) }),
      // What the future of a thread stands for goes on without it.
      // `asyncio.wait` only looks on.
      !context.gathersNamed(argument), !context.isNamed(inner.function, ["wrap_future", "wait"]),
      !context.givesTask(argument)
    else { return }
    context.report(
      "shield", fact: fact, span: tree.span(node),
      [("call", fact.shownName), ("inner", context.written(inner.function))])
  }
}

extension CheckContext {
  /// Whether a call hands `queue.put(…)` to the loop: what it raises, if anything, says nothing.
  fileprivate func putsIntoQueue(_ node: NodeID) -> Bool {
    guard let call = tree.call(node), let first = tree.nodes(call.arguments).first,
      let method = methodName(ofCall: first)
    else { return false }
    return isNamed(method, ["put"])
  }

  /// Whether the body of the coroutine that a call starts is a single `try` or `with` statement: it
  /// may see to its exceptions itself.
  fileprivate func handsOnExceptions(_ node: NodeID) -> Bool {
    guard let first = tree.call(node).flatMap({ tree.nodes($0.arguments).first }),
      let function = projectFunction(ofCall: first)
    else { return false }
    let other = project[function.module].model.tree
    guard let body = other.functionDef(function.node)?.body, body.count == 1,
      let statement = other.nodes(body).first
    else { return false }
    if let attempt = other.tryStmt(statement) { return !attempt.handlers.isEmpty }
    return other.kind(statement) == .withStmt
  }

  /// Whether a call is of a synchronous function of the project, which may keep the task it gives.
  fileprivate func givesTask(_ node: NodeID) -> Bool {
    guard let function = projectFunction(ofCall: node) else { return false }
    return function.colour == .sync && coroutineCall(node) == nil
  }

  /// Whether a call gathers tasks that the function has names for: these keep them.
  fileprivate func gathersNamed(_ node: NodeID) -> Bool {
    guard fact(ofCall: node, .concurrent) != nil, let call = tree.call(node) else { return false }
    return tree.nodes(call.arguments).allSatisfy { argument in
      switch tree.kind(tree.starred(argument)?.value ?? argument) {
      case .name, .attribute: true
      default: false
      }
    }
  }
}
