import PythonSemantics
import PythonSyntax

extension Check {
  /// One request per element of a collection of any size, all at once.
  static let unboundedFanOut = Check(
    name: "unbounded-fan-out",
    messages: [CheckMessage("fan-out", ["call"])],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard context.coroutineScope(of: node) != nil, let call = tree.call(node), !context.isTestFile
    else { return }
    if let fact = context.fact(ofCall: node, .concurrent) {
      let argument = tree.nodes(call.arguments).first { context.fansOut($0) }
      guard argument != nil, !context.hasLimit(around: node) else { return }
      context.report(
        "fan-out", fact: fact, span: tree.span(node), [("call", fact.shownName)])
    } else if let fact = context.fact(ofCall: node, .spawn), context.isInTaskGroup(call),
      let coroutine = tree.nodes(call.arguments).first, context.isRequest(coroutine),
      let loop = context.enclosingLoop(of: node), context.isUnbounded(loop),
      !context.hasLimit(around: node)
    {
      context.report(
        "fan-out", fact: fact, span: tree.span(node), [("call", fact.shownName)])
    }
  }
}

extension CheckContext {
  /// Whether an argument is `*[request(x) for x in xs]`, or a name bound to that.
  fileprivate func fansOut(_ argument: NodeID) -> Bool {
    guard let value = tree.starred(argument)?.value else { return false }
    let displays = tree.kind(value) == .name ? displays(of: value) ?? [] : [value]
    return displays.contains { display in
      guard let comprehension = tree.comprehension(display),
        comprehension.value == nil, isRequest(comprehension.element)
      else { return false }
      return tree.nodes(comprehension.generators).contains { clause in
        tree.comprehensionFor(clause).map { isUnbounded($0.iterable) } ?? false
      }
    }
  }

  /// Whether a call sends a request itself, or calls a coroutine function that does so.
  fileprivate func isRequest(_ node: NodeID) -> Bool {
    guard let call = tree.call(node) else { return false }
    if fact(ofCall: node, .request) != nil { return true }
    if fact(ofCall: node, .spawn) != nil, let argument = tree.nodes(call.arguments).first {
      return isRequest(argument)
    }
    guard let function = projectFunction(ofCall: node), function.isCoroutineFunction else {
      return false
    }
    return functions.sendsRequest(function.symbol) && !limits(function)
  }

  /// Whether a collection may have any number of elements.
  fileprivate func isUnbounded(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .list, .tuple, .set, .dict, .constant: return false
    // What an object keeps, `settings.hosts` or `self._peers`, is what it was set up with.
    case .attribute: return false
    case .subscript:
      // A slice is a batch.
      return tree.subscript(node).map { tree.kind($0.slice) != .slice } ?? true
    case .call:
      guard let call = tree.call(node) else { return true }
      if isBuiltin(call.function, ["range"]) {
        return !tree.nodes(call.arguments).allSatisfy { isFixed($0) }
      }
      let wrappers: [StaticString] = [
        "enumerate", "zip", "sorted", "reversed", "list", "set", "tuple",
      ]
      if isBuiltin(call.function, wrappers) {
        return tree.nodes(call.arguments).allSatisfy { isUnbounded($0) }
      }
      return true
    case .name:
      guard let values = displays(of: node) else { return !isFixed(node) }
      return !values.allSatisfy {
        tree.kind($0) == .list || tree.kind($0) == .tuple || tree.kind($0) == .set
      } || isGrown(node)
    default: return true
    }
  }

  /// Whether a name is a constant by convention, or an expression a literal number.
  private func isFixed(_ node: NodeID) -> Bool {
    if tree.kind(node) == .constant { return true }
    guard let name = tree.name(node) else { return false }
    return tree.text(of: name.name).allSatisfy { byte in
      byte == UInt8(ascii: "_") || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
  }

  /// Whether a method of a name's list, such as `append`, is called somewhere.
  private func isGrown(_ node: NodeID) -> Bool {
    guard let name = tree.name(node),
      let variable = model.lookUp(name.name, from: model.scope(of: node))
    else { return true }
    return references[variable].contains { reference in
      guard let parent = tree.parent(of: reference) else { return false }
      return tree.attribute(parent) != nil
    }
  }

  fileprivate func isInTaskGroup(_ call: Call) -> Bool {
    guard let receiver = tree.attribute(call.function)?.value else { return false }
    return resolver.value(of: receiver).instanceClass != nil
  }

  /// The iterable of the `for` loop around a node in its function.
  fileprivate func enclosingLoop(of node: NodeID) -> NodeID? {
    var current = node
    while let parent = tree.parent(of: current), model.scope(of: parent) == model.scope(of: node) {
      if tree.kind(parent) == .forStmt, let loop = tree.forStmt(parent), loop.iterable != current {
        return loop.iterable
      }
      current = parent
    }
    return nil
  }

  // MARK: Limits

  /// Whether the function around a node, or the way the file makes its clients, limits how much
  /// runs at once.
  fileprivate func hasLimit(around node: NodeID) -> Bool {
    let clients: [StaticString] = [
      "TCPConnector", "connector", "Limits", "limits", "limit_per_host", "CapacityLimiter",
    ]
    if clients.contains(where: { tree.nameTable.id(of: $0) != nil }) { return true }
    guard let scope = coroutineScope(of: node) else { return false }
    return mentionsLimit(model[scope].node, in: tree)
  }

  private func limits(_ function: FunctionDefinition) -> Bool {
    mentionsLimit(function.node, in: project[function.module].model.tree)
  }

  /// Whether a function uses a name like `semaphore` or `rate_limiter`.
  private func mentionsLimit(_ function: NodeID, in tree: SyntaxTree) -> Bool {
    let words: [StaticString] = ["sem", "limit", "throttl", "batch", "chunk", "bucket", "pool"]
    var stack = [function]
    while let node = stack.popLast() {
      if let name = tree.name(node)?.name ?? tree.attribute(node)?.name ?? tree.arg(node)?.name
        ?? tree.keyword(node)?.name
      {
        let text = tree.text(of: name).map { $0 | 0x20 }
        if words.contains(where: { text.contains($0.bytes) }) { return true }
      }
      tree.forEachChild(of: node) { stack.append($0) }
    }
    return false
  }
}

extension [UInt8] {
  /// Whether another byte string occurs in this one.
  fileprivate func contains(_ other: [UInt8]) -> Bool {
    guard count >= other.count else { return false }
    return (0...(count - other.count)).contains { self[$0...].starts(with: other) }
  }
}
