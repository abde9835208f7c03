import PythonSemantics
import PythonSyntax

extension Check {
  /// A lazy query that is evaluated, and so talks to the database, in a coroutine.
  static let querysetEvaluated = Check(
    name: "queryset-evaluated",
    messages: [
      CheckMessage("method", ["call", "replacement"]),
      CheckMessage("iteration", ["replacement"]),
      CheckMessage("builtin", ["call", "replacement"]),
      CheckMessage("condition", ["replacement"]),
      CheckMessage("printed", ["call", "replacement"]),
      CheckMessage("index", ["replacement"]),
      CheckMessage("related", ["relation", "field"]),
      CheckMessage("session", ["call", "replacement"]),
      CheckMessage("user", ["user", "request"]),
      CheckMessage("helper", ["function", "call"]),
    ],
    traits: ["lazy-user"],
    kinds: [
      .call, .forStmt, .comprehension, .ifStmt, .whileStmt, .ifExp, .assertStmt, .boolOp, .unaryOp,
      .formattedValue, .subscript, .compare, .starred, .attribute,
    ]
  ) { node, context in
    guard context.hasCoroutines, context.hasEvaluators else { return }
    switch context.tree.kind(node) {
    case .call: context.checkEvaluatorCall(node)
    case .attribute: context.checkLazyAttribute(node)
    default: context.checkEvaluation(node)
    }
  }

  /// A query that a coroutine returns without having evaluated it.
  static let lazyQuerysetReturned = Check(
    name: "lazy-queryset-returned",
    messages: [CheckMessage("returned", ["function"]), CheckMessage("bridged", ["function"])],
    kinds: [.returnStmt, .call]
  ) { node, context in
    guard context.hasEvaluators else { return }
    if context.tree.kind(node) == .call {
      context.checkBridgedQuery(node)
      return
    }
    guard let value = context.tree.returnStmt(node)?.value, context.isLazyQuery(value) else {
      return
    }
    if let bridged = context.bridgedFunction(around: node) {
      context.report("bridged", span: context.tree.span(value), [("function", bridged)])
    }
    guard context.hasCoroutines, let scope = context.coroutineScope(of: node) else { return }
    context.report(
      "returned", span: context.tree.span(value), [("function", context.functionName(of: scope))])
  }
}

extension CheckContext {
  /// Whether any rule file names an evaluator, and the project may have a query.
  fileprivate var hasEvaluators: Bool { knowledge.hasEvaluators && functions.mayQuery }

  // MARK: Queries that leave a thread

  /// Reports `sync_to_async(Topic.objects.filter)`: the thread only builds the query.
  fileprivate func checkBridgedQuery(_ node: NodeID) {
    guard let fact = fact(ofCall: node, .bridge), let call = tree.call(node),
      let argument = offloadedArgument(of: call, fact)
    else { return }
    if let lambda = tree.lambda(argument) {
      guard isLazyQuery(lambda.body) else { return }
    } else {
      guard let method = symbol(of: argument),
        let cls = project.vocabulary.result(of: method) ?? plainResult(of: method),
        let iteration = resolver.method("__iter__", of: cls),
        knowledge.fact(iteration, .evaluator) != nil
      else { return }
    }
    guard !isFetchedInThread(node) else { return }
    report("bridged", span: tree.span(argument), [("function", written(argument))])
  }

  /// The class of what a synchronous function of the project returns.
  private func plainResult(of symbol: SymbolID) -> SymbolID? {
    guard let function = project.function(symbol), function.colour == .sync,
      !function.isAmbiguous, function.decoration.keepsCalls
    else { return nil }
    return function.result
  }

  /// The fact that a loop or builtin goes over a lazy query and so evaluates it.
  func iteration(ofQueryBy node: NodeID) -> KnownCallable? {
    guard functions.mayQuery else { return nil }
    var iterated: NodeID?
    if let call = tree.call(node) {
      if isBuiltin(
        call.function,
        ["list", "tuple", "set", "dict", "sorted", "sum", "min", "max", "any", "all", "len"])
      {
        iterated = tree.nodes(call.arguments).first
      }
    } else {
      iterated = tree.forStmt(node)?.iterable ?? tree.comprehensionFor(node)?.iterable
    }
    guard let iterated, isLazyQuery(iterated), let cls = resolver.instanceClass(of: iterated),
      let method = resolver.method("__iter__", of: cls)
    else { return nil }
    return knowledge.fact(method, .evaluator)
  }

  /// Whether the query that a call of a bridge gives goes into a name that another bridge fetches:
  /// `topics = await sync_to_async(list)(topics)`.
  private func isFetchedInThread(_ node: NodeID) -> Bool {
    var value = node
    while let parent = tree.parent(of: value),
      tree.call(parent)?.function == value || tree.kind(parent) == .awaitExpr
    {
      value = parent
    }
    guard let assign = tree.parent(of: value).flatMap({ tree.assign($0) }),
      let target = tree.nodes(assign.targets).first, let variable = variable(target)
    else { return false }
    return references[variable].contains { reference in
      guard let call = tree.parent(of: reference).flatMap({ tree.call($0) }),
        call.function != reference, tree.kind(call.function) == .call
      else { return false }
      return fact(ofCall: call.function, .bridge) != nil
    }
  }

  /// The synchronous function around a node, when a decorator runs it in a thread for coroutines.
  fileprivate func bridgedFunction(around node: NodeID) -> [UInt8]? {
    guard let function = function(around: node), let view = tree.functionDef(function),
      !view.isAsync,
      tree.nodes(view.decorators).contains(where: { decorator in
        let callee = tree.call(decorator)?.function ?? decorator
        return symbol(of: callee).flatMap { knowledge.fact($0, .bridge) } != nil
      })
    else { return nil }
    return Array(tree.text(of: view.name))
  }

  // MARK: Calls

  fileprivate func checkEvaluatorCall(_ node: NodeID) {
    guard let call = tree.call(node) else { return }
    let own = modelMethod(ofCall: node)
    if let fact = fact(ofCall: node, .evaluator) ?? own {
      guard isEvaluatedOnLoop(node), !isAwaited(node), !isHandedToAdapter(node) else { return }
      report(
        "method", fact: fact, span: tree.span(node),
        [
          ("call", fact.shownName),
          ("replacement", replacement(for: fact, written: written(call.function))),
        ]
      ) { self.dropInFix(node, fact, .unsafe, isMethod: own != nil) }
      return
    }
    checkQueryingHelper(node)
    guard let name = tree.name(call.function)?.name, let argument = tree.nodes(call.arguments).first
    else { return }
    let text = Array(tree.text(of: name))
    if isBuiltin(call.function, ["print", "str", "repr", "format"]) {
      for argument in tree.nodes(call.arguments) {
        guard let fact = evaluation(of: argument, "__repr__") else { continue }
        report(
          "printed", fact: fact, span: tree.span(argument),
          [("call", text), ("replacement", replacement(for: fact, written: written(argument)))])
      }
      return
    }
    let method: StaticString
    if isBuiltin(call.function, ["len"]) {
      method = "__len__"
    } else if isBuiltin(call.function, ["bool"]) {
      method = "__bool__"
    } else if isBuiltin(
      call.function,
      ["list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "min", "max", "any", "all"])
    {
      method = "__iter__"
    } else {
      return
    }
    guard let fact = evaluation(of: argument, method) else { return }
    report(
      "builtin", fact: fact, span: tree.span(node),
      [("call", text), ("replacement", replacement(for: fact, written: written(call.function)))])
  }

  /// Reports a synchronous function of the project that ends in a query.
  private func checkQueryingHelper(_ node: NodeID) {
    guard let scope = coroutineScope(of: node), let function = calledFunction(node),
      runs(function, at: node), !isAwaited(node), !isHandedToAdapter(node),
      let chain = functions.query(of: function.symbol), isFirstCall(of: function.symbol, in: scope),
      let call = tree.call(node)
    else { return }
    report(
      "helper", span: tree.span(node),
      [("function", written(call.function)), ("call", chain.end.shownName)],
      notes: notes(on: chain))
  }

  // MARK: Other evaluations

  fileprivate func checkEvaluation(_ node: NodeID) {
    switch tree.kind(node) {
    case .forStmt:
      if let loop = tree.forStmt(node) { reportEvaluation("iteration", loop.iterable, "__iter__") }
    case .comprehension:
      guard let clause = tree.comprehensionFor(node) else { return }
      if !clause.isAsync { reportEvaluation("iteration", clause.iterable, "__iter__") }
      for condition in tree.nodes(clause.conditions) {
        reportEvaluation("condition", condition, "__bool__")
      }
    case .starred:
      if let view = tree.starred(node), view.context == .load {
        reportEvaluation("iteration", view.value, "__iter__")
      }
    case .ifStmt:
      if let test = tree.ifStmt(node)?.test { reportEvaluation("condition", test, "__bool__") }
    case .whileStmt:
      if let test = tree.whileStmt(node)?.test { reportEvaluation("condition", test, "__bool__") }
    case .ifExp:
      if let test = tree.ifExp(node)?.test { reportEvaluation("condition", test, "__bool__") }
    case .assertStmt:
      if let test = tree.assertStmt(node)?.test { reportEvaluation("condition", test, "__bool__") }
    case .boolOp:
      for value in tree.boolOp(node).map({ tree.nodes($0.values).dropLast() }) ?? [] {
        reportEvaluation("condition", value, "__bool__")
      }
    case .unaryOp:
      guard let view = tree.unaryOp(node), view.operator == .not else { return }
      reportEvaluation("condition", view.operand, "__bool__")
    case .formattedValue:
      guard let view = tree.formattedValue(node),
        let fact = evaluation(of: view.value, "__repr__")
      else { return }
      report(
        "printed", fact: fact, span: tree.span(view.value),
        [
          ("call", StaticString("f-string").bytes),
          ("replacement", replacement(for: fact, written: written(view.value))),
        ])
    case .subscript:
      guard let view = tree.subscript(node), tree.kind(view.slice) != .slice else { return }
      if isSession(view.value) {
        let isStore = view.context == .store
        reportEvaluation("session", view.value, isStore ? "__setitem__" : "__getitem__", at: node)
      } else if view.context == .load {
        reportEvaluation("index", view.value, "__getitem__", at: node)
      }
    case .compare:
      guard let view = tree.compare(node) else { return }
      for (index, operand) in tree.nodes(view.comparators).enumerated() {
        switch tree.comparisonOperator(view, at: index) {
        case .in, .notIn:
          reportEvaluation(
            isSession(operand) ? "session" : "iteration", operand, "__contains__")
        default: continue
        }
      }
    default: return
    }
  }

  private func reportEvaluation(
    _ message: StaticString, _ value: NodeID, _ method: StaticString, at node: NodeID? = nil,
  ) {
    guard let fact = evaluation(of: value, method) else { return }
    report(
      message, fact: fact, span: tree.span(node ?? value),
      [
        ("call", written(node ?? value)),
        ("replacement", replacement(for: fact, written: written(value))),
      ])
  }

  /// Whether an expression is the session of a request, which is no query but loads lazily too.
  private func isSession(_ node: NodeID) -> Bool {
    guard let cls = resolver.instanceClass(of: node),
      let session = project.symbols.symbol(
        dotted: StaticString("django.contrib.sessions.backends.base.SessionBase").bytes)
    else { return false }
    return cls == session
  }

  /// The fact that a special method of a lazy query evaluates it, where it runs on the event loop.
  private func evaluation(of node: NodeID, _ method: StaticString) -> KnownCallable? {
    guard isEvaluatedOnLoop(node),
      let cls = resolver.instanceClass(of: node) ?? relatedQuery(node),
      !isFilled(node), isNotAwaited(node)
    else { return nil }
    let own = resolver.method(method, of: cls).flatMap { knowledge.fact($0, .evaluator) }
    return own ?? resolver.method("__iter__", of: cls).flatMap { knowledge.fact($0, .evaluator) }
  }

  private func isNotAwaited(_ node: NodeID) -> Bool { tree.kind(node) != .awaitExpr }

  private func isEvaluatedOnLoop(_ node: NodeID) -> Bool { coroutineScope(of: node) != nil }

  /// Whether the name was iterated by `async for` before, which fills the query's cache.
  private func isFilled(_ node: NodeID) -> Bool {
    guard let name = tree.name(node),
      let variable = model.lookUp(name.name, from: model.scope(of: node))
    else { return false }
    return references[variable].contains { reference in
      reference < node
        && tree.parent(of: reference).map { parent in
          switch tree.kind(parent) {
          case .asyncFor: true
          case .comprehension: tree.comprehensionFor(parent)?.isAsync ?? false
          default: false
          }
        } ?? false
    }
  }

  /// Whether an expression is a query that nobody has evaluated yet.
  fileprivate func isLazyQuery(_ node: NodeID) -> Bool {
    guard let cls = resolver.instanceClass(of: node), !isFilled(node), isNotAwaited(node),
      let iteration = resolver.method("__iter__", of: cls)
    else { return false }
    return knowledge.fact(iteration, .evaluator) != nil
  }
}
