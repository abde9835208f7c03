import PythonSemantics
import PythonSyntax

extension Check {
  /// A variable of a context manager that was opened inside a task group, handed to a task of that
  /// group: the manager is left before the group waits for the task.
  static let variableOutlivedByTask = Check(
    name: "variable-outlived-by-task",
    messages: [CheckMessage("argument", ["name", "group"])],
    traits: ["task-group", "cancel-scope"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard context.hasCoroutines, let call = tree.call(node),
      let method = tree.attribute(call.function),
      context.isNamed(method.name, ["start_soon", "start", "create_task"]),
      let group = context.groupStatement(of: method.value, around: node)
    else { return }
    for argument in Array(tree.nodes(call.arguments)) + Array(tree.nodes(call.keywords)) {
      context.forEachOwnNode(in: argument) { name in
        guard tree.name(name)?.context == .load,
          let manager = context.manager(of: name, opened: group, around: node),
          !context.waitsAgain(after: node, in: manager)
        else { return }
        context.report(
          "argument", span: tree.span(name),
          [("name", context.written(name)), ("group", context.written(method.value))])
      }
    }
  }
}

extension CheckContext {
  /// The `async with` around a call whose task group a name stands for.
  fileprivate func groupStatement(of name: NodeID, around call: NodeID) -> (
    statement: NodeID, item: NodeID
  )? {
    guard let variable = variable(name), model[variable].bindings.count == 1,
      let binding = model[variable].bindings.first, binding.kind == .withTarget,
      let item = tree.parent(of: binding.node), let statement = tree.parent(of: item),
      let expression = tree.withItem(item)?.contextExpr,
      fact(ofCall: expression, trait: "task-group") != nil,
      surroundings(of: call).contains(where: { $0.parent == statement && $0.child != item })
    else { return nil }
    return (statement, item)
  }

  /// The `with` that binds a name inside the task group, around the call.
  fileprivate func manager(
    of name: NodeID, opened group: (statement: NodeID, item: NodeID), around call: NodeID,
  ) -> NodeID? {
    guard let variable = variable(name), model[variable].bindings.count == 1,
      let binding = model[variable].bindings.first, binding.kind == .withTarget
    else { return nil }
    var item = tree.parent(of: binding.node)
    // `as (reader, writer)`.
    while let current = item, tree.kind(current) == .tuple { item = tree.parent(of: current) }
    guard let item, let statement = tree.parent(of: item), tree.withItem(item) != nil,
      let expression = tree.withItem(item)?.contextExpr,
      fact(ofCall: expression, trait: "cancel-scope") == nil,
      surroundings(of: call).contains(where: { $0.parent == statement })
    else { return nil }
    if statement == group.statement {
      return tree.span(item).start > tree.span(group.item).start ? statement : nil
    }
    return surroundings(of: statement).contains { $0.parent == group.statement } ? statement : nil
  }

  /// Whether a `with` waits for something after the call, perhaps for the task.
  fileprivate func waitsAgain(after call: NodeID, in manager: NodeID) -> Bool {
    guard let view = tree.withStmt(manager) else { return true }
    let end = tree.span(statement(of: call)).end
    return contains(tree.nodes(view.body)) { node in
      isCheckpoint(node) && tree.span(node).start >= end
    }
  }
}
