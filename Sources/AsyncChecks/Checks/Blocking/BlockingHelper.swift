import PythonSemantics
import PythonSyntax

extension Check {
  /// Synchronous functions of the project that end in a blocking call, called from a coroutine.
  static let blockingHelper = Check(
    name: "blocking-helper",
    messages: [
      CheckMessage("reached", ["function", "call", "replacement"]),
      CheckMessage("used", ["function", "call"]),
      CheckMessage("callback", ["function", "call", "api"]),
    ],
    traits: ["loop-callback", "made-slow"],
    kinds: [.call, .attribute, .subscript, .withItem, .forStmt, .comprehension, .compare]
  ) { node, context in
    let kind = context.tree.kind(node)
    if kind == .call {
      if context.checkLoopCallback(node) || context.checkCalledLambda(node) { return }
    } else if kind != .attribute, context.specialMethod(of: node) == nil {
      return
    }
    guard let scope = context.loopScope(of: node),
      let function = context.calledFunction(node), context.runs(function, at: node),
      !context.isAwaited(node), !context.isHandedToAdapter(node),
      !context.hasNothingToWaitFor(nil, node),
      let chain = context.functions.blockingCall(of: function.symbol),
      !context.isHarmlessInTest(chain.end), !context.isHarmlessBeforeStart(chain.end, node),
      context.isFirstCall(of: function.symbol, in: scope)
    else { return }
    let tree = context.tree
    if let special = context.specialCall(node) {
      context.report(
        "used", span: tree.span(special.receiver),
        [
          ("function", context.shortName(of: special.function.symbol)),
          ("call", chain.end.shownName),
        ],
        notes: context.notes(on: chain))
      return
    }
    let written = context.written(
      context.mappedFunction(node) ?? tree.call(node)?.function ?? node)
    if context.functions.runsWhenUsed(function) {
      context.report(
        "used", severity: context.severity(of: chain), span: tree.span(node),
        [("function", written), ("call", chain.end.shownName)],
        notes: context.notes(on: chain))
      return
    }
    context.report(
      "reached", severity: context.severity(of: chain), span: tree.span(node),
      [
        ("function", context.shownName(of: function, written: written)),
        ("call", chain.end.shownName),
        (
          "replacement",
          tree.call(node) == nil ? context.offloadedRead(written) : context.offloaded(written)
        ),
      ], notes: context.notes(on: chain))
  }
}

extension CheckContext {
  /// Reports a function that the loop is told to call and that blocks: `loop.call_later(5, refresh)`.
  ///
  /// - Returns: Whether the node hands a function of the project to the loop.
  fileprivate func checkLoopCallback(_ node: NodeID) -> Bool {
    guard let (fact, argument) = loopCallback(node) else { return false }
    guard let function = projectFunction(named: argument), functions.runsWhenCalled(function) else {
      return false
    }
    // What those do that are only there for the loop is reported in them.
    if function.module == resolver.moduleID, hasCoroutines,
      handedToLoop[UInt64(function.node.rawValue)] != nil
    {
      return true
    }
    // Waiting for a future of the loop itself is a deadlock, which another check reports.
    if let chain = functions.blockingCall(of: function.symbol),
      chain.end.qualifiedName != StaticString("concurrent.futures.Future.result").bytes,
      !isReady(chain.end, for: fact)
    {
      report(
        "callback", severity: severity(of: chain), span: tree.span(argument),
        [
          ("function", written(argument)), ("call", chain.end.shownName), ("api", fact.shownName),
        ], notes: notes(on: chain))
    }
    return true
  }

  /// Reports a call of a local name for a lambda that blocks: `wait = lambda: time.sleep(1)`.
  ///
  /// - Returns: Whether the node calls a lambda.
  fileprivate func checkCalledLambda(_ node: NodeID) -> Bool {
    guard let function = tree.call(node)?.function, let variable = variable(function),
      let lambda = soleValue(of: variable), tree.kind(lambda) == .lambda
    else { return false }
    guard loopScope(of: node) != nil, let scope = model.scope(openedBy: lambda) else { return true }
    for inner in subtree(lambda) {
      guard tree.kind(inner) == .call, isRun(inner, by: scope), model.runsUsually(inner) else {
        continue
      }
      let chain = calledFunction(inner).flatMap {
        runs($0, at: inner) ? functions.blockingCall(of: $0.symbol) : nil
      }
      guard let fact = unguardedBlockingFact(ofCall: inner) ?? chain?.end, !isHarmlessInTest(fact)
      else { continue }
      let name = written(function)
      report(
        "reached", severity: knowledge.table.rules[fact.rule.index].severity,
        span: tree.span(node),
        [("function", name), ("call", fact.shownName), ("replacement", offloaded(name))],
        notes: [
          Note(
            file: nil, span: tree.span(inner),
            message: StaticString("`").bytes + name + StaticString("` calls `").bytes
              + (tree.call(inner).map { written($0.function) } ?? []) + StaticString("` here").bytes
          )
        ] + (chain.map { self.notes(on: $0) } ?? []))
      return true
    }
    return true
  }

  /// A chain matters as much as the call at its end.
  fileprivate func severity(of chain: FunctionFacts.Chain) -> Severity {
    knowledge.table.rules[chain.end.rule.index].severity
  }

  /// Whether the loop calls the function when there is something to read, and it reads.
  private func isReady(_ end: KnownCallable, for fact: KnownCallable) -> Bool {
    let dot = UInt8(ascii: ".")
    guard let api = fact.qualifiedName.split(separator: dot).last,
      let call = end.qualifiedName.split(separator: dot).last
    else { return false }
    let ready: [(api: StaticString, calls: [StaticString])] = [
      ("add_reader", ["read", "readline", "recv", "recv_into", "recvfrom", "accept", "get"]),
      ("add_writer", ["write", "send", "sendto", "connect"]),
    ]
    return ready.contains { entry in
      entry.api.withUTF8Buffer { api.elementsEqual($0) }
        && entry.calls.contains { name in name.withUTF8Buffer { call.elementsEqual($0) } }
    }
  }

  /// What a message calls a function: as it is written, but `Repo.__init__` for `cls(…)`, which
  /// says nothing to a reader.
  fileprivate func shownName(of function: FunctionDefinition, written: [UInt8]) -> [UInt8] {
    let classes: [StaticString] = ["cls", "type(self)"]
    return classes.contains { $0.bytes == written } ? shortName(of: function.symbol) : written
  }

  /// The calls of a chain, one note each.
  func notes(on chain: FunctionFacts.Chain) -> [Note] {
    chain.calls.enumerated().map { index, link in
      let next =
        index + 1 < chain.calls.count
        ? shortName(of: chain.calls[index + 1].caller) : chain.end.shownName
      let message =
        StaticString("`").bytes + shortName(of: link.caller) + StaticString("` calls `").bytes
        + next + StaticString("` here").bytes
      let isOwn = link.module == resolver.moduleID
      return Note(
        file: isOwn ? nil : fileIndices[link.module.index], span: link.span, message: message)
    }
  }

  /// The name of a function with its class, without modules.
  func shortName(of function: SymbolID) -> [UInt8] {
    let symbols = project.symbols
    let name = Array(symbols.text(of: symbols.atom(of: function)))
    guard let owner = project.function(function)?.owner else { return name }
    return symbols.text(of: symbols.atom(of: owner)) + StaticString(".").bytes + name
  }
}
