import PythonSyntax

extension Resolver {
  /// The class that a generator's return annotation says it yields: `AsyncIterator[Session]`.
  func yieldedClass(of node: NodeID) -> SymbolID? {
    guard let returns = tree.functionDef(node)?.returns else { return nil }
    if let element = annotatedElement(returns) { return element }
    guard let view = tree.subscript(returns),
      let name = tree.name(view.value)?.name ?? tree.attribute(view.value)?.name,
      matches(name, "Generator") || matches(name, "AsyncGenerator")
    else { return nil }
    // `Generator[Session, None, None]`
    let first = tree.tuple(view.slice).flatMap { tree.nodes($0.elements).first } ?? view.slice
    return annotatedClass(first)
  }

  private func matches(_ name: NameID, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { tree.text(of: name).elementsEqual($0) }
  }

  /// What `with f() as name` binds, where `f` is a generator of the project that a decorator of
  /// `contextlib` made a context manager of.
  ///
  /// **Source:** <https://docs.python.org/3/library/contextlib.html#contextlib.asynccontextmanager>
  func yielded(by expression: NodeID, isAsync: Bool) -> SymbolID? {
    guard let call = tree.call(expression), case .object(let callee) = value(of: call.function),
      !isLocal(callee), let function = project.function(callee), !function.isAmbiguous,
      function.colour == (isAsync ? .asyncGenerator : .generator), let result = function.result,
      let view = project[function.module].model.tree.functionDef(function.node)
    else { return nil }
    let other = project[function.module].model.tree
    let decorators = other.nodes(view.decorators)
    guard decorators.count == 1, let decorator = decorators.first,
      let name = other.name(decorator)?.name ?? other.attribute(decorator)?.name
    else { return nil }
    let wanted: StaticString = isAsync ? "asynccontextmanager" : "contextmanager"
    return wanted.withUTF8Buffer { other.text(of: name).elementsEqual($0) } ? result : nil
  }

  /// What `with closing(x) as name` binds.
  func closed(by expression: NodeID) -> NodeID? {
    guard let call = tree.call(expression), let name = lastName(ofCalling: call),
      matches(name, "closing") || matches(name, "aclosing"), isOfContextlib(call)
    else { return nil }
    return tree.nodes(call.arguments).first
  }

  /// What `stack.enter_context(x)` gives, and `await stack.enter_async_context(x)`.
  func entered(byCalling call: Call) -> Value? {
    guard let name = lastName(ofCalling: call), let manager = tree.nodes(call.arguments).first
    else { return nil }
    let isAsync = matches(name, "enter_async_context")
    guard isAsync || matches(name, "enter_context"), isOfContextlib(call) else { return nil }
    return entered(manager, isAsync: isAsync)
  }

  private func lastName(ofCalling call: Call) -> NameID? {
    tree.attribute(call.function)?.name ?? tree.name(call.function)?.name
  }

  private func isOfContextlib(_ call: Call) -> Bool {
    guard case .object(let callee) = value(of: call.function) else { return false }
    return name(of: callee).starts(with: [UInt8]("contextlib."))
  }
}
