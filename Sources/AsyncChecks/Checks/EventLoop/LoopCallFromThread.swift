import PythonSemantics
import PythonSyntax

extension Check {
  /// A call that is only for the event loop's own thread, in a function that runs in another one or
  /// in a signal handler.
  static let loopCallFromThread = Check(
    name: "loop-call-from-thread",
    messages: [
      CheckMessage("thread", ["call", "function", "replacement"]),
      CheckMessage("signal", ["call", "function", "replacement"]),
    ],
    traits: ["loop-thread-only", "signal-handler", "thread-callback"],
    kinds: [.call, .assign, .functionDef]
  ) { node, context in
    let tree = context.tree
    // The place where a function is handed over; its body is looked at from there.
    let isSignal = context.fact(ofCall: node, trait: "signal-handler") != nil
    guard
      let handed = context.threadBody(node)
        ?? context.handedExpression(node, isSignal: isSignal).flatMap({ context.handedFunction($0) }
        )
    else { return }
    // A handler that wakes the loop knows how it is called: asyncio's own cancels the main task so.
    if isSignal, context.wakesLoop(handed.node) || context.isFallback(node) { return }
    for inner in context.subtree(handed.node) {
      guard tree.kind(inner) == .call, context.isRun(inner, by: handed.scope),
        let fact = context.fact(ofCall: inner, trait: "loop-thread-only"),
        !context.isReportedElsewhere(inner, than: node)
      else { continue }
      let note = Note(
        file: nil, span: tree.span(node),
        message: StaticString("`").bytes + handed.name + StaticString("` is handed over here").bytes
      )
      context.report(
        isSignal ? "signal" : "thread", fact: fact, span: tree.span(inner),
        [
          ("call", fact.shownName), ("function", handed.name),
          ("replacement", context.named(fact) ?? []),
        ], notes: handed.node == node ? [] : [note])
    }
  }
}

/// A function of the file that is handed to somebody who calls it outside the loop.
private struct HandedFunction {
  let node: NodeID
  let scope: ScopeID
  let name: [UInt8]
}

extension CheckContext {
  fileprivate func wakesLoop(_ function: NodeID) -> Bool {
    subtree(function).contains {
      tree.attribute($0) != nil && isNamed($0, ["call_soon_threadsafe"])
    }
  }

  /// Whether a call stands in the handler of a `try` that has tried `add_signal_handler`, which
  /// Windows does not have.
  fileprivate func isFallback(_ node: NodeID) -> Bool {
    surroundings(of: node).contains { parent, child in
      guard tree.kind(child) == .exceptHandler, let attempt = tree.tryStmt(parent) else {
        return false
      }
      return contains(tree.nodes(attempt.body)) { inner in
        methodName(ofCall: inner).map { isNamed($0, ["add_signal_handler"]) } ?? false
      }
    }
  }

  /// What is handed to a thread or signal handler: `Thread(target=work)`, or what a library's
  /// object calls in a thread of its own: `client.on_message = receive`.
  fileprivate func handedExpression(_ node: NodeID, isSignal: Bool) -> NodeID? {
    if let assign = tree.assign(node) {
      // Whoever drives the client from the loop has its callbacks called there.
      guard assign.targets.count == 1,
        tree.nameTable.id(of: "loop_start") != nil || tree.nameTable.id(of: "loop_forever") != nil,
        tree.nameTable.id(of: "loop_misc") == nil, let target = tree.nodes(assign.targets).first,
        tree.kind(target) == .attribute, let symbol = symbol(of: target),
        knowledge.fact(symbol, trait: "thread-callback") != nil
      else { return nil }
      return assign.value
    }
    guard let call = tree.call(node) else { return nil }
    if isSignal { return argument(of: call, at: 1, keywords: ["handler"]) }
    guard let fact = fact(ofCall: node, .offload), !isOtherProcess(fact) else { return nil }
    return offloadedArgument(of: call, fact)
  }

  /// A method that a library calls in a thread of its own, such as the `run` of a thread's class.
  fileprivate func threadBody(_ node: NodeID) -> HandedFunction? {
    guard let view = tree.functionDef(node), !view.isAsync,
      // Whoever drives an MQTT client from the loop has its callbacks called there.
      tree.nameTable.id(of: "loop_misc") == nil, let scope = model.scope(openedBy: node),
      let owner = resolver.owner(ofMethod: node),
      let inherited = project.inheritedFact(resolver.atom(view.name), of: owner, in: knowledge),
      knowledge.fact(inherited, trait: "thread-callback") != nil, !startsOwnLoop(node, scope)
    else { return nil }
    return HandedFunction(node: node, scope: scope, name: functionName(of: scope))
  }

  fileprivate func handedFunction(_ argument: NodeID) -> HandedFunction? {
    if tree.kind(argument) == .lambda, let scope = model.scope(openedBy: argument) {
      return HandedFunction(node: argument, scope: scope, name: StaticString("lambda").bytes)
    }
    guard let function = definition(argument), let scope = model.scope(openedBy: function),
      model[scope].kind == .function, !startsOwnLoop(function, scope)
    else { return nil }
    return HandedFunction(node: function, scope: scope, name: functionName(of: scope))
  }

  /// The definition of the function of this file that an expression names.
  func definition(_ expression: NodeID) -> NodeID? {
    if let variable = variable(expression) {
      let bindings = model[variable].bindings
      if bindings.count == 1, bindings[0].kind == .function { return bindings[0].node }
    }
    guard case .object(let symbol) = resolver.value(of: expression), !resolver.isLocal(symbol),
      let function = project.function(symbol), function.module == resolver.moduleID,
      !function.isAmbiguous
    else { return nil }
    return function.node
  }

  /// A function that starts a loop in its thread may use that loop as it likes.
  private func startsOwnLoop(_ function: NodeID, _ scope: ScopeID) -> Bool {
    subtree(function).contains {
      tree.kind($0) == .call && isRun($0, by: scope) && fact(ofCall: $0, .runner) != nil
    }
  }

  /// Another process has copies of everything.
  private func isOtherProcess(_ fact: KnownCallable) -> Bool {
    let names: [StaticString] = [
      "multiprocessing.Process", "anyio.to_process", "concurrent.futures.ProcessPoolExecutor",
      "multiprocessing.pool.Pool", "concurrent.futures.process", "anyio.to_interpreter",
    ]
    return names.contains { fact.qualifiedName.starts(with: $0.bytes) }
  }

  /// Whether an earlier call of the file hands the same function over and has reported the call.
  fileprivate func isReportedElsewhere(_ inner: NodeID, than node: NodeID) -> Bool {
    diagnostics.contains { $0.span == tree.span(inner) && $0.rule == rule() }
  }
}
