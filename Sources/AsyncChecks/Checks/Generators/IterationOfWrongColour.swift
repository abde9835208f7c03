import PythonSemantics
import PythonSyntax

extension Check {
  /// `for`, or a builtin that iterates, on something that only `async for` can iterate.
  static let forOverAsyncIterable = Check(
    name: "for-over-async-iterable",
    messages: [
      CheckMessage("loop", ["iterable"]), CheckMessage("call", ["iterable", "function"]),
    ],
    traits: ["async-iterable"],
    kinds: [.forStmt, .comprehension, .call]
  ) { node, context in
    let tree = context.tree
    if let call = tree.call(node) {
      let names: [StaticString] = [
        "list", "tuple", "set", "dict", "sorted", "sum", "min", "max", "any", "all", "enumerate",
        "zip", "map", "filter", "iter", "next",
      ]
      guard context.isBuiltin(call.function, names) else { return }
      for argument in tree.nodes(call.arguments)
      where context.iterableColour(of: argument) == .async {
        context.report(
          "call", span: tree.span(argument),
          [
            ("iterable", context.iterableName(argument)),
            ("function", context.written(call.function)),
          ])
      }
      return
    }
    let clause = tree.comprehensionFor(node)
    guard clause?.isAsync != true, let iterable = clause?.iterable ?? tree.forStmt(node)?.iterable,
      context.iterableColour(of: iterable) == .async
    else { return }
    context.report(
      "loop", span: tree.span(iterable), [("iterable", context.iterableName(iterable))]
    ) {
      let isLazy = tree.parent(of: node).map { tree.kind($0) == .generatorExp } ?? false
      return isLazy ? nil : context.asyncInsertion(before: node)
    }
  }

  /// `async for` on something that only `for` can iterate.
  static let asyncForOverIterable = Check(
    name: "async-for-over-iterable",
    messages: [CheckMessage("loop", ["iterable"]), CheckMessage("coroutine", ["iterable"])],
    kinds: [.asyncFor, .comprehension]
  ) { node, context in
    let tree = context.tree
    let clause = tree.comprehensionFor(node)
    guard clause?.isAsync != false, let iterable = clause?.iterable ?? tree.forStmt(node)?.iterable
    else { return }
    let values = [(placeholder: "iterable" as StaticString, value: context.iterableName(iterable))]
    switch context.iterableColour(of: iterable) {
    case .sync:
      context.report("loop", span: tree.span(iterable), values) {
        context.asyncRemoval(from: tree.span(node).start)
      }
    case .coroutine:
      context.report("coroutine", span: tree.span(iterable), values) {
        guard let removal = context.asyncRemoval(from: tree.span(node).start),
          let insertion = context.awaitInsertion(iterable, .unsafe)
        else { return nil }
        return .unsafe(
          StaticString("iterate over the awaited result").bytes, removal.edits + insertion.edits)
      }
    case .async, .unknown: return
    }
  }
}

extension CheckContext {
  /// What messages call an iterable: what is called, or the expression as written.
  fileprivate func iterableName(_ node: NodeID) -> [UInt8] {
    tree.call(node).map { written($0.function) } ?? written(node)
  }
}
