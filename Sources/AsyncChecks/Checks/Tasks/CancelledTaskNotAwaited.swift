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
      let task = context.receiver(ofCall: value), context.isForgotten(task, at: node)
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
