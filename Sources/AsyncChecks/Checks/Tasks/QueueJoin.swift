import PythonSemantics
import PythonSyntax

extension Check {
  /// `await queue.join()` where nobody calls `task_done`: it never returns.
  static let queueJoinWithoutTaskDone = Check(
    name: "queue-join-without-task-done",
    messages: [CheckMessage("join", ["queue"])],
    traits: ["queue"],
    kinds: [.awaitExpr]
  ) { node, context in
    let tree = context.tree
    guard let value = tree.awaitExpr(node)?.value,
      let method = context.methodName(ofCall: value), context.isNamed(method, ["join"]),
      let queue = context.receiver(ofCall: value),
      let cls = context.resolver.value(of: queue).instanceClass,
      context.knowledge.fact(cls, trait: "queue") != nil,
      tree.nameTable.id(of: "task_done") == nil,
      // Nobody else's queue: who has made it may see to it.
      tree.attribute(queue).map({ context.isNamed($0.value, ["self", "cls"]) }) ?? true,
      // The consumer is in this file.
      tree.nameTable.id(of: "get") != nil || tree.nameTable.id(of: "get_nowait") != nil
    else { return }
    context.report("join", span: tree.span(node), [("queue", context.written(queue))])
  }
}
