import PythonSemantics
import PythonSyntax

extension Check {
  /// `asyncio.run(main)` and `await main`: the coroutine function where its coroutine is wanted.
  static let functionNotCalled = Check(
    name: "function-not-called",
    messages: [
      CheckMessage("argument", ["api", "function"]),
      CheckMessage("awaited", ["function"]),
    ],
    traits: ["takes-coroutine", "takes-coroutines"],
    kinds: [.call, .awaitExpr]
  ) { node, context in
    let tree = context.tree
    if let operand = tree.awaitExpr(node)?.value {
      guard context.coroutineFunctionName(operand) != nil else { return }
      context.report(
        "awaited", span: tree.span(operand), [("function", context.written(operand))]
      ) { context.callInsertion(operand) }
      return
    }
    guard let call = tree.call(node) else { return }
    if let fact = context.fact(ofCall: node, trait: "takes-coroutine") {
      context.argument(
        of: call, at: Int(fact.argument),
        keywords: ["coro", "main", "coro_or_future", "fut", "arg"]
      ).map { context.checkCoroutineArgument($0, fact) }
    } else if let fact = context.fact(ofCall: node, trait: "takes-coroutines") {
      for argument in tree.nodes(call.arguments) {
        context.checkCoroutineArgument(argument, fact)
      }
    }
  }
}

extension CheckContext {
  fileprivate func checkCoroutineArgument(_ argument: NodeID, _ fact: KnownCallable) {
    guard tree.kind(argument) == .name || tree.kind(argument) == .attribute,
      coroutineFunctionName(argument) != nil
    else { return }
    report(
      "argument", fact: fact, span: tree.span(argument),
      [("api", fact.shownName), ("function", written(argument))]
    ) { callInsertion(argument) }
  }

  /// The fix that calls a function of the project that needs no arguments.
  fileprivate func callInsertion(_ node: NodeID) -> Fix? {
    guard let function = projectFunction(named: node) else { return nil }
    let tree = project[function.module].model.tree
    guard let view = tree.functionDef(function.node), let list = tree.arguments(view.arguments)
    else { return nil }
    var required =
      list.positionalOnly.count + list.positional.count - list.defaults.count
    if function.owner != nil, function.decoration != .staticMethod { required -= 1 }
    guard required <= 0,
      !tree.optionalNodes(list.keywordDefaults).contains(where: { $0 == nil })
    else { return nil }
    let end = self.tree.span(node).end
    let edit = Edit(
      span: ByteSpan(start: end, end: end), replacement: StaticString("()").bytes)
    return .safe(StaticString("call the function").bytes, [edit])
  }
}
