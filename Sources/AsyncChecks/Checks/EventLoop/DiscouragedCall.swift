import PythonSemantics
import PythonSyntax

extension Check {
  /// Calls and decorators that a rule file advises against: everywhere, in coroutine functions, or
  /// where no event loop runs.
  static let discouragedCall = Check(
    name: "discouraged-call",
    messages: [CheckMessage("call", ["call", "replacement"])],
    traits: [
      "discouraged", "discouraged-in-coroutine", "discouraged-outside-coroutine", "sets-loop",
      "discouraged-in-run",
    ],
    traitsOutsideCoroutines: [
      "discouraged", "discouraged-outside-coroutine", "sets-loop",
      "discouraged-in-run",
    ],
    kinds: [.call, .functionDef, .asyncFunctionDef]
  ) { node, context in
    if let function = context.tree.functionDef(node) {
      // `@asyncio.coroutine`; one with brackets is a call.
      for decorator in context.tree.nodes(function.decorators) {
        guard let symbol = context.symbol(of: decorator),
          let fact = context.knowledge.fact(symbol, trait: "discouraged"),
          !context.isVersionGuarded(node)
        else { continue }
        context.reportDiscouraged(fact, decorator, decorator)
      }
      return
    }
    guard let call = context.tree.call(node), let fact = context.discouragedFact(node),
      !context.isVersionGuarded(node)
    else { return }
    context.reportDiscouraged(fact, node, call.function)
  }
}

extension CheckContext {
  fileprivate func discouragedFact(_ node: NodeID) -> KnownCallable? {
    if let fact = fact(ofCall: node, trait: "discouraged") {
      return isForOlderPython(node) ? nil : fact
    }
    if coroutineScope(of: node) != nil {
      guard let fact = fact(ofCall: node, trait: "discouraged-in-coroutine"),
        !isFallback(node)
      else { return nil }
      return fact
    }
    if let fact = fact(ofCall: node, trait: "discouraged-in-run"), isRunAsCoroutine(node) {
      return fact
    }
    guard let fact = fact(ofCall: node, trait: "discouraged-outside-coroutine"),
      runsWithoutLoop(node)
    else { return nil }
    return fact
  }

  /// Whether a call is what a function that makes an event loop is to run: `asyncio.run(gather(…))`.
  private func isRunAsCoroutine(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node), let runner = fact(ofCall: parent, .runner) else {
      return false
    }
    return runner.lastName == StaticString("run").bytes
      && tree.call(parent).map { tree.nodes($0.arguments).first == node } == true
  }

  /// Whether a call stands in the handler for what is missing in an older Python.
  private func isForOlderPython(_ node: NodeID) -> Bool {
    surroundings(of: node).contains { _, child in
      guard let type = tree.exceptHandler(child)?.type else { return false }
      return isBuiltin(type, ["AttributeError", "ImportError"])
    }
  }

  /// Whether a call stands in the handler of a `try` that asks for the running loop first.
  private func isFallback(_ node: NodeID) -> Bool {
    surroundings(of: node).contains { parent, child in
      guard let attempt = tree.tryStmt(parent), tree.nodes(attempt.handlers).contains(child) else {
        return false
      }
      return contains(tree.nodes(attempt.body)) { inner in
        tree.call(inner).map { isNamed($0.function, ["get_running_loop"]) } ?? false
      }
    }
  }

  fileprivate func reportDiscouraged(_ fact: KnownCallable, _ node: NodeID, _ callee: NodeID) {
    report(
      "call", fact: fact, span: tree.span(node),
      [("call", fact.shownName), ("replacement", named(fact) ?? [])]
    ) { self.renaming(callee, fact) }
  }

  /// The fix that calls the replacement with the same arguments.
  private func renaming(_ callee: NodeID, _ fact: KnownCallable) -> Fix? {
    guard fact.isDropIn, let name = named(fact), let spelling = spelling(of: name, at: callee)
    else { return nil }
    var edits = [Edit(span: tree.span(callee), replacement: spelling.text)]
    if let edit = spelling.importEdit { edits.insert(edit, at: 0) }
    let title = StaticString("replace by `").bytes + name + StaticString("`").bytes
    return .safe(title, edits)
  }

  /// Whether code certainly runs before an event loop does: at the top level of a module or class,
  /// in a synchronous function that starts the loop itself, or in one that the top level calls.
  func runsWithoutLoop(_ node: NodeID) -> Bool {
    switch model.executionContext(of: node) {
    case .module, .classBody: return !handlesMissingLoop(node)
    case .function(let scope):
      return !handlesMissingLoop(node)
        && (isCalledAtTop(scope, node) || startsLoop(scope, after: node) && !projectSetsLoop)
    case .notebook, .coroutine, .lambda, .deferred: return false
    }
  }

  /// Whether some module of the project sets an event loop, which a function elsewhere may then find.
  private var projectSetsLoop: Bool {
    project.modules.contains { $0.model.tree.nameTable.id(of: "set_event_loop") != nil }
  }

  /// Whether a synchronous function starts an event loop behind a node.
  private func startsLoop(_ scope: ScopeID, after node: NodeID) -> Bool {
    let end = tree.span(node).end
    return subtree(model[scope].node).contains { inner in
      tree.kind(inner) == .call && tree.span(inner).end > end && isRun(inner, by: scope)
        && fact(ofCall: inner, .runner) != nil && !isAwaited(inner)
        && !isOtherBranch(inner, than: node)
    } && !checksForRunningLoop(scope)
  }

  /// Whether two nodes stand in different branches of the same statement, so that only one of them
  /// runs.
  private func isOtherBranch(_ node: NodeID, than other: NodeID) -> Bool {
    let span = tree.span(node)
    var child = other
    while let parent = tree.parent(of: child), !opensFunction(parent) {
      if tree.span(parent).start <= span.start, tree.span(parent).end >= span.end {
        guard tree.kind(parent) == .ifStmt || tree.kind(parent) == .tryStmt,
          let block = resolver.block(of: parent, holding: child)
        else { return false }
        return !block.contains {
          tree.span($0).start <= span.start && tree.span($0).end >= span.end
        }
      }
      child = parent
    }
    return false
  }

  /// Whether the top level of the file calls a synchronous function, which then always runs a node.
  private func isCalledAtTop(_ scope: ScopeID, _ node: NodeID) -> Bool {
    guard model.runsAlways(node, in: scope), !model[scope].isGenerator,
      !checksForRunningLoop(scope)
    else { return false }
    let function = model[scope].node
    return tree.nodes.contains { inner in
      guard tree.kind(inner) == .call, let call = tree.call(inner),
        model.executionContext(of: inner) == .module,
        definition(call.function) == function || isInitializer(function, of: inner),
        let view = tree.functionDef(function)
      else { return false }
      return view.decorators.isEmpty
    }
  }

  /// Whether a function is the `__init__` that a call of a class runs.
  private func isInitializer(_ function: NodeID, of call: NodeID) -> Bool {
    guard resolver.owner(ofMethod: function) != nil, let callee = callee(of: call),
      project.cls(callee) != nil, let initializer = resolver.method("__init__", of: callee),
      let definition = project.function(initializer)
    else { return false }
    return definition.module == resolver.moduleID && definition.node == function
  }

  /// Whether the code handles that there is no loop, or has set one.
  private func handlesMissingLoop(_ node: NodeID) -> Bool {
    if tree.nameTable.id(of: "set_event_loop") != nil { return true }
    var child = node
    while let parent = tree.parent(of: child) {
      if let attempt = tree.tryStmt(parent), tree.nodes(attempt.body).contains(child),
        handles(attempt, ["RuntimeError", "DeprecationWarning"])
      {
        return true
      }
      child = parent
    }
    return false
  }
}
