import PythonSemantics
import PythonSyntax

extension Check {
  /// A call of a coroutine function as a statement: the coroutine is dropped without having run.
  static let unawaitedCoroutine = Check(
    name: "unawaited-coroutine",
    messages: [CheckMessage("statement", ["call"])],
    traits: [Knowledge.keepsFunction, "runs-itself"],
    kinds: [.exprStmt, .assign]
  ) { node, context in
    guard let value = context.tree.exprStmt(node)?.value ?? context.valueForNobody(node) else {
      return
    }
    // The value of a notebook cell's last line is awaited by nobody either.
    for call in context.dropped(value) {
      guard let coroutine = context.coroutineCall(call),
        !context.mayBeSynchronous(coroutine, at: call),
        !context.isExpectedToRaise(node, "TypeError")
      else { continue }
      context.report(
        "statement", fact: coroutine.fact, span: context.tree.span(call),
        [("call", coroutine.name)]
      ) { context.awaitInsertion(call, .unsafe) }
    }
  }
}

extension CheckContext {
  /// The value of an assignment to `_` that nobody reads.
  fileprivate func valueForNobody(_ node: NodeID) -> NodeID? {
    guard let assign = tree.assign(node), assign.targets.count == 1,
      let target = tree.nodes(assign.targets).first, let name = tree.name(target)?.name,
      tree.text(of: name).elementsEqual(StaticString("_").bytes),
      let variable = model.lookUp(name, from: model.scope(of: target)),
      references[variable].isEmpty
    else { return nil }
    return assign.value
  }

  /// The calls whose results an expression statement drops: its value, or the branches of a
  /// conditional expression and the last operand of `and` and `or`.
  func dropped(_ node: NodeID) -> [NodeID] {
    switch tree.kind(node) {
    case .call: return [node]
    case .ifExp:
      guard let choice = tree.ifExp(node) else { return [] }
      return [choice.body, choice.orElse].filter { tree.kind($0) == .call }
    case .boolOp:
      guard let last = tree.boolOp(node).flatMap({ tree.nodes($0.values).last }) else { return [] }
      return tree.kind(last) == .call ? [last] : []
    default: return []
    }
  }
}
