import PythonSemantics
import PythonSyntax

extension Check {
  /// Writing into a stream in a loop that never waits until the data is taken.
  static let writeWithoutDrain = Check(
    name: "write-without-drain",
    messages: [CheckMessage("write", ["call", "writer"])],
    traits: ["stream-writer", "opens-stream", "serves-streams"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let scope = context.coroutineScope(of: node), let call = tree.call(node),
      context.isNamed(call.function, ["write", "writelines"]),
      let writer = tree.attribute(call.function)?.value, context.isStreamWriter(writer),
      context.isInLoop(node), tree.parent(of: node).map({ tree.kind($0) }) == .exprStmt,
      !context.mentions(["drain"], in: scope)
    else { return }
    context.report(
      "write", span: tree.span(node),
      [("call", context.written(call.function)), ("writer", context.written(writer))]
    ) { context.awaiting(".drain()", of: writer, after: node) }
  }

  /// Closing a stream and going on before it is closed.
  static let closeWithoutWait = Check(
    name: "close-without-wait",
    messages: [CheckMessage("close", ["call", "writer"])],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let scope = context.coroutineScope(of: node), let call = tree.call(node),
      context.isNamed(call.function, ["close"]),
      let writer = tree.attribute(call.function)?.value, context.isStreamWriter(writer),
      !context.isWriterOfCallback(writer),
      // Closing the input of a subprocess is how it is told to end; that is waited for.
      !context.isNamed(writer, ["stdin"]),
      tree.parent(of: node).map({ tree.kind($0) }) == .exprStmt, !context.raisesNext(node),
      !context.mentions(["wait_closed"], in: scope), !context.isWaitedFor(writer, after: node),
      !context.isTestFile, !context.isVersionGuarded(node)
    else { return }
    context.report(
      "close", span: tree.span(node),
      [("call", context.written(call.function)), ("writer", context.written(writer))]
    ) { context.awaiting(".wait_closed()", of: writer, after: node) }
  }
}

extension CheckContext {
  /// Whether an expression is an `asyncio.StreamWriter`: by its class, or because it came with a
  /// connection or as the second argument of a server's callback.
  fileprivate func isStreamWriter(_ node: NodeID) -> Bool {
    if let cls = resolver.instanceClass(of: node) {
      return knowledge.fact(cls, trait: "stream-writer") != nil
    }
    guard let variable = variable(node), model[variable].bindings.count == 1 else { return false }
    let binding = model[variable].bindings[0]
    switch binding.kind {
    case .unpacked: return isSecondOfConnection(binding.node)
    case .parameter: return isOfCallback(binding.node)
    default: return false
    }
  }

  /// `reader, writer = await asyncio.open_connection(…)`, perhaps with a limit of time.
  private func isSecondOfConnection(_ target: NodeID) -> Bool {
    guard let display = tree.parent(of: target), let pair = tree.tuple(display),
      pair.elements.count == 2, tree.nodes(pair.elements).last == target,
      let statement = tree.parent(of: display), let value = tree.assign(statement)?.value,
      let operand = tree.awaitExpr(value)?.value
    else { return false }
    if fact(ofCall: operand, trait: "opens-stream") != nil { return true }
    guard let call = tree.call(operand), let callee = callee(of: operand),
      isName(callee, "asyncio.wait_for"), let inner = tree.nodes(call.arguments).first
    else { return false }
    return fact(ofCall: inner, trait: "opens-stream") != nil
  }

  /// The second parameter of a function that the file gives to `asyncio.start_server`.
  fileprivate func isWriterOfCallback(_ node: NodeID) -> Bool {
    guard let variable = variable(node), let binding = model[variable].bindings.first,
      binding.kind == .parameter
    else { return false }
    return isOfCallback(binding.node)
  }

  private func isOfCallback(_ parameter: NodeID) -> Bool {
    guard let list = tree.parent(of: parameter), let view = tree.arguments(list),
      let function = tree.parent(of: list)
    else { return false }
    var names = Array(tree.nodes(view.positionalOnly)) + Array(tree.nodes(view.positional))
    if resolver.owner(ofMethod: function) != nil, !names.isEmpty { names.removeFirst() }
    guard names.count == 2, names[1] == parameter else { return false }
    return serverCallbacks.contains(function)
  }

  private var serverCallbacks: [NodeID] {
    tree.nodes.compactMap { node in
      guard tree.kind(node) == .call, fact(ofCall: node, trait: "serves-streams") != nil,
        let call = tree.call(node),
        let callback = argument(of: call, at: 0, keywords: ["client_connected_cb"])
      else { return nil }
      return definition(callback)
    }
  }

  /// Whether the function of a scope, or one in it, has an attribute of one of the names.
  fileprivate func mentions(_ names: [StaticString], in scope: ScopeID) -> Bool {
    subtree(model[scope].node).contains { tree.attribute($0) != nil && isNamed($0, names) }
  }

  /// Whether a function that is awaited after a call gets the writer: `await closed(writer)`.
  fileprivate func isWaitedFor(_ writer: NodeID, after node: NodeID) -> Bool {
    guard let function = owner(of: node) else { return false }
    let end = tree.span(node).end
    return contains(function) { inner in
      guard tree.span(inner).start >= end, let operand = tree.awaitExpr(inner)?.value,
        let call = tree.call(operand)
      else { return false }
      return tree.nodes(call.arguments).contains { isSameText($0, writer) }
    }
  }

  /// Whether the next statement raises: the stream is given up because something failed.
  fileprivate func raisesNext(_ node: NodeID) -> Bool {
    let statement = statement(of: node)
    guard let parent = tree.parent(of: statement),
      let block = resolver.block(of: parent, holding: statement),
      let index = block.firstIndex(of: statement), index + 1 < block.count
    else { return false }
    return tree.kind(block[index + 1]) == .raiseStmt
  }

  /// The fix that awaits a method of the writer in a line of its own.
  fileprivate func awaiting(_ method: StaticString, of writer: NodeID, after node: NodeID) -> Fix? {
    let text = StaticString("await ").bytes + Array(tree.text(of: writer)) + method.bytes
    guard let edit = lineInsertion(text, after: statement(of: node)) else { return nil }
    let title = StaticString("insert `").bytes + text + StaticString("`").bytes
    return .unsafe(title, [edit])
  }
}
