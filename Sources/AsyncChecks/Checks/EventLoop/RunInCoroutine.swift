import PythonSemantics
import PythonSyntax

extension Check {
  /// Starting an event loop while one runs: in a coroutine, or in a function called from one.
  static let runInCoroutine = Check(
    name: "run-in-coroutine",
    messages: [
      CheckMessage("call", ["call", "function"]),
      CheckMessage("reached", ["call", "function", "via"]),
      CheckMessage("used", ["call", "function", "via"]),
    ],
    kinds: [.call, .attribute, .subscript, .withItem, .forStmt, .comprehension, .compare]
  ) { node, context in
    let tree = context.tree
    let kind = tree.kind(node)
    if kind != .call, kind != .attribute, context.specialMethod(of: node) == nil { return }
    guard let scope = context.coroutineScope(of: node), !context.patchesLoop else { return }
    let function = context.functionName(of: scope)
    if kind == .call, let fact = context.fact(ofCall: node, .runner) {
      guard !context.isAwaited(node) else { return }
      context.report(
        "call", fact: fact, span: tree.span(node),
        [("call", fact.shownName), ("function", function)])
      return
    }
    guard let called = context.calledFunction(node), context.runs(called, at: node),
      !called.isAmbiguous, !context.isAwaited(node), !context.isHandedToAdapter(node),
      let chain = context.functions.runner(of: called.symbol)
    else { return }
    let special = context.specialCall(node)
    let via =
      special.map { context.shortName(of: $0.function.symbol) }
      ?? context.written(context.mappedFunction(node) ?? tree.call(node)?.function ?? node)
    let isCalled = special == nil && kind == .call && context.projectFunction(ofCall: node) != nil
    context.report(
      isCalled ? "reached" : "used", span: tree.span(special?.receiver ?? node),
      [("call", chain.end.shownName), ("function", function), ("via", via)],
      notes: context.notes(on: chain))
  }

  /// Starting an event loop at the top level of a module that a server imports: one that makes an
  /// ASGI application, or that such a one imports.
  static let runInASGIModule = Check(
    name: "run-in-asgi-module",
    messages: [
      CheckMessage("call", ["call", "app"]), CheckMessage("reached", ["call", "via", "app"]),
    ],
    kinds: [.call]
  ) { node, context in
    guard let served = context.served, context.model.executionContext(of: node) == .module,
      !context.isAwaited(node), !context.isMainGuarded(node)
    else { return }
    let tree = context.tree
    var notes = context.notes(on: served)
    if let fact = context.fact(ofCall: node, .runner) {
      context.report(
        "call", fact: fact, span: tree.span(node),
        [("call", fact.shownName), ("app", served.app.shownName)], notes: notes)
      return
    }
    guard let called = context.projectFunction(ofCall: node), called.colour == .sync,
      !called.isAmbiguous, called.decoration.keepsCalls,
      let chain = context.functions.runner(of: called.symbol), let call = tree.call(node)
    else { return }
    notes = context.notes(on: chain) + notes
    context.report(
      "reached", span: tree.span(node),
      [
        ("call", chain.end.shownName), ("via", context.written(call.function)),
        ("app", served.app.shownName),
      ], notes: notes)
  }

  /// Starting an event loop in a notebook cell, where one runs already.
  static let runInNotebook = Check(
    name: "run-in-notebook",
    messages: [CheckMessage("call", ["call"])],
    kinds: [.call]
  ) { node, context in
    guard context.model.isNotebook, context.model.executionContext(of: node) == .notebook,
      let fact = context.fact(ofCall: node, .runner), !context.patchesLoop,
      // The kernel's loop is asyncio's; Trio's own may run inside it.
      !fact.qualifiedName.starts(with: StaticString("trio.").bytes)
    else { return }
    context.report(
      "call", fact: fact, span: context.tree.span(node), [("call", fact.shownName)])
  }
}

extension CheckContext {
  /// Whether the file imports `nest_asyncio`, which makes nested loops legal.
  fileprivate var patchesLoop: Bool {
    tree.nameTable.id(of: "nest_asyncio") != nil
  }

  /// Whether a function asks if a loop is running, and so may know what it does.
  func checksForRunningLoop(_ scope: ScopeID) -> Bool {
    let names: [StaticString] = ["get_running_loop", "_get_running_loop", "is_running"]
    let ids = names.compactMap { tree.nameTable.id(of: $0) }
    guard !ids.isEmpty else { return false }
    let node = model[scope].node
    let span = tree.span(node)
    // The subtree of a node ends with it in postorder.
    var index = Int(node.rawValue)
    while index > 0 {
      index -= 1
      let inner = NodeID(UInt32(index))
      if tree.span(inner).start < span.start { break }
      if let name = tree.attribute(inner)?.name ?? tree.name(inner)?.name, ids.contains(name) {
        return true
      }
    }
    return false
  }

  /// The import through which a server comes to the module, if it has no application itself.
  fileprivate func notes(on served: ServedModule) -> [Note] {
    guard let (module, node) = served.importer else { return [] }
    let importer = project[module]
    let message =
      StaticString("`").bytes + project.symbols.name(of: importer.symbol)
      + StaticString("` makes the application, and this import leads to the call").bytes
    return [
      Note(
        file: fileIndices[module.index], span: importer.model.tree.span(node), message: message)
    ]
  }

  /// Whether a node stands under `if __name__ == "__main__":`.
  func isMainGuarded(_ node: NodeID) -> Bool {
    var current = node
    while let parent = tree.parent(of: current) {
      if let statement = tree.ifStmt(parent), current != statement.test,
        let comparison = tree.compare(statement.test)
      {
        let sides = [comparison.left] + Array(tree.nodes(comparison.comparators))
        for side in sides {
          if let name = tree.name(side)?.name,
            tree.text(of: name).elementsEqual(StaticString("__name__").bytes)
          {
            return true
          }
        }
      }
      current = parent
    }
    return false
  }
}
