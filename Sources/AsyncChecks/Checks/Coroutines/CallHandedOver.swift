import PythonSemantics
import PythonSyntax

extension Check {
  /// `start_soon(work())`: the call's result is handed over where the function is wanted.
  static let callHandedOver = Check(
    name: "call-handed-over",
    messages: [
      CheckMessage("coroutine", ["api", "function"]),
      CheckMessage("result", ["api", "function"]),
      CheckMessage("synchronous", ["api", "function"]),
    ],
    traits: ["takes-function", "takes-plain-function", "awaits-function"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let call = tree.call(node), let fact = context.functionTakingFact(ofCall: node),
      let argument = context.handedArgument(of: call, fact)
    else { return }
    guard let inner = tree.call(argument) else {
      context.checkAwaitedFunction(argument, node)
      return
    }
    let span = tree.span(argument)
    if context.coroutineCall(argument) != nil {
      context.report(
        "coroutine", fact: fact, span: span,
        [("api", fact.shownName), ("function", context.written(inner.function))]
      ) { context.uncalled(argument, in: call, fact, .safe) }
    } else if let function = context.projectFunction(ofCall: argument),
      context.isPlainResult(of: function) || context.isPlainObject(of: function)
    {
      context.report(
        "result", fact: fact, span: span,
        [("api", fact.shownName), ("function", context.written(inner.function))]
      ) { context.uncalled(argument, in: call, fact, .unsafe) }
    }
  }
}

extension CheckContext {
  /// The fact that says that a call takes a function to be called later.
  fileprivate func functionTakingFact(ofCall node: NodeID) -> KnownCallable? {
    fact(ofCall: node, trait: "takes-function")
      ?? fact(ofCall: node, trait: "takes-plain-function")
      ?? fact(ofCall: node, .offload)
      ?? fact(ofCall: node, trait: "sync-callback")
  }

  /// Reports a synchronous function where one that gives an awaitable is wanted.
  fileprivate func checkAwaitedFunction(_ argument: NodeID, _ call: NodeID) {
    guard let fact = fact(ofCall: call, trait: "awaits-function"),
      let function = projectFunction(named: argument), isPlainResult(of: function)
    else { return }
    report(
      "synchronous", fact: fact, span: tree.span(argument),
      [("api", fact.shownName), ("function", written(argument))])
  }

  /// The fix that hands over the function and, where the callable passes them on, its arguments.
  fileprivate func uncalled(
    _ argument: NodeID, in call: Call, _ fact: KnownCallable, _ applicability: Applicability,
  ) -> Fix? {
    guard let inner = tree.call(argument), inner.keywords.isEmpty else { return nil }
    let values = Array(tree.nodes(inner.arguments))
    if !values.isEmpty {
      // Arguments are passed on by position, so nothing may stand behind.
      guard
        fact.trait.elementsEqual(StaticString("takes-function").bytes)
          || fact.trait.elementsEqual(StaticString("sync-callback").bytes) || fact.role == .offload,
        tree.nodes(call.arguments).last == argument, call.keywords.isEmpty,
        !values.contains(where: { tree.kind($0) == .generatorExp })
      else { return nil }
    }
    var text = written(inner.function)
    for value in values {
      text += StaticString(", ").bytes + Array(tree.source.text(of: tree.span(value)))
    }
    let edit = Edit(span: tree.span(argument), replacement: text)
    return fix(applicability, StaticString("hand over the function").bytes, [edit])
  }
}
