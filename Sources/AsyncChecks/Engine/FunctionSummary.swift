import PythonSemantics
import PythonSyntax

/// What the body of one function does itself.
struct FunctionSummary: Sendable {
  /// A call of a known callable.
  struct Site: Sendable {
    let fact: KnownCallable
    let span: ByteSpan
  }

  /// A call of a synchronous function of the project.
  struct Edge: Sendable {
    /// The place of the function in ``Project/functions``.
    let callee: Int
    let span: ByteSpan
    /// Whether running the body certainly makes the call.
    let isCertain: Bool
    /// Whether running the body makes the call unless it returns early.
    let isLikely: Bool
    /// Whether the callee is no function that is called, but takes the place of one without a body.
    var isReplacement = false
  }

  /// A call whose result the function returns.
  struct Maker: Sendable {
    let callee: SymbolID
    let span: ByteSpan
    let isAwaited: Bool
  }

  /// The first call that blocks whenever the body runs and does not return early.
  var blocking: Site?
  /// The first call that certainly starts an event loop.
  var runner: Site?
  /// The first call that evaluates a lazy query whenever the body runs and does not return early.
  var query: Site?
  var calls: [Edge] = []
  /// The call whose result it returns, if nothing else keeps that.
  var maker: Maker?
  /// Whether an awaited call sends a request over the network.
  var sendsRequest = false
}

extension CheckContext {
  /// Summarises a function of the module.
  func summary(of function: FunctionDefinition) -> FunctionSummary {
    var summary = FunctionSummary()
    guard let scope = model.scope(openedBy: function.node) else { return summary }
    let isCoroutine = function.colour == .coroutine
    summary.maker = returnedMaker(of: function, scope)
    if !isCoroutine { summary.calls += replacements(of: function) + wrappers(of: function) }
    let asksForLoop = checksForRunningLoop(scope)
    let start = tree.span(function.node).start
    var first = function.node.index
    while first > 0, tree.span(NodeID(UInt32(first - 1))).start >= start { first -= 1 }
    let nodes = first..<function.node.index
    // Found when the first call is that would count but for it.
    var keptValue: UInt32??
    func runsUsually(_ node: NodeID) -> Bool {
      guard model.runsUsually(node, ignoring: { isQuestionToDisk($0) }), !isPatched(node) else {
        return false
      }
      let end = keptValue ?? returnOfKeptValue(in: nodes, scope)
      keptValue = .some(end)
      return end.map { tree.span(node).start < $0 } ?? true
    }
    for index in nodes {
      let node = NodeID(UInt32(index))
      if !isCoroutine, summary.query == nil, let fact = iteration(ofQueryBy: node),
        isRun(node, by: scope), runsUsually(node)
      {
        summary.query = FunctionSummary.Site(fact: fact, span: tree.span(node))
      }
      switch tree.kind(node) {
      case .call, .attribute: break
      case .withItem, .forStmt, .comprehension:
        guard !isCoroutine, specialMethod(of: node) != nil else { continue }
      default: continue
      }
      switch model.executionContext(of: node) {
      case .function(let inner) where inner == scope && !isCoroutine: break
      case .coroutine(let inner) where inner == scope:
        if fact(ofCall: node, .request) != nil, isAwaited(node) { summary.sendsRequest = true }
        continue
      default: continue
      }
      if summary.runner == nil, !asksForLoop, let fact = fact(ofCall: node, .runner),
        model.runsAlways(node, in: scope), !triesToRun(node)
      {
        summary.runner = FunctionSummary.Site(fact: fact, span: tree.span(node))
      }
      if summary.blocking == nil, !asksForLoop, let fact = unguardedBlockingFact(ofCall: node),
        isWorthFollowing(fact) || self.fact(ofCall: node, trait: "made-slow") != nil,
        !isAcquisition(fact, in: function), runsUsually(node)
      {
        summary.blocking = FunctionSummary.Site(fact: fact, span: tree.span(node))
      }
      if summary.query == nil, let fact = fact(ofCall: node, .evaluator), !isAwaited(node),
        !isHandedToAdapter(node), runsUsually(node)
      {
        summary.query = FunctionSummary.Site(fact: fact, span: tree.span(node))
      }
      guard let callee = calledFunction(node), let index = project.index(ofFunction: callee.symbol),
        runs(callee, at: node)
      else { continue }
      summary.calls.append(
        FunctionSummary.Edge(
          callee: index, span: tree.span(node), isCertain: model.runsAlways(node, in: scope),
          isLikely: runsUsually(node)))
    }
    return summary
  }

  /// The methods of subclasses that run instead of one that only says that there must be one.
  private func replacements(of function: FunctionDefinition) -> [FunctionSummary.Edge] {
    guard let owner = function.owner, isStub(function) else { return [] }
    return functions.replacements(of: function.symbol, in: owner).compactMap { method in
      guard let index = project.index(ofFunction: method),
        isTestFile || !isTest(project.functions[index].module)
      else { return nil }
      return FunctionSummary.Edge(
        callee: index, span: tree.span(function.node), isCertain: false, isLikely: true,
        isReplacement: true)
    }
  }

  /// The functions of the project that decorators put around a function: `@retry(3)`.
  private func wrappers(of function: FunctionDefinition) -> [FunctionSummary.Edge] {
    guard let view = tree.functionDef(function.node) else { return [] }
    return tree.nodes(view.decorators).compactMap { decorator in
      guard case .object(let maker) = resolver.value(of: decorator),
        let wrapper = project.function(maker)?.returnedFunction,
        let index = project.index(ofFunction: wrapper)
      else { return nil }
      return FunctionSummary.Edge(
        callee: index, span: tree.span(decorator), isCertain: false, isLikely: true)
    }
  }

  /// Whether a test asks the disk itself: `path.exists()`. What it guards usually is there.
  private func isQuestionToDisk(_ test: NodeID) -> Bool {
    guard let fact = fact(ofCall: test, .blocking) else { return false }
    let questions: [StaticString] = ["exists", "is_file", "isfile", "is_dir", "isdir"]
    return questions.contains { question in
      fact.qualifiedName.split(separator: UInt8(ascii: ".")).last?.elementsEqual(question.bytes)
        ?? false
    }
  }

  /// The place where a function returns what it made when it ran for the first time: a variable of
  /// the module or an attribute of `self` that it also sets.
  private func returnOfKeptValue(in nodes: Range<Int>, _ scope: ScopeID) -> UInt32? {
    for index in nodes {
      let node = NodeID(UInt32(index))
      guard let value = tree.returnStmt(node)?.value, model.scope(of: node) == scope,
        let parent = tree.parent(of: node), tree.kind(parent) == .ifStmt
      else { continue }
      if let variable = variable(value), model[model[variable].scope].kind == .module,
        model[variable].bindings.contains(where: { nodes.contains($0.node.index) })
      {
        return tree.span(node).start
      }
      guard let attribute = tree.attribute(value), isSelf(attribute.value) else { continue }
      let isSet = nodes.contains { other in
        tree.attribute(NodeID(UInt32(other))).map {
          $0.context == .store && $0.name == attribute.name && isSelf($0.value)
        } ?? false
      }
      if isSet { return tree.span(node).start }
    }
    return nil
  }

  /// Whether a call stands in a `try` that handles `RuntimeError`: it expects that a loop may run.
  private func triesToRun(_ node: NodeID) -> Bool {
    var child = node
    while let parent = tree.parent(of: child) {
      if let attempt = tree.tryStmt(parent), tree.nodes(attempt.body).contains(child) {
        let expects = tree.nodes(attempt.handlers).contains { handler in
          guard let type = tree.exceptHandler(handler)?.type else { return false }
          let types = tree.tuple(type).map { Array(tree.nodes($0.elements)) } ?? [type]
          return types.contains { isBuiltin($0, ["RuntimeError"]) }
        }
        if expects { return true }
      }
      child = parent
    }
    return false
  }

  /// Whether a blocking call is worth reporting several calls away: not what only a reviewer would
  /// mention.
  private func isWorthFollowing(_ fact: KnownCallable) -> Bool {
    fact.rule.index < knowledge.table.rules.count
      && knowledge.table.rules[fact.rule.index].severity != .suggestion
  }

  /// Whether a call stands in a `with` block of `unittest.mock`, which may replace what it calls:
  /// `with patch.object(client, "fetch"):`.
  private func isPatched(_ node: NodeID) -> Bool {
    guard tree.nameTable.id(of: "patch") != nil else { return false }
    return surroundings(of: node).contains { parent, _ in
      guard tree.kind(parent) == .withStmt, let view = tree.withStmt(parent) else { return false }
      return tree.nodes(view.items).contains { item in
        guard let manager = tree.withItem(item)?.contextExpr, let call = tree.call(manager) else {
          return false
        }
        return isNamed(call.function, ["patch"])
          || tree.attribute(call.function).map { isNamed($0.value, ["patch"]) } == true
      }
    }
  }

  /// Whether a function waits for a condition only to take a lock of its own making, which is held
  /// as shortly as one of `threading`.
  private func isAcquisition(_ fact: KnownCallable, in function: FunctionDefinition) -> Bool {
    guard fact.qualifiedName.starts(with: StaticString("threading.Condition.").bytes) else {
      return false
    }
    let symbols = project.symbols
    let names = [function.symbol, function.owner].compactMap { $0 }
    let words: [StaticString] = ["acquire", "lock"]
    return names.contains { symbol in
      let text = symbols.text(of: symbols.atom(of: symbol)).map { $0 | 0x20 }
      return words.contains { word in
        let bytes = word.bytes
        return text.indices.contains { text[$0...].starts(with: bytes) }
      }
    }
  }

  /// The function of the project whose body a node runs: a function or method that is called, the
  /// `__init__` of a class, or a property that is read.
  func calledFunction(_ node: NodeID) -> FunctionDefinition? {
    if tree.kind(node) != .attribute, let special = specialCall(node) { return special.function }
    if tree.kind(node) == .call {
      if let mapped = mappedFunction(node) { return projectFunction(named: mapped) }
      guard let callee = callee(of: node) else { return nil }
      if let function = project.function(callee) {
        return function.decoration == .property ? nil : function
      }
      guard project.cls(callee) != nil, let initializer = resolver.method("__init__", of: callee)
      else { return nil }
      return project.function(initializer)
    }
    guard let attribute = tree.attribute(node), attribute.context == .load,
      functions.isPropertyName(resolver.atom(attribute.name)),
      let cls = resolver.instanceClass(of: attribute.value),
      let member = project.instanceMember(resolver.atom(attribute.name), of: cls),
      let function = project.function(member), function.decoration == .property
    else { return nil }
    return function
  }

  /// The function that a call hands to the event loop to be called there, and the fact that says so.
  func loopCallback(_ node: NodeID) -> (fact: KnownCallable, argument: NodeID)? {
    guard let name = tree.call(node)?.function,
      isNamed(name, Self.loopCallers), let fact = fact(ofCall: node, trait: "sync-callback"),
      fact.qualifiedName.starts(with: StaticString("asyncio.").bytes), let call = tree.call(node),
      let argument = handedArgument(of: call, fact)
    else { return nil }
    return (fact, argument)
  }

  private func indexOfLoopCallback(_ node: NodeID) -> Int? {
    guard let argument = loopCallback(node)?.argument,
      let function = projectFunction(named: argument)
    else { return nil }
    return project.index(ofFunction: function.symbol)
  }

  /// Whether the body of a function runs at a call of it: at once, or because the generator or
  /// context manager that the call gives is used there.
  func runs(_ function: FunctionDefinition, at node: NodeID) -> Bool {
    if functions.runsWhenCalled(function) { return true }
    if tree.kind(node) == .forStmt || tree.kind(node) == .comprehension {
      return functions.runsWhenUsed(function)
    }
    guard functions.runsWhenUsed(function), let parent = tree.parent(of: node) else { return false }
    if function.decoration == .contextManager {
      guard tree.withItem(parent)?.contextExpr == node, let statement = tree.parent(of: parent)
      else { return false }
      return tree.kind(statement) == .withStmt
    }
    switch tree.kind(parent) {
    case .forStmt: return tree.forStmt(parent)?.iterable == node
    case .comprehension:
      guard let clause = tree.comprehensionFor(parent) else { return false }
      guard clause.iterable == node, !clause.isAsync, let whole = tree.parent(of: parent) else {
        return false
      }
      return tree.kind(whole) != .generatorExp
        || tree.parent(of: whole).map { isIterated(whole, by: $0) } == true
    case .call: return isIterated(node, by: parent)
    case .starred: return true
    default: return false
    }
  }

  /// Whether a builtin goes over all that a generator gives: `sum(sizes())`.
  private func isIterated(_ generator: NodeID, by parent: NodeID) -> Bool {
    guard let call = tree.call(parent), tree.nodes(call.arguments).contains(generator) else {
      return false
    }
    if isBuiltin(call.function, ["enumerate", "zip"]), let outer = tree.parent(of: parent) {
      return tree.forStmt(outer)?.iterable == parent || isIterated(parent, by: outer)
    }
    guard tree.nodes(call.arguments).first == generator else { return false }
    if let method = tree.attribute(call.function) {
      return isNamed(method.name, ["join", "extend"])
    }
    return isBuiltin(
      call.function,
      [
        "list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "min", "max", "any", "all",
        "next",
      ])
  }

  /// The function that `map` or `filter` calls for all elements here: `list(map(load, names))`.
  func mappedFunction(_ node: NodeID) -> NodeID? {
    guard let call = tree.call(node), let parent = tree.parent(of: node),
      isBuiltin(call.function, ["map", "filter"]), let function = tree.nodes(call.arguments).first,
      tree.forStmt(parent)?.iterable == node || isIterated(node, by: parent)
    else { return nil }
    return function
  }

  /// The functions of the project that code outside synchronous functions calls, by their places
  /// in ``Project/functions``.
  func calledFunctions(in nodes: [NodeID]) -> [Int] {
    var found: [Int] = []
    for node in nodes {
      switch model.executionContext(of: node) {
      case .lambda: break
      case .function, .classBody:
        if let index = indexOfLoopCallback(node) { found.append(index) }
        guard loopScope(of: node) != nil else { continue }
      case .module, .notebook, .coroutine, .deferred: break
      }
      if let index = indexOfLoopCallback(node) { found.append(index) }
      if let function = calledFunction(node), let index = project.index(ofFunction: function.symbol)
      {
        found.append(index)
      }
    }
    return found
  }
}
