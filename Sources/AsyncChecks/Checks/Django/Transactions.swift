import PythonSemantics
import PythonSyntax

extension Check {
  /// A database transaction of Django that is opened by a coroutine.
  static let transactionInCoroutine = Check(
    name: "transaction-in-coroutine",
    messages: [
      CheckMessage("with", ["call"]),
      CheckMessage("async-with", ["call"]),
      CheckMessage("decorator", ["call", "function"]),
    ],
    traits: ["transaction"],
    kinds: [.withStmt, .asyncWith, .asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    if let function = tree.functionDef(node) {
      for decorator in tree.nodes(function.decorators) {
        guard let fact = context.transaction(tree.call(decorator)?.function ?? decorator) else {
          continue
        }
        context.report(
          "decorator", fact: fact, span: tree.span(decorator),
          [("call", fact.shownName), ("function", Array(tree.text(of: function.name)))])
      }
      return
    }
    guard context.coroutineScope(of: node) != nil, let statement = tree.withStmt(node) else {
      return
    }
    for item in tree.nodes(statement.items) {
      guard let value = tree.withItem(item)?.contextExpr, let call = tree.call(value),
        let fact = context.transaction(call.function)
      else { continue }
      context.report(
        tree.kind(node) == .asyncWith ? "async-with" : "with", fact: fact,
        span: tree.span(value), [("call", fact.shownName)])
    }
  }
}

extension CheckContext {
  fileprivate func transaction(_ callee: NodeID) -> KnownCallable? {
    symbol(of: callee).flatMap { knowledge.fact($0, trait: "transaction") }
  }
}
