import PythonSemantics
import PythonSyntax

extension Check {
  /// A client with a pool of connections that is made anew for each request or turn of a loop.
  static let clientPerRequest = Check(
    name: "client-per-request",
    messages: [
      CheckMessage("loop", ["client"]),
      CheckMessage("handler", ["client", "function"]),
      CheckMessage("helper", ["client", "function", "caller"]),
    ],
    traits: ["pooled-client", "route", "web-request"],
    kinds: [.call]
  ) { node, context in
    guard let fact = context.fact(ofCall: node, trait: "pooled-client"),
      let scope = context.coroutineScope(of: node), !context.usesSharedTransport(node),
      !context.isKept(node)
    else { return }
    let values: [(placeholder: StaticString, value: [UInt8])] = [
      ("client", fact.shownName), ("function", context.functionName(of: scope)),
    ]
    let span = context.tree.span(node)
    if let loop = context.repeating(node) {
      guard !context.depends(node, onNamesOf: loop) else { return }
      context.report("loop", fact: fact, span: span, values)
      return
    }
    guard !context.depends(node, onNamesOf: context.model[scope].node) else { return }
    if context.isHandler(scope) {
      context.report("handler", fact: fact, span: span, values)
    } else if !context.isDefault(node), let caller = context.repeatedCaller(of: scope) {
      context.report("helper", fact: fact, span: span, values + [("caller", caller)])
    }
  }
}

extension CheckContext {
  /// Whether a client is only made when the variable that gets it holds none:
  /// `if self._session is None or self._session.closed:`.
  fileprivate func isKept(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node), let assign = tree.assign(parent),
      let target = tree.nodes(assign.targets).first, tree.kind(target) == .attribute
    else { return false }
    return surroundings(of: node).contains { around, child in
      guard let choice = tree.ifStmt(around), choice.test != child else { return false }
      return contains(choice.test) { isSameText($0, target) }
    }
  }

  /// Whether a client only stands in for one that the caller did not give: it is assigned to a
  /// parameter.
  fileprivate func isDefault(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node), let assign = tree.assign(parent),
      let target = tree.nodes(assign.targets).first, let variable = variable(target)
    else { return false }
    return model[variable].bindings.contains { $0.kind == .parameter }
  }

  /// The `for` loop or comprehension of the same function that repeats a node; not one that tries
  /// until something succeeds.
  fileprivate func repeating(_ node: NodeID) -> NodeID? {
    var child = node
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef, .classDef, .lambda: return nil
      case .forStmt, .asyncFor:
        guard let loop = tree.forStmt(parent) else { return nil }
        if loop.iterable != child, tree.nodes(loop.body).contains(child) {
          return isAttempt(loop) ? nil : parent
        }
      case .listComp, .setComp, .dictComp, .generatorExp:
        if tree.kind(child) != .comprehension { return parent }
      default: break
      }
      child = parent
    }
    return nil
  }

  /// Whether a loop counts attempts, or ends at the first success.
  private func isAttempt(_ loop: ForStmt) -> Bool {
    if let call = tree.call(loop.iterable), isBuiltin(call.function, ["range"]) { return true }
    // Two or three values that stand in the code are no work worth a pool.
    if let values = tree.tuple(loop.iterable)?.elements ?? tree.list(loop.iterable)?.elements,
      values.count <= 3, tree.nodes(values).allSatisfy({ tree.constant($0) != nil })
    {
      return true
    }
    var stack = Array(tree.nodes(loop.body))
    while let node = stack.popLast() {
      switch tree.kind(node) {
      case .breakStmt, .returnStmt: return true
      case .functionDef, .asyncFunctionDef, .classDef, .forStmt, .asyncFor, .whileStmt: continue
      default: tree.forEachChild(of: node) { stack.append($0) }
      }
    }
    return false
  }

  /// Whether the arguments of a call use a name that is bound within a node: then the client is
  /// another one each time.
  fileprivate func depends(_ node: NodeID, onNamesOf owner: NodeID) -> Bool {
    guard let call = tree.call(node) else { return false }
    let span = tree.span(owner)
    var stack = Array(tree.nodes(call.arguments)) + Array(tree.nodes(call.keywords))
    while let part = stack.popLast() {
      if tree.kind(part) == .starred { return true }
      if let keyword = tree.keyword(part), keyword.name == nil { return true }
      if let name = tree.name(part),
        let variable = model.lookUp(name.name, from: model.scope(of: part)),
        model[variable].bindings.contains(where: { span.contains(tree.span($0.node)) })
      {
        return true
      }
      tree.forEachChild(of: part) { stack.append($0) }
    }
    return false
  }

  /// Whether a coroutine function answers requests: a decorator makes it a route, or it takes the
  /// request as an argument.
  func isHandler(_ scope: ScopeID) -> Bool {
    guard let function = tree.functionDef(model[scope].node) else { return false }
    for decorator in tree.nodes(function.decorators) {
      guard let call = tree.call(decorator) else { continue }
      if let symbol = symbol(of: call.function), knowledge.fact(symbol, trait: "route") != nil {
        return true
      }
      if let method = tree.attribute(call.function), let name = tree.name(method.value)?.name,
        isOneOf(name, ["app", "router", "routes", "api", "bp", "blueprint"]),
        isOneOf(
          method.name,
          ["get", "post", "put", "patch", "delete", "head", "options", "route", "api_route"]),
        let path = tree.nodes(call.arguments).first, tree.constant(path)?.kind == .string
      {
        return true
      }
    }
    guard let list = tree.arguments(function.arguments) else { return false }
    let parameters = Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
    return parameters.contains { parameter in
      guard let annotation = tree.arg(parameter)?.annotation,
        let symbol = symbol(of: annotation)
      else { return false }
      return knowledge.fact(symbol, trait: "web-request") != nil
    }
  }

  /// The function of the file that calls a coroutine function in a loop or from a handler.
  fileprivate func repeatedCaller(of scope: ScopeID) -> [UInt8]? {
    guard let symbol = resolver.module.symbol(ofDefinition: model[scope].node),
      let function = project.function(symbol), function.isCoroutineFunction
    else { return nil }
    for node in tree.nodes where tree.kind(node) == .call {
      guard callee(of: node) == symbol, let caller = coroutineScope(of: node), caller != scope,
        repeating(node) != nil || isHandler(caller)
      else { continue }
      return functionName(of: caller)
    }
    return nil
  }
}
