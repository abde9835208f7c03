import PythonSemantics
import PythonSyntax

extension Check {
  /// A bridge from sync to async applied to a function that is async already.
  static let syncToAsyncOnCoroutine = Check(
    name: "sync-to-async-on-coroutine",
    messages: [
      CheckMessage("call", ["function", "bridge"]),
      CheckMessage("decorator", ["function", "bridge"]),
    ],
    kinds: [.call, .asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    if tree.kind(node) == .asyncFunctionDef {
      context.checkDecorators(node)
      return
    }
    guard let fact = context.fact(ofCall: node, .bridge), let call = tree.call(node),
      let argument = context.offloadedArgument(of: call, fact),
      let name = context.coroutineFunctionName(argument)
    else { return }
    context.report(
      "call", fact: fact, span: tree.span(node),
      [("function", name), ("bridge", fact.shownName)])
  }

  /// A bridged function called without `await`: nothing runs.
  static let unawaitedSyncToAsync = Check(
    name: "unawaited-sync-to-async",
    messages: [CheckMessage("call", ["function"])],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let name = context.bridgedCall(node) else { return }
    switch context.use(of: node) {
    case .dropped, .misuse: break
    case .bound(let variable):
      guard context.isNeverConsumed(variable) else { return }
    case .consumed, .element, .stored: return
    }
    context.report("call", span: tree.span(node), [("function", name)]) {
      context.awaitInsertion(node, .unsafe)
    }
  }
}

extension CheckContext {
  fileprivate func checkDecorators(_ node: NodeID) {
    guard let function = tree.functionDef(node) else { return }
    for decorator in tree.nodes(function.decorators) {
      let callee = tree.call(decorator)?.function ?? decorator
      guard let symbol = symbol(of: callee), let fact = knowledge.fact(symbol, .bridge) else {
        continue
      }
      // An async generator is not a coroutine function, but no better.
      report(
        "decorator", fact: fact, span: tree.span(decorator),
        [("function", Array(tree.text(of: function.name))), ("bridge", fact.shownName)])
    }
  }

  /// The function that a call of a bridged function runs: `sync_to_async(f)(…)`, a name bound to
  /// `sync_to_async(f)`, or a function decorated with it.
  fileprivate func bridgedCall(_ node: NodeID) -> [UInt8]? {
    guard let call = tree.call(node) else { return nil }
    if let name = bridgedFunction(call.function) { return name }
    guard let name = tree.name(call.function) else { return decorated(node) }
    guard let variable = model.lookUp(name.name, from: model.scope(of: call.function)) else {
      return nil
    }
    let bindings = model[variable].bindings
    if bindings.count == 1, bindings[0].kind == .assignment,
      let value = tree.parent(of: bindings[0].node).flatMap({ tree.assign($0)?.value }),
      bridgedFunction(value) != nil
    {
      return Array(tree.text(of: name.name))
    }
    return decorated(node)
  }

  /// The name of a function of the project that is decorated with a bridge.
  private func decorated(_ node: NodeID) -> [UInt8]? {
    guard let function = projectFunction(ofCall: node), function.colour == .sync,
      !function.isAmbiguous, function.module == resolver.moduleID,
      let view = tree.functionDef(function.node), view.decorators.count == 1,
      let decorator = tree.nodes(view.decorators).first
    else { return nil }
    let callee = tree.call(decorator)?.function ?? decorator
    guard let symbol = symbol(of: callee), knowledge.fact(symbol, .bridge) != nil else {
      return nil
    }
    return Array(tree.text(of: view.name))
  }

  /// The function that a `sync_to_async(f)` call bridges, as written.
  private func bridgedFunction(_ node: NodeID) -> [UInt8]? {
    guard let fact = fact(ofCall: node, .bridge), let call = tree.call(node) else { return nil }
    if let argument = offloadedArgument(of: call, fact) { return written(argument) }
    // `sync_to_async(thread_sensitive=True)(f)`: the outer call bridges.
    return nil
  }

  /// Whether a variable is never read in a way that may await its value.
  fileprivate func isNeverConsumed(_ variable: VariableID) -> Bool {
    guard model[variable].bindings.count == 1, model[variable].scope != .module else {
      return false
    }
    for reference in references[variable] {
      switch use(of: reference) {
      case .misuse, .dropped: continue
      case .element(let display): guard isMisusedDisplay(display) else { return false }
      case .consumed, .bound, .stored: return false
      }
    }
    return true
  }
}
