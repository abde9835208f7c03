import PythonSemantics
import PythonSyntax

/// Futures and tasks that are taken for their results.
extension CheckContext {
  /// Looks at a call that gives a future, or asks one for a result that it cannot have yet.
  func checkFuture(_ node: NodeID) {
    guard let call = tree.call(node) else { return }
    if let fact = futureFact(node) {
      guard takesResult(node) || isResultTaken(ofFutureBoundBy: node) else { return }
      report("future", span: tree.span(node), [("call", fact.shownName)]) {
        self.awaitInsertion(node, .unsafe)
      }
      return
    }
    guard let method = tree.attribute(call.function), call.arguments.isEmpty,
      call.keywords.isEmpty, isNamed(method.name, ["result", "exception"]),
      coroutineScope(of: node) != nil, let start = start(of: method.value),
      isFreshlyStarted(by: start, at: node)
    else { return }
    report(
      "unfinished", span: tree.span(node),
      [("call", written(node))])
  }

  /// The fact about a call that gives a future of asyncio, or something like it.
  private func futureFact(_ node: NodeID) -> KnownCallable? {
    if let fact = fact(ofCall: node, trait: "future") { return fact }
    guard let call = tree.call(node),
      isNamed(call.function, ["create_task", "ensure_future", "run_in_executor"])
    else { return nil }
    return fact(ofCall: node, .spawn) ?? fact(ofCall: node, .offload)
  }

  // MARK: Futures as values

  private func isResultTaken(ofFutureBoundBy call: NodeID) -> Bool {
    guard let assign = tree.parent(of: call).flatMap({ tree.assign($0) }),
      assign.targets.count == 1, let target = tree.nodes(assign.targets).first,
      let variable = variable(target), model[variable].bindings.count == 1,
      model[model[variable].scope].kind.isFunctionLike
    else { return false }
    return references[variable].contains { takesResult($0) && !isGuarded($0) }
  }

  /// Whether code does what only the result of a future can be used for.
  private func takesResult(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node) else { return false }
    switch tree.kind(parent) {
    case .attribute:
      guard let attribute = tree.attribute(parent), attribute.context == .load,
        tree.text(of: attribute.name).first != UInt8(ascii: "_")
      else { return false }
      return !isNamed(attribute.name, Self.futureAttributes)
        && !model.attributeStores.contains { tree.attribute($0)?.name == attribute.name }
    case .subscript: return tree.subscript(parent)?.value == node
    case .binOp: return true
    case .forStmt: return tree.forStmt(parent)?.iterable == node
    case .comprehension:
      guard let clause = tree.comprehensionFor(parent) else { return false }
      return clause.iterable == node && !clause.isAsync
    case .assign:
      guard let targets = tree.assign(parent)?.targets else { return false }
      return tree.nodes(targets).contains { tree.kind($0) == .tuple || tree.kind($0) == .list }
    case .call:
      guard let call = tree.call(parent), tree.nodes(call.arguments).first == node else {
        return false
      }
      return isBuiltin(call.function, ["len", "list", "sum", "sorted", "dict", "int", "float"])
    default: return false
    }
  }

  private static let futureAttributes: [StaticString] = [
    "result", "exception", "done", "cancel", "cancelled", "add_done_callback",
    "remove_done_callback", "set_result", "set_exception", "get_loop", "get_name", "set_name",
    "get_coro", "get_context", "get_stack", "print_stack", "cancelling", "uncancel", "running",
    "add_errback", "add_callback",
  ]

  // MARK: Results of tasks that have just been started

  /// The statement that starts the task that an expression is, or all tasks of the collection that
  /// it is one of.
  private func start(of task: NodeID) -> NodeID? {
    if tree.kind(task) == .call { return startsTask(task) ? statement(of: task) : nil }
    guard let variable = variable(task), let binding = model[variable].bindings.first,
      model[variable].bindings.count == 1
    else { return nil }
    if let value = soleValue(of: variable) { return startsTask(value) ? statement(of: value) : nil }
    guard var loop = tree.parent(of: binding.node) else { return nil }
    if tree.kind(loop) == .tuple, let outer = tree.parent(of: loop) { loop = outer }
    guard
      var iterable = tree.forStmt(loop)?.iterable ?? tree.comprehensionFor(loop)?.iterable
    else { return nil }
    if isNamed(tree.call(iterable)?.function ?? iterable, ["values", "items"]),
      let receiver = receiver(ofCall: iterable)
    {
      iterable = receiver
    }
    guard let tasks = self.variable(iterable), let display = soleValue(of: tasks),
      // Whoever else has the collection may have put others into it.
      references[tasks].allSatisfy({ $0 >= iterable || tree.span($0).start > tree.span(loop).start }
      )
    else { return nil }
    let element = tree.comprehension(display)
    guard let made = element?.value ?? element?.element, startsTask(made) else { return nil }
    return statement(of: display)
  }

  private func startsTask(_ node: NodeID) -> Bool {
    guard let call = tree.call(node),
      isNamed(call.function, ["create_task", "ensure_future", "run_in_executor"])
    else { return false }
    return futureFact(node) != nil
  }

  /// Whether the loop cannot have run between the statement that started a task and a place.
  private func isFreshlyStarted(by start: NodeID, at node: NodeID) -> Bool {
    // Such tasks run when they are made, up to their first wait.
    if tree.nameTable.id(of: "eager_task_factory") != nil
      || tree.nameTable.id(of: "eager_start") != nil || start == statement(of: node)
    {
      return start == statement(of: node) && tree.nameTable.id(of: "eager_task_factory") == nil
    }
    let end = tree.span(node).start
    for (parent, child) in surroundings(of: node) + [(outermostBlock(of: node))] {
      if let block = resolver.block(of: parent, holding: child),
        let first = block.firstIndex(of: start),
        let last = block.firstIndex(of: child), first < last
      {
        return !contains(block[(first + 1)..<last], where: { isCheckpoint($0) })
          && !contains(child) { inner in
            isCheckpoint(inner) && (tree.span(inner).start < end || isLoop(child))
              || tree.attribute(inner).map { isNamed($0.name, ["done"]) } == true
          }
      }
      switch tree.kind(parent) {
      case .ifStmt, .whileStmt, .ifExp, .boolOp, .tryStmt, .tryStar, .matchStmt: return false
      default: continue
      }
    }
    return false
  }

  /// The function around a node and the statement of its body that holds it.
  private func outermostBlock(of node: NodeID) -> (parent: NodeID, child: NodeID) {
    let child = surroundings(of: node).last?.parent ?? node
    return (tree.parent(of: child) ?? tree.root, child)
  }
}
