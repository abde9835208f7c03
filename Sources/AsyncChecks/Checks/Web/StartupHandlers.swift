import PythonSemantics
import PythonSyntax

extension Check {
  /// Start-up handlers of an application that has a lifespan, and so never calls them.
  static let startupHandlerIgnored = Check(
    name: "startup-handler",
    messages: [
      CheckMessage("ignored", ["handler", "application"]),
      CheckMessage("deprecated", ["handler", "application"]),
    ],
    traits: ["event-registration", "lifespan-application"],
    traitsOutsideCoroutines: ["event-registration"],
    kinds: [.call]
  ) { node, context in
    guard let fact = context.fact(ofCall: node, trait: "event-registration"),
      let call = context.tree.call(node), let method = context.tree.attribute(call.function)
    else { return }
    let values: [(placeholder: StaticString, value: [UInt8])] = [
      ("handler", context.written(call.function)), ("application", context.written(method.value)),
    ]
    let isIgnored = context.application(method.value).map { context.hasLifespan($0) } ?? false
    context.report(
      isIgnored ? "ignored" : "deprecated", fact: fact, span: context.tree.span(node), values)
  }

  /// A lifespan that opens a client before its `yield` and never closes it.
  static let lifespanWithoutCleanup = Check(
    name: "lifespan-without-cleanup",
    messages: [CheckMessage("opened", ["client", "function"])],
    traits: ["must-close", "lifespan-application"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "must-close"),
      let scope = context.coroutineScope(of: node),
      let function = tree.functionDef(context.model[scope].node),
      context.isLifespan(function, scope), context.isStored(node),
      !context.closesAnything(context.model[scope].node)
    else { return }
    context.report(
      "opened", fact: fact, span: tree.span(node),
      [("client", fact.shownName), ("function", Array(tree.text(of: function.name)))])
  }
}

extension CheckContext {
  /// The call that made the application that a name stands for.
  fileprivate func application(_ node: NodeID) -> NodeID? {
    guard let name = tree.name(node),
      let variable = model.lookUp(name.name, from: model.scope(of: node)),
      model[variable].bindings.count == 1, model[variable].bindings[0].kind == .assignment
    else { return nil }
    return tree.parent(of: model[variable].bindings[0].node).flatMap { tree.assign($0)?.value }
  }

  /// Whether an application was made with `lifespan=`.
  fileprivate func hasLifespan(_ node: NodeID) -> Bool {
    guard fact(ofCall: node, trait: "lifespan-application") != nil, let call = tree.call(node)
    else { return false }
    return tree.nodes(call.keywords).contains { keyword in
      guard let view = tree.keyword(keyword), let name = view.name else { return false }
      return isOneOf(name, ["lifespan"])
        && tree.constant(view.value)?.kind != ConstantKind.none
    }
  }

  /// Whether a function is handed to an application of the file as `lifespan=`, or is called so.
  fileprivate func isLifespan(_ function: FunctionDef, _ scope: ScopeID) -> Bool {
    guard model[scope].isGenerator else { return false }
    if isOneOf(function.name, ["lifespan"]) { return true }
    return tree.nodes.contains { node in
      guard let keyword = tree.keyword(node), let name = keyword.name,
        isOneOf(name, ["lifespan"]), let value = tree.name(keyword.value)
      else { return false }
      return value.name == function.name
    }
  }

  /// Whether a value is kept in an attribute or an item: `app.state.client = …`.
  fileprivate func isStored(_ node: NodeID) -> Bool {
    var value = node
    if let parent = tree.parent(of: node), tree.kind(parent) == .awaitExpr { value = parent }
    guard let parent = tree.parent(of: value), let assign = tree.assign(parent) else {
      return false
    }
    return tree.nodes(assign.targets).allSatisfy { target in
      tree.kind(target) == .attribute || tree.kind(target) == .subscript
        || (tree.kind(target) == .name && unclosedName(target) == nil)
    }
  }

  /// Whether a function calls or names anything that closes, or enters a context manager around
  /// its `yield`.
  fileprivate func closesAnything(_ function: NodeID) -> Bool {
    var stack: [NodeID] = []
    tree.functionDef(function).map { stack = Array(tree.nodes($0.body)) }
    let words: [StaticString] = [
      "close", "aclose", "dispose", "disconnect", "stop", "shutdown", "terminate", "cleanup",
    ]
    while let node = stack.popLast() {
      switch tree.kind(node) {
      case .asyncWith, .withStmt: return true
      default: break
      }
      if let name = tree.attribute(node)?.name ?? tree.name(node)?.name {
        let text = tree.text(of: name)
        // `close_mongo_connection`, `shutdown_redis` and so on.
        if words.contains(where: { occurs($0, in: text) }) { return true }
      }
      tree.forEachChild(of: node) { stack.append($0) }
    }
    return false
  }

  private func occurs(_ word: StaticString, in text: ArraySlice<UInt8>) -> Bool {
    let word = word.bytes
    guard text.count >= word.count else { return false }
    return (text.startIndex...(text.endIndex - word.count)).contains {
      text[$0...].starts(with: word)
    }
  }
}
