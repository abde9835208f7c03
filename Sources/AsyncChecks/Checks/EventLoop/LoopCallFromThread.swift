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
    traits: ["loop-thread-only", "signal-handler"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    // The place where a function is handed over; its body is looked at from there.
    guard let call = tree.call(node) else { return }
    let isSignal = context.fact(ofCall: node, trait: "signal-handler") != nil
    guard let handed = context.handedFunction(call, node, isSignal: isSignal) else { return }
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
        ], notes: [note])
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

  fileprivate func handedFunction(_ call: Call, _ node: NodeID, isSignal: Bool) -> HandedFunction? {
    let argument: NodeID?
    if isSignal {
      argument = self.argument(of: call, at: 1, keywords: ["handler"])
    } else if let fact = fact(ofCall: node, .offload), !isOtherProcess(fact) {
      argument = offloadedArgument(of: call, fact)
    } else {
      argument = nil
    }
    guard let argument else { return nil }
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
