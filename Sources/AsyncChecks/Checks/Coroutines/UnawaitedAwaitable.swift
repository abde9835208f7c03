import PythonSemantics
import PythonSyntax

extension Check {
  /// A call as a statement that gives something to await other than a coroutine.
  static let unawaitedAwaitable = Check(
    name: "unawaited-awaitable",
    messages: [
      CheckMessage("future", ["call"]),
      CheckMessage("returned", ["call"]),
      CheckMessage("object", ["call", "class"]),
    ],
    traits: ["future", "awaitable"],
    kinds: [.exprStmt]
  ) { node, context in
    let tree = context.tree
    guard let value = tree.exprStmt(node)?.value else { return }
    for call in context.dropped(value) {
      guard let view = tree.call(call), context.coroutineCall(call) == nil else { continue }
      if let fact = context.fact(ofCall: call, trait: "future") {
        context.report(
          "future", fact: fact, span: tree.span(call), [("call", fact.shownName)]
        ) { context.awaitInsertion(call, .unsafe) }
        continue
      }
      let name = context.written(view.function)
      switch context.awaitableResult(of: call) {
      case .none: continue
      case .declared(let fact):
        context.report("returned", fact: fact, span: tree.span(call), [("call", name)]) {
          context.awaitInsertion(call, .unsafe)
        }
      case .ownClass(let cls):
        let text = context.project.symbols.text(of: context.project.symbols.atom(of: cls))
        context.report("object", span: tree.span(call), [("call", name), ("class", text)]) {
          context.awaitInsertion(call, .unsafe)
        }
      }
    }
  }
}

/// What a call gives that is to be awaited.
fileprivate enum AwaitableResult {
  case none
  /// Something that the function's annotation says is awaitable.
  case declared(KnownCallable)
  /// An instance of a class of the project that has `__await__`.
  case ownClass(SymbolID)
}

extension CheckContext {
  fileprivate func awaitableResult(of call: NodeID) -> AwaitableResult {
    guard let cls = resolver.instanceClass(of: call) else { return .none }
    if let fact = knowledge.fact(cls, trait: "awaitable") { return .declared(fact) }
    guard project.cls(cls) != nil, let method = resolver.method("__await__", of: cls),
      project.function(method) != nil
    else { return .none }
    return .ownClass(cls)
  }
}
