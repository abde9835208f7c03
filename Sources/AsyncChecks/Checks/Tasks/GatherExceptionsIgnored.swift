import PythonSemantics
import PythonSyntax

extension Check {
  /// `gather(…, return_exceptions=True)` whose exceptions nobody looks at.
  static let gatherExceptionsIgnored = Check(
    name: "gather-exceptions-ignored",
    messages: [
      CheckMessage("dropped", ["call"]),
      CheckMessage("unread", ["call", "name"]),
      CheckMessage("unchecked", ["call", "name"]),
    ],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, .concurrent), let call = tree.call(node),
      let flag = context.keyword(call, "return_exceptions"), tree.constantKind(flag) == .true,
      let parent = tree.parent(of: node), tree.kind(parent) == .awaitExpr,
      let statement = tree.parent(of: parent), !context.isCleanup(node), !context.isTestFile,
      !tree.nodes(call.arguments).contains(where: { context.isWatchedElsewhere($0) })
    else { return }
    let span = tree.span(node)
    if tree.kind(statement) == .exprStmt {
      context.report("dropped", fact: fact, span: span, [("call", fact.shownName)])
      return
    }
    guard let assign = tree.assign(statement), assign.targets.count == 1,
      let target = tree.nodes(assign.targets).first, let variable = context.variable(target),
      model(context, variable) == context.owner(of: node)
    else { return }
    let uses = context.references[variable]
    if uses.isEmpty {
      context.report(
        "unread", fact: fact, span: span,
        [("call", fact.shownName), ("name", context.written(target))])
    } else if context.model[variable].bindings.count == 1,
      uses.allSatisfy({ context.isPlainIteration($0) }), !context.looksAtExceptions(node)
    {
      context.report(
        "unchecked", fact: fact, span: span,
        [("call", fact.shownName), ("name", context.written(target))])
    }
  }

  /// The node of the scope that owns a variable.
  private static func model(_ context: CheckContext, _ variable: VariableID) -> NodeID? {
    context.model[context.model[variable].scope].node
  }
}

extension CheckContext {
  /// Whether what is gathered was made elsewhere, or is wrapped by a decorator of the project:
  /// others may see to its exceptions.
  fileprivate func isWatchedElsewhere(_ argument: NodeID) -> Bool {
    let value = tree.starred(argument)?.value ?? argument
    switch tree.kind(value) {
    case .attribute, .subscript: return true
    case .name:
      guard let variable = variable(value), !isGiven(variable), !hasCallbacks(value) else {
        return true
      }
      return model[variable].bindings.contains { binding in
        guard binding.kind == .assignment || binding.kind == .annotated else { return true }
        guard let parent = tree.parent(of: binding.node),
          let value = tree.assign(parent)?.value ?? tree.annAssign(parent)?.value
        else { return true }
        return isMadeElsewhere(value)
      }
    default:
      return contains(value, where: { seesToExceptions($0) }) || wrapsFutures(value)
    }
  }

  /// Whether a comprehension only wraps the futures of something that keeps them, or waits for
  /// events, which raise nothing: `[asyncio.wrap_future(future) for future in self._futures]`.
  private func wrapsFutures(_ value: NodeID) -> Bool {
    guard let comprehension = tree.comprehension(value), let call = tree.call(comprehension.element)
    else { return false }
    return isNamed(call.function, ["wrap_future", "wait"])
  }

  /// Whether a list gets what a call has made: `tasks.extend(self.start_all())`.
  private func isGiven(_ list: VariableID) -> Bool {
    references[list].contains { reference in
      guard let method = tree.parent(of: reference), isNamed(method, ["extend", "update"]),
        let call = tree.parent(of: method).flatMap({ tree.call($0) })
      else { return false }
      return tree.nodes(call.arguments).contains { tree.kind($0) == .call }
    }
  }

  /// Whether the function gives its tasks callbacks, which may look at their exceptions.
  private func hasCallbacks(_ node: NodeID) -> Bool {
    guard let function = owner(of: node) else { return false }
    return contains(function) { inner in
      methodName(ofCall: inner).map { isNamed($0, ["add_done_callback"]) } ?? false
    }
  }

  /// Whether a list of tasks came out of a call, unless that call makes one of what it is given.
  private func isMadeElsewhere(_ value: NodeID) -> Bool {
    switch tree.kind(value) {
    case .list, .tuple, .set, .listComp, .setComp, .generatorExp:
      // `[task for task in self._tasks if not task.done()]` picks some of those that are kept.
      if let element = tree.comprehension(value)?.element, tree.kind(element) == .name {
        return true
      }
      return contains(value, where: { seesToExceptions($0) })
    case .call:
      guard let call = tree.call(value) else { return true }
      if isBuiltin(call.function, ["list", "tuple", "set", "map"]) {
        return !tree.nodes(call.arguments).allSatisfy { tree.kind($0) == .generatorExp }
          && !isBuiltin(call.function, ["map"]) && !call.arguments.isEmpty
      }
      return fact(ofCall: value, trait: "task-spawner") == nil && coroutineCall(value) == nil
    default: return true
    }
  }

  /// Whether a node calls a function of the project that sees to its exceptions itself: it has a
  /// decorator, which may log them, or handles them all.
  private func seesToExceptions(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .call, let function = projectFunction(ofCall: node) else {
      return false
    }
    let tree = project[function.module].model.tree
    guard let view = tree.functionDef(function.node) else { return false }
    if function.decoration != .staticMethod, function.decoration != .classMethod,
      !view.decorators.isEmpty
    {
      return true
    }
    let attempts = tree.nodes(view.body).compactMap { tree.tryStmt($0) }
    guard attempts.count == 1 else { return false }
    return tree.nodes(attempts[0].handlers).contains { handler in
      guard let type = tree.exceptHandler(handler)?.type else { return true }
      guard let name = tree.name(type)?.name else { return false }
      let all: [StaticString] = ["Exception", "BaseException"]
      let text = tree.text(of: name)
      return all.contains { $0.withUTF8Buffer { text.elementsEqual($0) } }
    }
  }

  /// Whether a call belongs to the end of something, where errors no longer matter: after
  /// `cancel()`, in a `finally`, or in a function that closes.
  fileprivate func isCleanup(_ node: NodeID) -> Bool {
    if cancelsBefore(node) { return true }
    for (parent, child) in surroundings(of: node) {
      if let view = tree.tryStmt(parent), tree.nodes(view.finalBody).contains(child) { return true }
      if tree.kind(parent) == .exceptHandler { return true }
    }
    guard let function = owner(of: node), let view = tree.functionDef(function) else {
      return false
    }
    let text = tree.text(of: view.name)
    let words: [StaticString] = [
      "close", "stop", "shutdown", "cleanup", "clean_up", "teardown", "tear_down", "exit",
      "terminate", "disconnect", "cancel", "dispose", "wait", "join", "drain", "finalize",
    ]
    return words.contains { word in
      let bytes = word.bytes
      return text.indices.contains { text[$0...].starts(with: bytes) }
    }
  }

  /// Whether results are only gone through, one by one.
  fileprivate func isPlainIteration(_ name: NodeID) -> Bool {
    guard let parent = tree.parent(of: name) else { return false }
    switch tree.kind(parent) {
    case .forStmt: return tree.forStmt(parent)?.iterable == name
    case .comprehension: return tree.comprehensionFor(parent)?.iterable == name
    case .call:
      guard let call = tree.call(parent) else { return false }
      if isBuiltin(call.function, ["sum", "max", "min", "sorted"]) { return true }
      guard isBuiltin(call.function, ["zip", "enumerate"]), let above = tree.parent(of: parent)
      else { return false }
      return tree.forStmt(above)?.iterable == parent
        || tree.comprehensionFor(above)?.iterable == parent
    default: return false
    }
  }

  /// Whether a comparison tells a result from `None`, `True` or `False`, as one does where nothing
  /// else is given.
  private func isAskedForNone(_ node: NodeID) -> Bool {
    guard let comparison = tree.compare(node) else { return false }
    return tree.nodes(comparison.comparators).contains {
      switch tree.constantKind($0) {
      case .some(ConstantKind.none), .some(.true), .some(.false): true
      default: false
      }
    }
  }

  /// Whether a method that logs is called.
  private func isLogged(_ node: NodeID) -> Bool {
    guard let method = methodName(ofCall: node) else { return false }
    return tree.text(of: method).starts(with: StaticString("log_").bytes)
      || isNamed(method, ["warning", "error", "exception"])
  }

  /// Whether the function mentions anything by which it could tell an exception from a result.
  fileprivate func looksAtExceptions(_ node: NodeID) -> Bool {
    guard let function = owner(of: node) else { return true }
    return contains(function) { inner in
      if tree.kind(inner) == .matchStmt || tree.kind(inner) == .tryStmt { return true }
      if isAskedForNone(inner) || isLogged(inner) { return true }
      // Handed to a function of the project, which may look.
      if tree.kind(inner) == .attribute, let name = tree.attribute(inner)?.name {
        return isNamed(name, ["exception", "__class__", "with_traceback"])
      }
      guard let name = tree.name(inner)?.name else { return false }
      let text = tree.text(of: name)
      let words: [StaticString] = ["Exception", "Error"]
      return isNamed(name, ["isinstance", "type", "callable", "hasattr", "getattr"])
        || words.contains { $0.withUTF8Buffer { text.suffix($0.count).elementsEqual($0) } }
    }
  }
}
