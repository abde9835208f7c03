import PythonSemantics
import PythonSyntax

extension Check {
  /// A coroutine function handed to a thread or process, which calls it and drops the coroutine.
  static let coroutineFunctionInThread = Check(
    name: "coroutine-function-in-thread",
    messages: [CheckMessage("offloaded", ["function", "offload"])],
    kinds: [.call]
  ) { node, context in
    guard let fact = context.fact(ofCall: node, .offload), let call = context.tree.call(node),
      let argument = context.offloadedArgument(of: call, fact),
      let name = context.calledCoroutineFunction(argument)
    else { return }
    context.report(
      "offloaded", fact: fact, span: context.tree.span(node),
      [("function", name), ("offload", fact.shownName)])
  }
}

extension CheckContext {
  /// The argument that an `offload` or `bridge` callable runs.
  func offloadedArgument(of call: Call, _ fact: KnownCallable) -> NodeID? {
    argument(
      of: call, at: Int(fact.argument), keywords: ["target", "func", "function", "fn", "callable"])
  }

  /// The name of the coroutine function that an expression stands for.
  func coroutineFunctionName(_ node: NodeID) -> [UInt8]? {
    guard let symbol = symbol(of: node) else { return coroutineObjectName(node) }
    if let function = project.function(symbol) {
      guard function.isCoroutineFunction, let view = functionDef(function) else { return nil }
      return view
    }
    return knowledge.fact(symbol, .coroutine)?.shownName
  }

  /// What a message calls an object whose calls give coroutines: one with an `async def __call__`,
  /// or one that is annotated as a function that returns an awaitable.
  private func coroutineObjectName(_ node: NodeID) -> [UInt8]? {
    guard tree.kind(node) == .name || tree.kind(node) == .attribute, !resolver.asksForColour,
      let cls = resolver.instanceClass(of: node), let method = resolver.method("__call__", of: cls)
    else { return nil }
    let isCoroutine =
      project.function(method)?.isCoroutineFunction ?? (knowledge.fact(method, .coroutine) != nil)
    return isCoroutine ? written(node) : nil
  }

  private func functionDef(_ function: FunctionDefinition) -> [UInt8]? {
    Array(project.symbols.text(of: project.symbols.atom(of: function.symbol)))
  }
}
