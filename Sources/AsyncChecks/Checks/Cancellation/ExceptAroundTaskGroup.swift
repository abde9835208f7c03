import PythonSemantics
import PythonSyntax

extension Check {
  /// `except ValueError` around nothing but a task group, which raises exception groups.
  static let exceptAroundTaskGroup = Check(
    name: "except-around-task-group",
    messages: [CheckMessage("handler", ["call", "exception"])],
    traits: ["task-group"],
    kinds: [.tryStmt]
  ) { node, context in
    let tree = context.tree
    guard let view = tree.tryStmt(node), view.body.count == 1,
      let statement = tree.nodes(view.body).first, tree.kind(statement) == .asyncWith,
      let (_, fact) = context.item(of: statement, ["task-group"]),
      let hasTimeout = context.isOnlyGroups(statement)
    else { return }
    for handler in tree.nodes(view.handlers) {
      guard let type = tree.exceptHandler(handler)?.type else { continue }
      let types = tree.tuple(type).map { Array(tree.nodes($0.elements)) } ?? [type]
      guard types.allSatisfy({ context.isSingleError($0, orTimeout: !hasTimeout) }) else {
        continue
      }
      let start = tree.span(handler).start
      context.report(
        "handler", fact: fact, span: ByteSpan(start: start, end: tree.span(type).end),
        [("call", fact.shownName), ("exception", context.written(type))])
    }
  }
}

extension CheckContext {
  /// Whether all items of a `with` are task groups or timeouts; the value tells of timeouts.
  fileprivate func isOnlyGroups(_ statement: NodeID) -> Bool? {
    guard let view = tree.withStmt(statement) else { return nil }
    var hasTimeout = false
    for item in tree.nodes(view.items) {
      guard let expression = tree.withItem(item)?.contextExpr else { return nil }
      if fact(ofCall: expression, trait: "task-group") != nil { continue }
      guard fact(ofCall: expression, trait: "cancel-scope") != nil else { return nil }
      hasTimeout = true
    }
    return hasTimeout
  }

  /// Whether an expression names an ordinary exception, which a group is not an instance of.
  fileprivate func isSingleError(_ node: NodeID, orTimeout: Bool) -> Bool {
    guard let last = lastName(node) else { return false }
    if isNamed(last, ["TimeoutError"]) { return orTimeout }
    if let name = tree.name(node), model.lookUp(name.name, from: model.scope(of: node)) == nil {
      let text = tree.text(of: name.name)
      let isGroup = isNamed(
        name.name,
        [
          "Exception", "BaseException", "ExceptionGroup", "BaseExceptionGroup",
          "KeyboardInterrupt", "SystemExit", "GeneratorExit",
        ])
      return !isGroup && text.first.map { $0 >= 0x41 && $0 <= 0x5A } == true
    }
    guard case .object(let symbol) = resolver.value(of: node) else { return false }
    if cancelledClass(node) != nil { return false }
    return isOrdinaryError(symbol)
  }

  /// Whether a class is an exception of the project that derives from no group, or one of a
  /// library whose name tells that it is an error.
  private func isOrdinaryError(_ symbol: SymbolID) -> Bool {
    let text = resolver.name(of: symbol)
    let suffixes: [StaticString] = ["Group", "Cancelled", "CancelledError", "BaseException"]
    if suffixes.contains(where: { $0.withUTF8Buffer { text.suffix($0.count).elementsEqual($0) } }) {
      return false
    }
    if !resolver.isLocal(symbol), let definition = project.cls(symbol) {
      guard let view = project[definition.module].model.tree.classDef(definition.node) else {
        return false
      }
      let tree = project[definition.module].model.tree
      return tree.nodes(view.bases).allSatisfy { base in
        guard let name = tree.name(base)?.name ?? tree.attribute(base)?.name else { return false }
        let text = tree.text(of: name)
        let error = StaticString("Error").bytes
        return text.suffix(error.count).elementsEqual(error)
          || text.elementsEqual(StaticString("Exception").bytes)
      }
    }
    let error = StaticString("Error").bytes
    return text.suffix(error.count).elementsEqual(error)
  }
}
