import PythonSemantics
import PythonSyntax

extension Check {
  /// A call as a statement that gives something to await other than a coroutine.
  static let unawaitedAwaitable = Check(
    name: "unawaited-awaitable",
    messages: [
      CheckMessage("future", ["call"]),
      CheckMessage("returned", ["call"]),
      CheckMessage("object", ["call", "class"]),
    ],
    traits: ["future", "awaitable"],
    kinds: [.exprStmt]
  ) { node, context in
    let tree = context.tree
    guard let value = tree.exprStmt(node)?.value else { return }
    for call in context.dropped(value) {
      guard let view = tree.call(call), context.coroutineCall(call) == nil,
        !context.isExpectedToRaise(node)
      else { continue }
      if let made = context.madeValue(by: call, trait: "future") {
        context.report(
          "future", fact: made.fact, span: tree.span(call), [("call", made.name)],
          notes: made.notes
        ) { context.awaitInsertion(call, .unsafe) }
        continue
      }
      let name = context.written(view.function)
      switch context.awaitableResult(of: call) {
      case .none: continue
      case .declared(let fact):
        context.report("returned", fact: fact, span: tree.span(call), [("call", name)]) {
          context.awaitInsertion(call, .unsafe)
        }
      case .ownClass(let cls):
        // What comes out of a container was put there before, perhaps after it was awaited.
        guard !context.isNamed(view.function, ["pop", "popleft", "popitem", "setdefault"]) else {
          continue
        }
        let text = Array(context.project.symbols.text(of: context.project.symbols.atom(of: cls)))
        context.report("object", span: tree.span(call), [("call", name), ("class", text)]) {
          context.awaitInsertion(call, .unsafe)
        }
      }
    }
  }
}

/// What a call gives that is to be awaited.
fileprivate enum AwaitableResult {
  case none
  /// Something that the function's annotation says is awaitable.
  case declared(KnownCallable)
  /// An instance of a class of the project that has `__await__`.
  case ownClass(SymbolID)
}

extension CheckContext {
  fileprivate func awaitableResult(of call: NodeID) -> AwaitableResult {
    guard let cls = resolver.instanceClass(of: call) else { return .none }
    if let fact = knowledge.fact(cls, trait: "awaitable") {
      // `Coroutine[…] | None` says that there may be nothing to await.
      guard let function = projectFunction(ofCall: call), !isOverridden(function),
        hasPlainAnnotation(function)
      else { return .none }
      return .declared(fact)
    }
    guard project.cls(cls) != nil, let method = resolver.method("__await__", of: cls),
      let function = project.function(method), worksWhenAwaited(function),
      !isMethodCall(call, on: cls), makesObject(call, of: cls), !startsWhenMade(cls)
    else { return .none }
    return .ownClass(cls)
  }

  /// Whether the annotation of the result is a class, and not a union with something else.
  private func hasPlainAnnotation(_ function: FunctionDefinition) -> Bool {
    let tree = project[function.module].model.tree
    guard let returns = tree.functionDef(function.node)?.returns else { return false }
    let name = tree.subscript(returns)?.value ?? returns
    let last = tree.name(name)?.name ?? tree.attribute(name)?.name
    return last.map { tree.text(of: $0).elementsEqual(StaticString("Coroutine").bytes) } ?? false
  }

  /// A method call on an object of the class that it returns again: a chain that goes on.
  private func isMethodCall(_ call: NodeID, on cls: SymbolID) -> Bool {
    guard let view = tree.call(call), let attribute = tree.attribute(view.function) else {
      return false
    }
    return resolver.instanceClass(of: attribute.value) == cls
  }

  /// Whether a call makes the object it gives: it calls the class, or a function that returns a call
  /// of it. Any other may give one that somebody keeps.
  private func makesObject(_ call: NodeID, of cls: SymbolID) -> Bool {
    guard let function = projectFunction(ofCall: call) else { return true }
    let model = project[function.module].model
    let tree = model.tree
    guard let scope = model.scope(openedBy: function.node) else { return false }
    let name = project.symbols.text(of: project.symbols.atom(of: cls))
    return tree.nodes.contains { node in
      guard let value = tree.returnStmt(node)?.value, model.scope(of: node) == scope,
        let callee = tree.call(value)?.function,
        let last = tree.attribute(callee)?.name ?? tree.name(callee)?.name
      else { return false }
      return tree.text(of: last).elementsEqual(name)
    }
  }

  /// Whether `__init__` hands what one of the object's methods gives to somebody, as a background
  /// task does: then the object works without being awaited.
  private func startsWhenMade(_ cls: SymbolID) -> Bool {
    guard let initializer = resolver.method("__init__", of: cls),
      let function = project.function(initializer)
    else { return false }
    let model = project[function.module].model
    let tree = model.tree
    guard let scope = model.scope(openedBy: function.node) else { return false }
    return tree.nodes.contains { node in
      guard let call = tree.call(node), model.scope(of: node) == scope else { return false }
      return tree.nodes(call.arguments).contains { argument in
        guard let callee = tree.call(argument)?.function, let method = tree.attribute(callee),
          let receiver = tree.name(method.value)
        else { return false }
        return tree.text(of: receiver.name).elementsEqual(StaticString("self").bytes)
      }
    }
  }

  /// Whether the body of `__await__` is `return self.work().__await__()`: the work is done then,
  /// not when the object is made.
  private func worksWhenAwaited(_ function: FunctionDefinition) -> Bool {
    let tree = project[function.module].model.tree
    guard let view = tree.functionDef(function.node), let last = tree.nodes(view.body).last,
      let value = tree.returnStmt(last)?.value, let outer = tree.call(value),
      let own = tree.attribute(outer.function),
      tree.text(of: own.name).elementsEqual(StaticString("__await__").bytes),
      let inner = tree.call(own.value), let method = tree.attribute(inner.function),
      let receiver = tree.name(method.value)
    else { return false }
    return tree.text(of: receiver.name).elementsEqual(StaticString("self").bytes)
  }
}
