import PythonSyntax

/// What a decorator of the project makes of the functions that it decorates.
struct DecoratorEffect {
  /// It gives back the function itself.
  var isIdentity = false
  /// Calling what it makes of a coroutine function still gives a coroutine to await.
  var keepsCoroutines = false
  /// Calling what it makes of an ordinary function runs the function and gives its result.
  var keepsCalls = false

  static let identity = DecoratorEffect(
    isIdentity: true, keepsCoroutines: true, keepsCalls: true)

  /// The effect of a decorator that returns one of several things, depending on the function.
  func combined(_ other: DecoratorEffect) -> DecoratorEffect {
    DecoratorEffect(
      isIdentity: isIdentity && other.isIdentity,
      keepsCoroutines: keepsCoroutines || other.keepsCoroutines,
      keepsCalls: keepsCalls || other.keepsCalls)
  }

  /// What becomes of a function of a colour.
  func keeps(_ colour: FunctionColour) -> Bool {
    switch colour {
    case .coroutine: keepsCoroutines
    case .sync: keepsCalls
    case .generator, .asyncGenerator: isIdentity
    }
  }
}

/// Reads the body of a decorator: which function it returns, and what that does with its own.
struct DecoratorReader {
  private let model: SemanticModel
  private let tree: SyntaxTree

  init(_ model: SemanticModel) {
    self.model = model
    tree = model.tree
  }

  /// What a decorator does; `nil` when its body does not tell.
  ///
  /// - Parameter isCalled: Whether the decorator is the result of the function: `@retry(3)`.
  func effect(of function: FunctionDefinition, isCalled: Bool) -> DecoratorEffect? {
    guard function.colour == .sync, !function.isAmbiguous,
      let view = tree.functionDef(function.node), view.decorators.isEmpty
    else { return nil }
    if isCalled { return effect(ofFactory: function.node) }
    return effect(of: function.node, skipsFirst: function.owner != nil)
  }

  private func effect(ofFactory node: NodeID) -> DecoratorEffect? {
    var result: DecoratorEffect?
    for value in returned(by: node) {
      // `def deco(fn=None, *, times=3)` returns `wrap(fn)` when it is used without brackets.
      guard let inner = nestedFunction(tree.call(value)?.function ?? value),
        let effect = effect(of: inner, skipsFirst: false)
      else { return nil }
      result = result.map { $0.combined(effect) } ?? effect
    }
    return result
  }

  private func effect(of node: NodeID, skipsFirst: Bool) -> DecoratorEffect? {
    guard let view = tree.functionDef(node), !view.isAsync,
      let parameters = tree.arguments(view.arguments)
    else { return nil }
    let names =
      Array(tree.nodes(parameters.positionalOnly)) + Array(tree.nodes(parameters.positional))
    guard names.count > (skipsFirst ? 1 : 0),
      let decorated = tree.arg(names[skipsFirst ? 1 : 0])?.name
    else { return nil }
    var result: DecoratorEffect?
    for value in returned(by: node) {
      guard let effect = effect(ofReturned: value, decorated) else { return nil }
      result = result.map { $0.combined(effect) } ?? effect
    }
    return result
  }

  private func effect(ofReturned value: NodeID, _ decorated: NameID) -> DecoratorEffect? {
    if let call = tree.call(value) {
      let arguments = tree.nodes(call.arguments)
      // `return cast(F, wrapper)`, `return update_wrapper(wrapper, fn)`
      if let name = tree.name(call.function)?.name ?? tree.attribute(call.function)?.name {
        if isText(name, "cast"), arguments.count == 2 {
          return effect(ofReturned: arguments[1], decorated)
        }
        if isText(name, "update_wrapper"), let first = arguments.first {
          return effect(ofReturned: first, decorated)
        }
      }
      guard arguments.count == 1, tree.name(arguments[0])?.name == decorated,
        let inner = nestedFunction(call.function)
      else { return nil }
      return effect(of: inner, skipsFirst: false)
    }
    if tree.name(value)?.name == decorated { return .identity }
    return nestedFunction(value).flatMap { effect(ofWrapper: $0, decorated) }
  }

  /// What a wrapper does with the function that it wraps.
  private func effect(ofWrapper node: NodeID, _ decorated: NameID) -> DecoratorEffect? {
    guard let view = tree.functionDef(node), let scope = model.scope(openedBy: node),
      !model[scope].isGenerator,
      tree.nodes(view.decorators).allSatisfy({ isWraps($0) })
    else { return nil }
    var awaits = false
    var calls = false
    for inner in tree.descendants(of: node) {
      guard isCall(inner, of: decorated), model.executionScope(of: model.scope(of: inner)) == scope
      else { continue }
      calls = true
      if let parent = tree.parent(of: inner), tree.kind(parent) == .awaitExpr { awaits = true }
    }
    guard calls else { return nil }
    if view.isAsync { return DecoratorEffect(keepsCoroutines: awaits) }
    let values = returned(by: node)
    let isPassedOn = !values.isEmpty && values.allSatisfy { gives($0, decorated, in: scope) }
    return DecoratorEffect(keepsCoroutines: isPassedOn, keepsCalls: isPassedOn || values.isEmpty)
  }

  /// Whether an expression is what the wrapped function gave.
  private func gives(_ value: NodeID, _ decorated: NameID, in scope: ScopeID) -> Bool {
    if isCall(value, of: decorated) { return true }
    guard let name = tree.name(value)?.name, let variable = model.variable(name, in: scope) else {
      return false
    }
    return model[variable].bindings.allSatisfy { binding in
      guard binding.kind == .assignment,
        let assign = tree.parent(of: binding.node).flatMap({ tree.assign($0) })
      else { return false }
      return isCall(assign.value, of: decorated)
    }
  }

  private func isCall(_ node: NodeID, of decorated: NameID) -> Bool {
    guard let call = tree.call(node) else { return false }
    return tree.name(call.function)?.name == decorated
  }

  private func isWraps(_ decorator: NodeID) -> Bool {
    guard let call = tree.call(decorator),
      let name = tree.name(call.function)?.name ?? tree.attribute(call.function)?.name
    else { return false }
    return isText(name, "wraps")
  }

  /// The values of a function's own `return` statements; one of `None` counts not.
  private func returned(by node: NodeID) -> [NodeID] {
    guard let scope = model.scope(openedBy: node) else { return [] }
    return tree.descendants(of: node).compactMap { inner in
      guard tree.kind(inner) == .returnStmt, model.scope(of: inner) == scope,
        let value = tree.returnStmt(inner)?.value,
        tree.constant(value)?.kind != ConstantKind.none
      else { return nil }
      return value
    }
  }

  /// The function that a name means, defined in the function around it.
  private func nestedFunction(_ node: NodeID) -> NodeID? {
    guard let name = tree.name(node)?.name,
      let variable = model.lookUp(name, from: model.scope(of: node)),
      model[variable].scope != .module, model[variable].bindings.count == 1,
      model[variable].bindings[0].kind == .function
    else { return nil }
    return model[variable].bindings[0].node
  }

  private func isText(_ name: NameID, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { tree.text(of: name).elementsEqual($0) }
  }
}

extension SyntaxTree {
  /// The nodes below a node, in postorder: the run of ids that ends with it.
  func descendants(of node: NodeID) -> [NodeID] {
    let start = span(node).start
    var first = node.index
    while first > 0, span(NodeID(UInt32(first - 1))).start >= start { first -= 1 }
    return (first..<node.index).map { NodeID(UInt32($0)) }
  }
}
