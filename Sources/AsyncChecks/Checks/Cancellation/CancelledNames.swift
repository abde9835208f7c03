import PythonSemantics
import PythonSyntax

extension Check {
  /// The exception class of AnyIO's backend, asked for before a backend runs, or kept.
  static let cancelledClassSaved = Check(
    name: "cancelled-class-saved",
    messages: [
      CheckMessage("import", ["call"]),
      CheckMessage("saved", ["call", "name"]),
    ],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    // `asyncio.CancelledError()` makes an exception and needs no loop.
    guard let fact = context.fact(ofCall: node, trait: "cancelled"),
      fact.qualifiedName.starts(with: StaticString("anyio").bytes)
    else { return }
    switch context.model.executionContext(of: node) {
    case .module, .classBody:
      context.report("import", span: tree.span(node), [("call", fact.shownName)])
    case .function, .coroutine, .lambda, .deferred, .notebook:
      guard let statement = tree.parent(of: node), let assign = tree.assign(statement),
        let target = tree.nodes(assign.targets).first,
        let name = tree.attribute(target)?.name,
        // Kept for nobody, it does no harm.
        tree.nodes.contains(where: { handler in
          guard let type = tree.exceptHandler(handler)?.type else { return false }
          return context.contains(type) { tree.attribute($0)?.name == name }
        })
      else { return }
      context.report(
        "saved", span: tree.span(node),
        [("call", fact.shownName), ("name", context.written(target))])
    }
  }

  /// `asyncio.TimeoutError`, which is the builtin since Python 3.11.
  static let timeoutErrorAlias = Check(
    name: "timeout-error-alias",
    messages: [CheckMessage("alias", ["name"])],
    traits: ["timeout-alias"], traitsOutsideCoroutines: ["timeout-alias"],
    kinds: [.attribute]
  ) { node, context in
    let tree = context.tree
    guard let symbol = context.symbol(of: node),
      let fact = context.knowledge.fact(symbol, trait: "timeout-alias")
    else { return }
    // `except (asyncio.TimeoutError, TimeoutError)` is written for old versions, too.
    if let parent = tree.parent(of: node), let tuple = tree.tuple(parent),
      tree.nodes(tuple.elements).contains(where: { context.isBuiltin($0, ["TimeoutError"]) })
    {
      return
    }
    context.report("alias", fact: fact, span: tree.span(node), [("name", context.written(node))]) {
      let name = StaticString("TimeoutError").bytes
      if let id = tree.nameTable.id(of: name),
        context.model.lookUp(id, from: context.model.scope(of: node)) != nil
      {
        return nil
      }
      return .unsafe(
        StaticString("replace by `TimeoutError`").bytes,
        [Edit(span: tree.span(node), replacement: name)])
    }
  }
}
