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
      let task = context.receiver(ofCall: value), context.isLocalTask(task),
      !context.isUsedAgain(task, after: node),
      // At the end of a program `asyncio.run` waits for what was cancelled.
      context.isFollowed(node, leavesLoop: false), !context.isBeforeReturn(node)
    else { return }
    context.report("cancel", span: tree.span(value), [("task", context.written(task))])
  }
}

extension CheckContext {
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
