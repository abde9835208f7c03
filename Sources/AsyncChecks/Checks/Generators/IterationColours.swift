import PythonSemantics
import PythonSyntax

/// Which of the two `for` statements a value supports.
enum IterableColour {
  /// `for` only.
  case sync
  /// `async for` only.
  case async
  /// Neither: a coroutine that has to be awaited first.
  case coroutine
  /// Both, or nobody knows.
  case unknown
}

extension CheckContext {
  /// Which `for` statement the value of an expression supports.
  func iterableColour(of node: NodeID) -> IterableColour {
    switch tree.kind(node) {
    case .list, .tuple, .set, .dict, .listComp, .setComp, .dictComp, .joinedStr: return .sync
    case .constant: return .sync
    case .generatorExp: return isAsyncGenerator(node) ? .async : .sync
    case .call: return colour(ofCall: node)
    case .name:
      guard let name = tree.name(node),
        let variable = model.lookUp(name.name, from: model.scope(of: node))
      else { return .unknown }
      let bindings = model[variable].bindings
      if bindings.count == 1, bindings[0].kind == .assignment,
        let value = tree.parent(of: bindings[0].node).flatMap({ tree.assign($0)?.value }),
        tree.kind(value) != .name
      {
        let colour = iterableColour(of: value)
        if colour != .coroutine { return colour }
      }
      return colour(ofInstance: node)
    default: return colour(ofInstance: node)
    }
  }

  private func colour(ofCall node: NodeID) -> IterableColour {
    guard let call = tree.call(node) else { return .unknown }
    let builtins: [StaticString] = [
      "range", "list", "tuple", "set", "dict", "sorted", "enumerate", "zip", "map", "filter",
      "reversed",
    ]
    if isBuiltin(call.function, builtins) { return .sync }
    if let callee = callee(of: node) {
      if fact(ofCall: node, trait: "async-iterable") != nil { return .async }
      if fact(ofCall: node, .coroutine) != nil, project.vocabulary.result(of: callee) == list {
        return .coroutine
      }
      if let function = project.function(callee) {
        guard !function.isAmbiguous, function.decoration.keepsCalls else { return .unknown }
        switch function.colour {
        case .asyncGenerator: return .async
        // What a class below gives may well be an async generator.
        case .coroutine: return isStub(function) ? .unknown : .coroutine
        case .generator: return isOverridden(function) ? .unknown : .sync
        case .sync:
          if isPlainResult(of: function) { return .sync }
        }
      }
    }
    return colour(ofInstance: node)
  }

  private var list: SymbolID? {
    project.symbols.symbol(dotted: StaticString("builtins.list").bytes)
  }

  private func colour(ofInstance node: NodeID) -> IterableColour {
    guard let cls = resolver.instanceClass(of: node) else { return .unknown }
    if cls == list { return .sync }
    if knowledge.fact(cls, trait: "async-iterable") != nil { return .async }
    guard hasOwnBasesOnly(cls) else { return .unknown }
    let iterates =
      resolver.method("__iter__", of: cls) != nil
      || resolver.method("__getitem__", of: cls) != nil
    let iteratesAsync = resolver.method("__aiter__", of: cls) != nil
    if iterates == iteratesAsync { return .unknown }
    return iterates ? .sync : .async
  }

  /// Whether a generator expression has `await` or `async for` and so makes an async generator.
  ///
  /// The first iterable is evaluated by the code around it, so an `await` there does not count.
  private func isAsyncGenerator(_ node: NodeID) -> Bool {
    guard let view = tree.comprehension(node), let first = tree.nodes(view.generators).first,
      let iterable = tree.comprehensionFor(first)?.iterable
    else { return false }
    let outside = tree.span(iterable)
    return tree.subtree(of: node).contains { inner in
      guard !outside.contains(tree.span(inner)) else { return false }
      return tree.kind(inner) == .awaitExpr || tree.comprehensionFor(inner)?.isAsync == true
    }
  }
}
