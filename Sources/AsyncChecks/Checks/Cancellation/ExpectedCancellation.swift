import PythonSemantics
import PythonSyntax

/// Why a handler may keep a cancellation to itself.
extension CheckContext {
  /// Whether a handler decides with an `if` what to do about the cancellation, or gives the
  /// exception to its caller. Trio's must always be raised again.
  func isWeighed(_ handler: NodeID, _ caught: CaughtCancellation) -> Bool {
    guard let view = tree.exceptHandler(handler) else { return false }
    return contains(tree.nodes(view.body)) { node in
      if tree.kind(node) == .ifStmt { return !caught.isTrio }
      guard let value = tree.returnStmt(node)?.value, let name = tree.name(value)?.name else {
        return false
      }
      return name == view.name
    }
  }

  /// Whether a handler is part of another one that always raises in the end.
  func isInsideReraising(_ handler: NodeID) -> Bool {
    surroundings(of: handler).contains { parent, child in
      tree.kind(parent) == .exceptHandler && tree.exceptHandler(parent)?.type != child
        && (swallowingExits(of: parent).isSubset(of: .raises) || isRaisedLater(parent))
    }
  }

  /// Whether a handler keeps the exception in a variable that the function raises or returns, or notes the
  /// cancellation in one that decides whether the function raises.
  func isRaisedLater(_ handler: NodeID) -> Bool {
    guard let view = tree.exceptHandler(handler), let function = owner(of: handler) else {
      return false
    }
    return contains(tree.nodes(view.body)) { node in
      guard let assign = tree.assign(node), let target = tree.nodes(assign.targets).first else {
        return false
      }
      if tree.constantKind(assign.value) == .true { return decidesAboutRaising(target, function) }
      guard let name = view.name, tree.name(assign.value)?.name == name else { return false }
      return subtree(function).contains { inner in
        if let value = tree.returnStmt(inner)?.value {
          return contains(value) { isSameText($0, target) }
        }
        guard let raised = tree.raiseStmt(inner)?.exception else { return false }
        return isSameText(raised, target) || isMadeOf(raised, target)
      }
    }
  }

  /// Whether a function asks for a variable before it raises: `if not was_cancelled: raise`.
  private func decidesAboutRaising(_ variable: NodeID, _ function: NodeID) -> Bool {
    contains(function) { inner in
      guard let choice = tree.ifStmt(inner),
        contains(choice.test, where: { isSameText($0, variable) })
      else { return false }
      return contains(tree.nodes(choice.body)) { tree.kind($0) == .raiseStmt }
    }
  }

  /// Whether a name is given a value that another expression is part of: `error = own or other`.
  private func isMadeOf(_ name: NodeID, _ part: NodeID) -> Bool {
    guard let variable = variable(name) else { return false }
    return model[variable].bindings.contains { binding in
      guard binding.kind == .assignment, let parent = tree.parent(of: binding.node),
        let value = tree.assign(parent)?.value
      else { return false }
      return contains(value) { isSameText($0, part) }
    }
  }

  /// Whether the function shows that it knows about the cancellation: it cancelled something
  /// itself, asks what was caught, or hands the exception on.
  func isExpected(
    _ handler: NodeID, _ caught: CaughtCancellation, body: NodeList,
  ) -> Bool {
    guard let view = tree.exceptHandler(handler) else { return true }
    // Trio has no tasks that one could await.
    if awaitsOnlyTasks(body) { return true }
    if !caught.isTrio,
      cancelsBefore(handler)
        || caught.isExplicit && !isInLoop(handler) && waitsForever(body)
        || tree.parent(of: handler).map({ isDraining($0) }) == true
    {
      return true
    }
    if contains(tree.nodes(view.body), where: { asksAboutCancellation($0) }) { return true }
    guard let name = view.name, !caught.isExplicit else { return false }
    return contains(tree.nodes(view.body)) { node in
      tree.name(node)?.name == name && isHandedOn(node)
    }
  }

  /// Whether a handler looks at what it caught or at the state of the task.
  private func asksAboutCancellation(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .call, let call = tree.call(node) else { return false }
    if let name = methodName(ofCall: node),
      isNamed(name, ["uncancel", "cancelling", "cancelled", "cancel_called", "done"])
    {
      return true
    }
    guard isBuiltin(call.function, ["isinstance", "type"]) else { return false }
    return true
  }

  /// Whether an exception goes somewhere else than into a log.
  private func isHandedOn(_ name: NodeID) -> Bool {
    guard let parent = tree.parent(of: name) else { return false }
    switch tree.kind(parent) {
    case .assign, .annAssign, .returnStmt, .tuple, .list, .dict, .attribute, .yieldExpr: return true
    case .keyword: return true
    case .call:
      guard let function = tree.call(parent)?.function, let last = lastName(function) else {
        return true
      }
      return !isNamed(
        last,
        [
          "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print",
          "repr", "str", "format_exc", "print_exc", "format_exception", "print_exception",
        ])
    default: return false
    }
  }

  /// Whether the body of a `try` waits for tasks or futures that are made elsewhere and may have
  /// been cancelled there: `await task`, `await self._task`.
  private func awaitsOnlyTasks(_ body: NodeList) -> Bool {
    var isOnly = true
    var count = 0
    for statement in tree.nodes(body) {
      forEachOwnNode(in: statement) { node in
        guard isCheckpoint(node), !isTimeout(node) else { return }
        count += 1
        guard let value = tree.awaitExpr(node)?.value else {
          isOnly = false
          return
        }
        if !isTask(value) { isOnly = false }
      }
    }
    return isOnly && count > 0
  }

  /// Whether a statement is the body of a loop that waits, through any further cancellation, until
  /// a task is done: `while not task.done():`.
  func isDraining(_ statement: NodeID) -> Bool {
    guard let parent = tree.parent(of: statement), let loop = tree.whileStmt(parent),
      loop.body.count == 1
    else { return false }
    return contains(loop.test) { node in
      methodName(ofCall: node).map { isNamed($0, ["done"]) } ?? false
    }
  }

  /// Whether the body of a `try` can only end by being cancelled: it waits for an event that nobody
  /// else has, or sleeps forever.
  func waitsForever(_ body: NodeList) -> Bool {
    guard body.count == 1, let statement = tree.nodes(body).first,
      let value = tree.exprStmt(statement)?.value, let operand = tree.awaitExpr(value)?.value,
      let call = tree.call(operand), let last = lastName(call.function)
    else { return false }
    if isNamed(last, ["sleep_forever", "Future", "create_future"]) { return true }
    if isNamed(last, ["sleep"]), let time = tree.nodes(call.arguments).first {
      return isNamed(time, ["inf"])
    }
    guard isNamed(last, ["wait"]), let event = receiver(ofCall: operand),
      let made = tree.call(event)?.function
    else { return false }
    return isNamed(made, ["Event"])
  }

  /// Whether an `async with` only sets a time limit.
  private func isTimeout(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .asyncWith, let view = tree.withStmt(node) else { return false }
    return tree.nodes(view.items).allSatisfy { item in
      guard let expression = tree.withItem(item)?.contextExpr, let call = tree.call(expression),
        let last = lastName(call.function)
      else { return false }
      return isNamed(last, ["timeout", "timeout_at"])
    }
  }

  /// Whether an awaited expression is a task by name, perhaps with a time limit or a shield.
  private func isTask(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .name: return !isNamed(node, ["coro", "coroutine"])
    case .attribute, .subscript: return true
    case .call:
      guard let call = tree.call(node), let last = lastName(call.function),
        isNamed(last, ["wait_for", "shield", "gather", "wait"]),
        let first = tree.nodes(call.arguments).first
      else { return false }
      return isTask(tree.starred(first)?.value ?? first)
    default: return false
    }
  }

  /// Whether a `with suppress(…)` waits for tasks that may have been cancelled elsewhere.
  func isEndOfCancelled(_ statement: NodeID) -> Bool {
    tree.withStmt(statement).map { awaitsOnlyTasks($0.body) } ?? false
  }
}
