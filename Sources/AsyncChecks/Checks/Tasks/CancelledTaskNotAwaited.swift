import PythonSemantics
import PythonSyntax

extension Check {
  /// A task that is cancelled and then left alone before it had a chance to stop.
  static let cancelledTaskNotAwaited = Check(
    name: "cancelled-task-not-awaited",
    messages: [CheckMessage("cancel", ["task"])],
    kinds: [.exprStmt]
  ) { node, context in
    let tree = context.tree
    guard context.coroutineScope(of: node) != nil, let value = tree.exprStmt(node)?.value,
      let method = context.methodName(ofCall: value), context.isNamed(method, ["cancel"]),
      let task = context.receiver(ofCall: value), context.isForgotten(task, at: node),
      context.hasCleanup(task), !context.waitsNext(node)
    else { return }
    context.report("cancel", span: tree.span(value), [("task", context.written(task))])
  }
}

extension CheckContext {
  /// Whether nobody waits for a task that a statement cancels: one of a local name, or of an
  /// attribute that the file never awaits.
  fileprivate func isForgotten(_ task: NodeID, at statement: NodeID) -> Bool {
    if tree.kind(task) == .attribute { return isForgottenAttribute(task) }
    return isLocalTask(task) && !isUsedAgain(task, after: statement)
      // At the end of a program `asyncio.run` waits for what was cancelled.
      && (isFollowed(statement, leavesLoop: false) || !isStartedByProgram(statement))
      && !isBeforeReturn(statement)
  }

  /// Whether a coroutine function of this file that the task runs has something to do when it is
  /// cancelled: a `finally`, a handler that does more than log, or a `with` around an `await`.
  fileprivate func hasCleanup(_ task: NodeID) -> Bool {
    spawners(of: task).contains { spawner in
      guard let call = tree.call(spawner), let coroutine = tree.nodes(call.arguments).first,
        let function = projectFunction(ofCall: coroutine), function.module == resolver.moduleID
      else { return false }
      return contains(function.node) { node in
        if let attempt = tree.tryStmt(node) {
          guard contains(tree.nodes(attempt.body), where: { isCheckpoint($0) }) else {
            return false
          }
          return !attempt.finalBody.isEmpty
            || tree.nodes(attempt.handlers).contains { cleansUp($0) }
        }
        guard let view = tree.withStmt(node) else { return false }
        return contains(tree.nodes(view.body), where: { isCheckpoint($0) })
          && !tree.nodes(view.items).allSatisfy { ignoresErrors($0) }
      }
    }
  }

  /// Whether a handler of the cancellation calls something but a logger.
  private func cleansUp(_ handler: NodeID) -> Bool {
    guard caughtCancellation(by: handler) != nil, let view = tree.exceptHandler(handler) else {
      return false
    }
    return tree.nodes(view.body).contains { statement in
      guard contains(statement, where: { tree.kind($0) == .call }) else { return false }
      guard let value = tree.exprStmt(statement)?.value, let method = methodName(ofCall: value)
      else { return true }
      return !isNamed(method, ["debug", "info", "warning", "error", "exception", "log"])
    }
  }

  /// Whether a manager only hides exceptions: `suppress(…)`.
  private func ignoresErrors(_ item: NodeID) -> Bool {
    guard let expression = tree.withItem(item)?.contextExpr, let call = tree.call(expression),
      let last = lastName(call.function)
    else { return false }
    return isNamed(last, ["suppress"])
  }

  /// The calls that made the task of a local name or an attribute of `self`.
  private func spawners(of task: NodeID) -> [NodeID] {
    if let attribute = tree.attribute(task) {
      return tree.nodes.compactMap { node in
        guard let assign = tree.assign(node), assign.targets.count == 1,
          let target = tree.nodes(assign.targets).first,
          tree.attribute(target)?.name == attribute.name,
          fact(ofCall: assign.value, trait: "task-spawner") != nil
        else { return nil }
        return assign.value
      }
    }
    guard let variable = variable(task) else { return [] }
    return model[variable].bindings.compactMap { binding in
      tree.parent(of: binding.node).flatMap { tree.assign($0)?.value }
    }
  }

  /// Whether the function waits for an event, or for a turn of the loop, right after a statement:
  /// by that the task may tell that it has ended.
  fileprivate func waitsNext(_ statement: NodeID) -> Bool {
    var child = statement
    while let parent = tree.parent(of: child), tree.kind(child) != .asyncFunctionDef {
      defer { child = parent }
      guard let block = resolver.block(of: parent, holding: child),
        let index = block.firstIndex(of: child)
      else { continue }
      if block[(index + 1)...].prefix(3).contains(where: { waits($0) }) { return true }
    }
    return false
  }

  private func waits(_ statement: NodeID) -> Bool {
    contains(statement) { node in
      guard let operand = tree.awaitExpr(node)?.value, let call = tree.call(operand),
        let last = lastName(call.function)
      else { return false }
      return isNamed(last, ["wait", "sleep", "wait_for", "gather", "join"])
    }
  }

  /// Whether an attribute of `self` is only given new tasks in this file, and is asked, cancelled
  /// and dropped, but never awaited or handed to somebody.
  private func isForgottenAttribute(_ task: NodeID) -> Bool {
    guard let attribute = tree.attribute(task), isSelf(attribute.value) else { return false }
    var isMade = false
    for node in tree.nodes {
      guard let other = tree.attribute(node), other.name == attribute.name,
        let parent = tree.parent(of: node)
      else { continue }
      if other.context == .load {
        switch tree.kind(parent) {
        case .ifStmt, .whileStmt, .unaryOp, .compare, .boolOp: continue
        case .attribute:
          guard
            isNamed(
              parent, ["cancel", "done", "cancelled", "add_done_callback", "set_name", "get_name"])
          else { return false }
        default: return false
        }
        continue
      }
      guard let assign = tree.assign(parent), assign.targets.count == 1 else {
        // `self.task: asyncio.Task | None = None`, `del self.task`
        if let view = tree.annAssign(parent) {
          if let value = view.value, tree.constant(value)?.kind != ConstantKind.none {
            return false
          }
          continue
        }
        return false
      }
      if fact(ofCall: assign.value, trait: "task-spawner") != nil {
        isMade = true
      } else if tree.constant(assign.value)?.kind != ConstantKind.none {
        return false
      }
    }
    return isMade
  }

  /// Whether the file starts the function around a statement as its program: `asyncio.run(main())`.
  private func isStartedByProgram(_ statement: NodeID) -> Bool {
    guard let function = owner(of: statement), let view = tree.functionDef(function) else {
      return true
    }
    if isNamed(view.name, ["main", "_main", "amain", "async_main"]) { return true }
    return tree.nodes.contains { node in
      guard tree.kind(node) == .call, fact(ofCall: node, .runner) != nil,
        let call = tree.call(node),
        let argument = tree.nodes(call.arguments).first
      else { return false }
      let started = projectFunction(named: argument) ?? projectFunction(ofCall: argument)
      return started?.module == resolver.moduleID && started?.node == function
    }
  }

  /// Whether a local name holds only a task that this function made.
  fileprivate func isLocalTask(_ task: NodeID) -> Bool {
    guard let variable = variable(task), let function = owner(of: task),
      model[variable].scope == model.scope(openedBy: function)
    else { return false }
    return model[variable].bindings.allSatisfy { binding in
      guard binding.kind == .assignment, let parent = tree.parent(of: binding.node),
        let value = tree.assign(parent)?.value
      else { return false }
      return fact(ofCall: value, trait: "task-spawner") != nil
    }
  }

  /// Whether nothing but a `return` without a call comes after a statement.
  fileprivate func isBeforeReturn(_ statement: NodeID) -> Bool {
    guard let parent = tree.parent(of: statement),
      let block = resolver.block(of: parent, holding: statement),
      let index = block.firstIndex(of: statement), index + 1 < block.count,
      tree.kind(block[index + 1]) == .returnStmt
    else { return false }
    return !contains(block[index + 1]) { tree.kind($0) == .call }
  }

  /// Whether the task may be waited for: the name is read after the statement, or handed to
  /// anything but its own methods before.
  fileprivate func isUsedAgain(_ task: NodeID, after statement: NodeID) -> Bool {
    guard let variable = variable(task) else { return true }
    let end = tree.span(statement).end
    let isInLoop = surroundings(of: statement).contains { isLoop($0.parent) }
    return references[variable].contains { name in
      if name == task { return false }
      if tree.span(name).start >= end || isInLoop { return true }
      guard let parent = tree.parent(of: name), let view = tree.attribute(parent) else {
        return true
      }
      return !isNamed(view.name, ["cancel", "done", "add_done_callback", "set_name"])
    }
  }
}
