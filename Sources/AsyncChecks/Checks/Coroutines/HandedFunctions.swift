import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// The argument that takes the callable of a call with such a fact.
  func handedArgument(of call: Call, _ fact: KnownCallable) -> NodeID? {
    argument(
      of: call, at: Int(fact.argument),
      keywords: [
        "target", "func", "function", "fn", "callable", "callback", "handler", "key", "listener",
        "dependency", "repl", "async_fn", "afn",
      ])
  }

  /// The coroutine function whose coroutine one gets by calling what an expression stands for: the
  /// function itself, `partial(f, …)` or `lambda: f(…)`.
  func calledCoroutineFunction(_ node: NodeID) -> [UInt8]? {
    if let lambda = tree.lambda(node) { return coroutineCall(lambda.body)?.name }
    if let call = tree.call(node) {
      guard let name = resolver.dottedName(of: call.function),
        StaticString("functools.partial").bytes == name,
        let function = tree.nodes(call.arguments).first
      else { return nil }
      return calledCoroutineFunction(function)
    }
    return coroutineFunctionName(node)
  }

  /// The function of the project that an expression names.
  func projectFunction(named node: NodeID) -> FunctionDefinition? {
    symbol(of: node).flatMap { project.function($0) }
  }
}
