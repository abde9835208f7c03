import PythonSemantics
import PythonSyntax

/// What a call makes: a task, a future, a client, itself or by a function of the project that
/// returns it.
struct MadeValue {
  let fact: KnownCallable
  /// What a message calls the maker.
  let name: [UInt8]
  /// The calls that lead to the known callable.
  let notes: [Note]
}

extension CheckContext {
  /// The traits of callables whose result matters to whoever gets it.
  private static let makerTraits: [StaticString] = [
    "task-spawner", "future", "executor-future", "executor-submit", "must-close",
  ]

  /// What a call makes that has a trait: `asyncio.create_task(work())`, or `spawn(work())` where
  /// `spawn` returns the task that it makes and keeps it nowhere.
  func madeValue(by node: NodeID, trait: StaticString) -> MadeValue? {
    if let fact = fact(ofCall: node, trait: trait) {
      return MadeValue(fact: fact, name: fact.shownName, notes: [])
    }
    guard let call = tree.call(node), let function = projectFunction(ofCall: node),
      function.decoration.keepsCalls, !function.isAmbiguous, !isOverridden(function),
      let (callee, links, waits) = functions.maker(for: function.symbol),
      let fact = knowledge.fact(callee, trait: trait)
    else { return nil }
    // Who awaits a task or future, there or here, has what it gives.
    let isClient = Self.isClient(trait)
    guard isClient || !waits,
      isAwaited(node) ? function.colour == .coroutine || isClient : function.colour == .sync
    else { return nil }
    return MadeValue(
      fact: fact, name: written(call.function),
      notes: notes(on: FunctionFacts.Chain(calls: links, end: fact)))
  }

  /// The call whose result a function returns each time it runs, and that nothing else keeps.
  func returnedMaker(of function: FunctionDefinition, _ scope: ScopeID) -> FunctionSummary.Maker? {
    // Any other decorator, such as `functools.cache`, may keep what it gets.
    let isBound = function.decoration == .staticMethod || function.decoration == .classMethod
    guard function.colour == .sync || function.colour == .coroutine,
      tree.functionDef(function.node)?.decorators.count == (isBound ? 1 : 0)
    else { return nil }
    var returned: NodeID?
    for node in tree.subtree(of: function.node) where tree.kind(node) == .returnStmt {
      guard model.executionScope(of: model.scope(of: node)) == scope else { continue }
      guard returned == nil, let value = tree.returnStmt(node)?.value,
        model.runsAlways(node, in: scope)
      else { return nil }
      returned = value
    }
    guard var value = returned else { return nil }
    if let variable = variable(value) {
      guard model[variable].scope == scope, let made = soleValue(of: variable),
        references[variable].allSatisfy({ $0 == value || isReceiver($0) })
      else { return nil }
      value = made
    }
    let operand = tree.awaitExpr(value)?.value
    if let operand { value = operand }
    guard let callee = callee(of: value), !usesSharedTransport(value),
      Self.makerTraits.contains(where: { fact(ofCall: value, trait: $0) != nil })
        || project.function(callee) != nil
    else { return nil }
    return FunctionSummary.Maker(
      callee: callee, span: tree.span(value), isAwaited: operand != nil)
  }

  private static func isClient(_ trait: StaticString) -> Bool {
    trait.bytes == StaticString("must-close").bytes
  }

  /// Whether a reference is only there for one of its methods to be called.
  private func isReceiver(_ reference: NodeID) -> Bool {
    guard let attribute = tree.parent(of: reference),
      tree.attribute(attribute)?.value == reference, let call = tree.parent(of: attribute)
    else { return false }
    return tree.call(call)?.function == attribute
  }
}
