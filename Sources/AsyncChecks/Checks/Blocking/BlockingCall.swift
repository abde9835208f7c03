import PythonSemantics
import PythonSyntax

extension Check {
  /// Calls, `with` statements and loops that block the thread, in code that runs on the event loop.
  static let blockingCall = Check(
    name: "blocking-call",
    messages: [
      CheckMessage("call", ["call", "replacement"]),
      CheckMessage("with", ["type", "replacement"]),
      CheckMessage("iterate", ["type", "replacement"]),
    ],
    traits: [CheckContext.harmlessInTest, CheckContext.fetchesAddress],
    kinds: [.call, .withStmt, .forStmt, .comprehension]
  ) { node, context in
    guard context.hasCoroutines else { return }
    switch context.tree.kind(node) {
    case .call: context.checkBlockingCall(node)
    case .withStmt:
      guard let statement = context.tree.withStmt(node) else { return }
      for item in context.tree.nodes(statement.items) {
        guard let item = context.tree.withItem(item) else { continue }
        context.checkImplicitCall("__enter__", "with", item.contextExpr)
      }
    case .forStmt:
      guard let loop = context.tree.forStmt(node) else { return }
      context.checkImplicitCall("__iter__", "iterate", loop.iterable)
    case .comprehension:
      guard let clause = context.tree.comprehensionFor(node), !clause.isAsync else { return }
      context.checkImplicitCall("__iter__", "iterate", clause.iterable)
    default: return
    }
  }
}

extension CheckContext {
  fileprivate func checkBlockingCall(_ node: NodeID) {
    checkIteration(byBuiltin: node)
    guard let fact = blockingFact(ofCall: node), let call = tree.call(node),
      !isMethodOfReportedFile(call, fact, node), waitForOwnLoop(node) == nil,
      !isHarmlessInTest(fact), !isOwnClientInTest(call.function),
      !isHarmlessBeforeStart(fact, node)
    else { return }
    let replacement = replacement(for: fact, written: written(call.function))
    report(
      "call", fact: fact, span: tree.span(node),
      [("call", fact.shownName), ("replacement", replacement)]
    ) { self.dropInFix(node, fact, .safe) }
  }

  /// `list(x)`, `sorted(x)` and other builtins that go over all elements at once.
  private func checkIteration(byBuiltin node: NodeID) {
    guard let call = tree.call(node), let argument = tree.nodes(call.arguments).first,
      isBuiltin(
        call.function,
        [
          "list", "tuple", "set", "frozenset", "sorted", "sum", "min", "max", "any", "all", "dict",
        ])
    else { return }
    checkImplicitCall("__iter__", "iterate", argument)
  }

  /// The blocking fact of a call that runs on the event loop.
  private func blockingFact(ofCall node: NodeID) -> KnownCallable? {
    guard let fact = unguardedBlockingFact(ofCall: node), loopScope(of: node) != nil else {
      return nil
    }
    return fact
  }

  /// The blocking fact of a call, wherever it runs, unless the code around it says that it does not
  /// block.
  func unguardedBlockingFact(ofCall node: NodeID) -> KnownCallable? {
    guard let fact = fact(ofCall: node, .blocking), !isAwaited(node), !expectsNotToBlock(node),
      !isHandedContent(fact, node),
      !isHandedToAdapter(node), !hasNothingToWaitFor(fact, node), !isNamedInCode(fact, node),
      !isThreadOfItsOwn(node)
    else { return nil }
    return fact
  }

  /// Whether a call imports or looks up a module whose name stands in the code: then it is a part of
  /// the program, and there after the first time.
  private func isNamedInCode(_ fact: KnownCallable, _ node: NodeID) -> Bool {
    guard fact.qualifiedName.starts(with: StaticString("importlib.").bytes),
      let name = tree.call(node).flatMap({ tree.nodes($0.arguments).first })
    else { return false }
    return tree.constant(name)?.kind == .string
  }

  /// Whether a coroutine is a method of a class of threads: then the loop is that thread's own.
  private func isThreadOfItsOwn(_ node: NodeID) -> Bool {
    guard let thread = project.symbols.symbol(dotted: StaticString("threading.Thread").bytes),
      let function = owner(of: node), let cls = resolver.owner(ofMethod: function)
    else { return false }
    return project.isSubclass(cls, of: thread)
  }

  /// Whether a call stands in a `try` that handles `BlockingIOError`: then what it works on has been
  /// set not to block.
  private func expectsNotToBlock(_ node: NodeID) -> Bool {
    surroundings(of: node).contains { parent, child in
      guard tree.kind(parent) == .tryStmt, let attempt = tree.tryStmt(parent) else { return false }
      return tree.nodes(attempt.body).contains(child)
        && tree.nodes(attempt.handlers).contains(where: handlesBlocking)
    }
  }

  private func handlesBlocking(_ handler: NodeID) -> Bool {
    guard let type = tree.exceptHandler(handler)?.type else { return false }
    let types = tree.tuple(type).map { Array(tree.nodes($0.elements)) } ?? [type]
    return types.contains { isBuiltin($0, ["BlockingIOError"]) }
  }

  /// A special method that a statement calls on a value, such as `__enter__` of a `with`.
  fileprivate func checkImplicitCall(
    _ method: StaticString, _ message: StaticString, _ value: NodeID,
  ) {
    guard loopScope(of: value) != nil,
      let cls = resolver.instanceClass(of: value) ?? knownObject(value),
      let symbol = resolver.method(method, of: cls), let fact = knowledge.fact(symbol, .blocking)
    else { return }
    if isLock(fact), isNewHere(value) { return }
    // `with open(…)` is reported at the call.
    if tree.kind(value) == .call, blockingFact(ofCall: value) != nil { return }
    if isReportedFile(value, fact) || isHarmlessInTest(fact) { return }
    let name = fact.shownName.dropLast(method.utf8CodeUnitCount + 1)
    report(
      message, fact: fact, span: tree.span(value),
      [
        ("type", Array(name)),
        ("replacement", replacement(for: fact, written: Array(name))),
      ])
  }

  /// Whether the method enters a lock of `threading`.
  private func isLock(_ fact: KnownCallable) -> Bool {
    fact.qualifiedName.starts(with: StaticString("threading.").bytes)
  }

  /// An object of a module whose special methods are known by its own name, such as `sys.stdin`.
  private func knownObject(_ node: NodeID) -> SymbolID? {
    guard tree.kind(node) != .call, case .object(let symbol) = resolver.value(of: node) else {
      return nil
    }
    return symbol
  }

  /// Whether a call that takes little time stands before the first `await` of the coroutine that a
  /// script begins with, `if __name__ == "__main__": asyncio.run(main())`: nothing else can be
  /// waiting for the loop yet.
  func isHarmlessBeforeStart(_ blocking: KnownCallable, _ node: NodeID) -> Bool {
    guard blocking.rule.index < knowledge.table.rules.count,
      knowledge.table.rules[blocking.rule.index].severity != .error,
      let function = function(around: node), let name = tree.functionDef(function)?.name,
      let variable = model.lookUp(name, from: model.scope(of: function)),
      !references[variable].isEmpty,
      references[variable].allSatisfy({ use in
        var runner = tree.parent(of: use)
        if let call = runner.flatMap({ tree.call($0) }), call.function == use {
          runner = runner.flatMap { tree.parent(of: $0) }
        }
        return runner.map {
          tree.kind($0) == .call && fact(ofCall: $0, .runner) != nil && isMainGuarded($0)
        } ?? false
      })
    else { return false }
    let start = tree.span(node).start
    let loop = surroundings(of: node).last {
      tree.forStmt($0.parent) != nil || tree.whileStmt($0.parent) != nil
    }
    let end = loop.map { tree.span($0.parent).end } ?? start
    return !contains(function) { inner in
      let kind = tree.kind(inner)
      return (kind == .awaitExpr || kind == .asyncFor || kind == .asyncWith)
        && tree.span(inner).start < end
    }
  }

  // MARK: File objects

  /// Whether a call is a method of a file whose `open` is reported in the same coroutine already.
  private func isMethodOfReportedFile(_ call: Call, _ fact: KnownCallable, _ node: NodeID) -> Bool {
    if let receiver = tree.attribute(call.function)?.value { return isReportedFile(receiver, fact) }
    return false
  }

  private func isReportedFile(_ receiver: NodeID, _ fact: KnownCallable) -> Bool {
    guard let cls = resolver.instanceClass(of: receiver), isFile(cls) else { return false }
    guard let origin = origin(of: receiver), let opening = blockingFact(ofCall: origin) else {
      return false
    }
    return opening.rule == fact.rule && coroutineScope(of: origin) == coroutineScope(of: receiver)
  }

  /// Whether a class is one of the `io` module's, as the results of `open` are.
  private func isFile(_ cls: SymbolID) -> Bool {
    guard let io = project.symbols.symbol(dotted: StaticString("io").bytes) else { return false }
    return resolver.parent(of: cls) == io
  }

  /// The call that made the value of a name or expression.
  func origin(of node: NodeID) -> NodeID? {
    switch tree.kind(node) {
    case .call: return node
    case .name:
      guard let name = tree.name(node),
        let variable = model.lookUp(name.name, from: model.scope(of: node))
      else { return nil }
      let bindings = model[variable].bindings
      let binding =
        bindings.count == 1 ? bindings[0] : resolver.definiteBinding(of: variable, at: node)
      guard let binding, let parent = tree.parent(of: binding.node) else { return nil }
      switch binding.kind {
      case .assignment: return tree.assign(parent).flatMap { origin(ofValue: $0.value) }
      case .named: return tree.namedExpr(parent).flatMap { origin(ofValue: $0.value) }
      case .withTarget: return tree.withItem(parent).flatMap { origin(ofValue: $0.contextExpr) }
      default: return nil
      }
    default: return nil
    }
  }

  private func origin(ofValue node: NodeID) -> NodeID? {
    tree.kind(node) == .call ? node : nil
  }

  // MARK: Replacements

  /// The replacement for the file's dialect.
  func named(_ fact: KnownCallable) -> [UInt8]? {
    let own = fact.replacements.first { $0.dialect == dialect }
    return (own ?? fact.replacements.first { $0.dialect == nil })?.text
  }

  /// What a message tells the reader to use; a thread where nothing better is known.
  func replacement(for fact: KnownCallable, written name: [UInt8]) -> [UInt8] {
    named(fact) ?? offloaded(name)
  }

  /// The call that runs a function in a thread, for the file's dialect.
  func offloaded(_ name: [UInt8]) -> [UInt8] {
    offloading(name + StaticString(", …").bytes)
  }

  /// The call that reads a property in a thread, for the file's dialect.
  func offloadedRead(_ name: [UInt8]) -> [UInt8] {
    offloading(StaticString("lambda: ").bytes + name)
  }

  private func offloading(_ arguments: [UInt8]) -> [UInt8] {
    let offload: StaticString =
      switch dialect {
      case .asyncio: "asyncio.to_thread("
      case .trio: "trio.to_thread.run_sync("
      case .anyio: "anyio.to_thread.run_sync("
      }
    return offload.bytes + arguments + StaticString(")").bytes
  }
}
