import PythonSemantics
import PythonSyntax

extension Check {
  /// Two neighbouring statements that each go to a thread and back for one and the same object.
  static let repeatedThreadHops = Check(
    name: "repeated-thread-hops",
    messages: [CheckMessage("hop", ["call", "receiver"])],
    kinds: [.awaitExpr]
  ) { node, context in
    let tree = context.tree
    guard let hop = context.threadHop(node) else { return }
    let statement = context.statement(of: node)
    guard let parent = tree.parent(of: statement),
      let block = context.resolver.block(of: parent, holding: statement),
      let index = block.firstIndex(of: statement), index > 0,
      let before = context.awaitedValue(of: block[index - 1]),
      let previous = context.threadHop(before),
      tree.text(of: previous.receiver).elementsEqual(tree.text(of: hop.receiver))
    else { return }
    let note = Note(
      span: tree.span(before), message: StaticString("the hop before stands here").bytes)
    context.report(
      "hop", span: tree.span(node),
      [("call", hop.fact.shownName), ("receiver", context.written(hop.receiver))], notes: [note])
  }
}

/// An awaited call that runs a method of an object in a thread.
private struct ThreadHop {
  let fact: KnownCallable
  let receiver: NodeID
}

extension CheckContext {
  fileprivate func threadHop(_ node: NodeID) -> ThreadHop? {
    guard let operand = tree.awaitExpr(node)?.value, let fact = fact(ofCall: operand, .offload),
      coroutineScope(of: node) != nil, let call = tree.call(operand),
      let function = offloadedArgument(of: call, fact),
      let receiver = tree.attribute(function)?.value, !isModule(receiver), !isPath(receiver)
    else { return nil }
    return ThreadHop(fact: fact, receiver: receiver)
  }

  /// `shutil.copy` and `shutil.move` have nothing in common but their module.
  private func isModule(_ node: NodeID) -> Bool {
    guard let variable = variable(node) else { return true }
    return model[variable].bindings.contains { $0.kind == .import || $0.kind == .importFrom }
  }

  /// A path has no state that two steps could share.
  private func isPath(_ node: NodeID) -> Bool {
    guard let cls = resolver.instanceClass(of: node) else { return false }
    return resolver.name(of: cls).starts(with: StaticString("pathlib.").bytes)
  }

  /// The `await` that is a statement or the value of an assignment.
  fileprivate func awaitedValue(of statement: NodeID) -> NodeID? {
    let value =
      tree.exprStmt(statement)?.value ?? tree.assign(statement)?.value
      ?? tree.annAssign(statement)?.value
    return value.flatMap { tree.kind($0) == .awaitExpr ? $0 : nil }
  }
}
