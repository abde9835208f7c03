import PythonSemantics
import PythonSyntax

extension Check {
  /// A lock for threads that a coroutine keeps while it is suspended.
  static let threadLockAcrossAwait = Check(
    name: "thread-lock-across-await",
    messages: [CheckMessage("with", ["lock", "class", "keyword"])],
    traits: ["thread-lock"],
    kinds: [.withStmt]
  ) { node, context in
    let tree = context.tree
    guard let statement = tree.withStmt(node), let scope = context.coroutineScope(of: node) else {
      return
    }
    for item in tree.nodes(statement.items) {
      guard let lock = tree.withItem(item)?.contextExpr,
        let cls = context.resolver.instanceClass(of: lock),
        let fact = context.knowledge.fact(cls, trait: "thread-lock"),
        let suspension = context.firstSuspension(in: statement.body, in: scope)
      else { continue }
      let span = tree.span(suspension.node)
      let note = Note(
        span: span,
        message: StaticString("the coroutine is suspended here with the lock in hand").bytes)
      context.report(
        "with", fact: fact, span: tree.span(lock),
        [
          ("lock", context.written(lock)), ("class", fact.shownName),
          ("keyword", suspension.keyword.bytes),
        ], notes: [note])
    }
  }
}
