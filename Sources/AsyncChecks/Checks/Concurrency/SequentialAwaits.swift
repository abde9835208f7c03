import PythonSemantics
import PythonSyntax

extension Check {
  /// Awaits in a row that do not need each other and could wait at the same time.
  ///
  /// Only assignments count (a bare `await` is made for its effect), and only calls whose whole way
  /// down to the waiting is known: see ``CheckContext/isIndependent(_:depth:)``.
  static let sequentialAwaits = Check(
    name: "sequential-awaits",
    messages: [CheckMessage("sequence", ["count"])],
    kinds: [.assign, .annAssign]
  ) { node, context in
    let tree = context.tree
    guard context.hasCoroutines, !context.isTestFile, context.coroutineScope(of: node) != nil,
      let parent = tree.parent(of: node),
      let block = context.resolver.block(of: parent, holding: node),
      let start = block.firstIndex(of: node), context.awaitedCall(in: node) != nil
    else { return }
    // The run is reported at its first statement.
    if start > 0, context.awaitedCall(in: block[start - 1]) != nil,
      context.isFollowUp(node, after: context.boundNames(in: block[start - 1]))
    {
      return
    }
    var bound = context.boundNames(in: node)
    var next = start + 1
    while next < block.count, context.isFollowUp(block[next], after: bound) {
      bound += context.boundNames(in: block[next])
      next += 1
    }
    guard next - start > 1, !context.isInsideExclusion(node) else { return }
    context.report(
      "sequence",
      span: ByteSpan(start: tree.span(node).start, end: tree.span(block[next - 1]).end),
      [("count", (next - start).digits)])
  }
}

extension CheckContext {
  /// The call in `name = await call(…)`, if it is known to be independent of other such calls.
  fileprivate func awaitedCall(in statement: NodeID) -> NodeID? {
    let value: NodeID?
    if let assign = tree.assign(statement) {
      guard assign.targets.count == 1, let target = tree.nodes(assign.targets).first,
        isNames(target)
      else { return nil }
      value = assign.value
    } else if let assign = tree.annAssign(statement) {
      guard tree.kind(assign.target) == .name else { return nil }
      value = assign.value
    } else {
      return nil
    }
    guard let value, let call = tree.awaitExpr(value)?.value, tree.kind(call) == .call,
      isIndependentCall(call, depth: 0)
    else { return nil }
    return call
  }

  private func isNames(_ target: NodeID) -> Bool {
    if let tuple = tree.tuple(target) {
      return tree.nodes(tuple.elements).allSatisfy { tree.kind($0) == .name }
    }
    return tree.kind(target) == .name
  }

  /// The names that a statement binds.
  fileprivate func boundNames(in statement: NodeID) -> [NameID] {
    var bound: [NameID] = []
    forEachNode(in: statement) { node in
      if let name = tree.name(node), name.context == .store { bound.append(name.name) }
    }
    return bound
  }

  /// Whether a statement awaits an independent call and uses none of some names.
  fileprivate func isFollowUp(_ statement: NodeID, after bound: [NameID]) -> Bool {
    guard let call = awaitedCall(in: statement) else { return false }
    var isUsed = false
    forEachNode(in: call) { node in
      if let name = tree.name(node), name.context == .load, bound.contains(name.name) {
        isUsed = true
      }
      // `f(x := …)` and nested awaits have an order of their own.
      if tree.kind(node) == .namedExpr || tree.kind(node) == .awaitExpr { isUsed = true }
    }
    return !isUsed
  }

  /// Calls the body with every node below a node, and the node.
  func forEachNode(in node: NodeID, _ body: (NodeID) -> Void) {
    var stack = [node]
    while let current = stack.popLast() {
      body(current)
      tree.forEachChild(of: current) { stack.append($0) }
    }
  }

  /// Whether a lock, transaction or other context around the statement may give the order a sense.
  fileprivate func isInsideExclusion(_ node: NodeID) -> Bool {
    var current = node
    while let parent = tree.parent(of: current), model.scope(of: parent) == model.scope(of: node) {
      if tree.kind(parent) == .asyncWith, let statement = tree.withStmt(parent) {
        for item in tree.nodes(statement.items) {
          guard let view = tree.withItem(item), sendsRequests(view.contextExpr) else {
            return true
          }
        }
      }
      current = parent
    }
    return false
  }

  /// Whether a value is a client with known requests, such as an `aiohttp.ClientSession`.
  private func sendsRequests(_ node: NodeID) -> Bool {
    if fact(ofCall: node, .request) != nil { return true }
    guard let cls = resolver.value(of: node).instanceClass else { return false }
    let names: [StaticString] = ["get", "request"]
    return names.contains { name in
      resolver.method(name, of: cls).map { knowledge.fact($0, .request) != nil } ?? false
    }
  }

  // MARK: Independence

  /// Whether awaiting a call changes nothing that another such call could see: it asks a server
  /// for something, or runs a coroutine function of the project that only does that or sleeps.
  private func isIndependentCall(_ node: NodeID, depth: Int) -> Bool {
    if let fact = fact(ofCall: node, .request) {
      let last = fact.qualifiedName.split(separator: UInt8(ascii: ".")).last ?? []
      let reading: [StaticString] = ["get", "head", "options"]
      return reading.contains { $0.withUTF8Buffer { last.elementsEqual($0) } }
    }
    guard let function = projectFunction(ofCall: node), function.isCoroutineFunction,
      function.module == resolver.moduleID, depth < 4
    else { return false }
    return isIndependent(function.node, depth: depth)
  }

  /// Whether the body of a coroutine function binds only its own names and awaits only calls that
  /// are known to be independent.
  private func isIndependent(_ function: NodeID, depth: Int) -> Bool {
    guard let scope = model.scope(openedBy: function), let view = tree.functionDef(function) else {
      return false
    }
    var isIndependent = true
    var hasAwait = false
    for statement in tree.nodes(view.body) {
      forEachNode(in: statement) { node in
        switch tree.kind(node) {
        case .globalStmt, .nonlocalStmt, .namedExpr, .asyncFor: isIndependent = false
        case .attribute:
          if tree.attribute(node)?.context != .load { isIndependent = false }
        case .subscript:
          if tree.subscript(node)?.context != .load { isIndependent = false }
        case .exprStmt:
          // A call for its effect: `log.append(line)`.
          if let value = tree.exprStmt(node)?.value, tree.kind(value) == .call,
            !isBuiltin(tree.call(value)?.function ?? value, ["print"])
          {
            isIndependent = false
          }
        case .asyncWith:
          for item in tree.withStmt(node).map({ tree.nodes($0.items) }) ?? tree.nodes(.empty) {
            guard let item = tree.withItem(item), sendsRequests(item.contextExpr) else {
              isIndependent = false
              continue
            }
            hasAwait = true
          }
        case .awaitExpr:
          hasAwait = true
          guard model.executionScope(of: model.scope(of: node)) == scope,
            let call = tree.awaitExpr(node)?.value, tree.kind(call) == .call,
            isHarmlessAwait(call, depth: depth)
          else {
            isIndependent = false
            return
          }
        default: return
        }
      }
    }
    return isIndependent && hasAwait
  }

  /// Whether the last part of a name begins with a capital letter: `asyncio.Queue`, not `asyncio`.
  /// Facts give modules members just as classes, so the symbol alone does not tell.
  private func isNamedLikeClass(_ symbol: SymbolID) -> Bool {
    let first = resolver.name(of: symbol).split(separator: UInt8(ascii: ".")).last?.first
    return first.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") } ?? false
  }

  private func isHarmlessAwait(_ call: NodeID, depth: Int) -> Bool {
    if isIndependentCall(call, depth: depth + 1) { return true }
    guard let view = tree.call(call) else { return false }
    // A module's coroutine function such as `asyncio.sleep`; methods share their object's state.
    if let coroutine = coroutineCall(call), coroutine.fact != nil {
      return !isNamedLikeClass(resolver.parent(of: coroutine.symbol))
    }
    // Reading the answer of a request: `await response.json()`.
    guard let attribute = tree.attribute(view.function), let name = tree.name(attribute.value),
      let variable = model.lookUp(name.name, from: model.scope(of: attribute.value)),
      model[variable].bindings.count == 1,
      let parent = tree.parent(of: model[variable].bindings[0].node)
    else { return false }
    if let item = tree.withItem(parent) { return fact(ofCall: item.contextExpr, .request) != nil }
    guard let value = tree.assign(parent)?.value else { return false }
    let operand = tree.awaitExpr(value)?.value ?? value
    return fact(ofCall: operand, .request) != nil
  }
}
