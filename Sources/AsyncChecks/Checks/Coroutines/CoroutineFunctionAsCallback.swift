import PythonSemantics
import PythonSyntax

extension Check {
  /// A coroutine function handed to something that calls it like any other function.
  static let coroutineFunctionAsCallback = Check(
    name: "coroutine-function-as-callback",
    messages: [
      CheckMessage("dropped", ["api", "function"]),
      CheckMessage("used", ["api", "function"]),
      CheckMessage("decorated", ["api", "function"]),
    ],
    traits: ["sync-callback", "sync-function", "sync-decorator", Knowledge.makesObject],
    kinds: [.call, .asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    if tree.kind(node) == .asyncFunctionDef {
      context.checkSyncDecorators(node)
      return
    }
    guard let call = tree.call(node) else { return }
    // Whatever sequence it is, its `sort` compares what the key function gives.
    if let method = tree.attribute(call.function), context.isNamed(method.name, ["sort"]),
      let key = context.keyword(call, "key"), let name = context.calledCoroutineFunction(key)
    {
      context.report(
        "used", span: tree.span(key),
        [("api", StaticString("list.sort").bytes), ("function", name)])
      return
    }
    let dropping = context.fact(ofCall: node, trait: "sync-callback")
    guard let fact = dropping ?? context.fact(ofCall: node, trait: "sync-function"),
      let argument = context.handedArgument(of: call, fact),
      let name = context.calledCoroutineFunction(argument)
    else { return }
    context.report(
      dropping == nil ? "used" : "dropped", fact: fact, span: tree.span(argument),
      [("api", fact.shownName), ("function", name)])
  }
}

extension CheckContext {
  /// Looks at the decorators from the function outwards, as long as they leave it what it is.
  fileprivate func checkSyncDecorators(_ node: NodeID) {
    guard let function = tree.functionDef(node), !isGenerator(node) else { return }
    for decorator in tree.nodes(function.decorators).reversed() {
      let callee = tree.call(decorator)?.function ?? decorator
      guard let symbol = symbol(of: callee) else { return }
      // `@atexit.register` is a callback that takes a function as a decorator does.
      let isCall = tree.kind(decorator) == .call
      if let fact = knowledge.fact(symbol, trait: "sync-decorator")
        ?? (isCall ? nil : knowledge.fact(symbol, trait: "sync-callback"))
      {
        report(
          "decorated", fact: fact, span: tree.span(decorator),
          [("api", fact.shownName), ("function", Array(tree.text(of: function.name)))])
        return
      }
      guard resolver.keepsFunction(decorator: decorator) else { return }
    }
  }
}
