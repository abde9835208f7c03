import PythonSemantics
import PythonSyntax

extension Check {
  /// A coroutine that was not awaited, used as if it were the result.
  static let coroutineUsedAsValue = Check(
    name: "coroutine-used-as-value",
    messages: [
      CheckMessage("assigned", ["call", "name"]),
      CheckMessage("printed", ["call"]),
      CheckMessage("formatted", ["call"]),
      CheckMessage("compared", ["call"]),
      CheckMessage("condition", ["call"]),
      CheckMessage("iterated", ["call"]),
      CheckMessage("operand", ["call"]),
      CheckMessage("attribute", ["call", "attribute"]),
      CheckMessage("subscript", ["call"]),
      CheckMessage("collected", ["call"]),
      CheckMessage("returned", ["call"]),
      CheckMessage("argument", ["call", "function"]),
      CheckMessage("future", ["call"]),
      CheckMessage("unfinished", ["call"]),
    ],
    traits: ["plain-arguments", "future"],
    kinds: [.call, .attribute]
  ) { node, context in
    guard
      let coroutine = context.tree.kind(node) == .call
        ? context.coroutineCall(node) : context.coroutineProperty(node)
    else {
      context.checkMappedCoroutines(node)
      context.checkFuture(node)
      return
    }
    let tree = context.tree
    var use = context.use(of: node)
    var name: [UInt8] = []
    if case .stored(let attribute) = use {
      guard context.isMisusedAttribute(attribute) else { return }
      context.report(
        "assigned", fact: coroutine.fact, span: tree.span(node),
        [("call", coroutine.name), ("name", context.written(attribute))]
      ) { context.awaitInsertion(node, .unsafe) }
      return
    }
    if case .bound(let variable) = use {
      guard
        context.isMisused(variable, boundBy: node) || context.isAwaitForgotten(variable)
          || context.failsAfterBranch(variable, boundBy: node)
      else {
        context.reportConditions(on: variable, coroutine, node)
        return
      }
      name = Array(tree.text(of: context.model[variable].name))
      context.report(
        "assigned", fact: coroutine.fact, span: tree.span(node),
        [("call", coroutine.name), ("name", name)]
      ) { context.awaitInsertion(node, .unsafe) }
      return
    }
    if case .element(let display) = use {
      guard context.isMisusedDisplay(display) else { return }
      use = .misuse("collected")
    }
    if case .consumed = use, context.isFilledInVain(by: node) { use = .misuse("collected") }
    guard case .misuse(let message) = use else { return }
    let attribute = tree.parent(of: node).flatMap { tree.attribute($0) }
    context.report(
      message, fact: coroutine.fact, span: tree.span(node),
      [
        ("call", coroutine.name),
        ("attribute", attribute.map { Array(tree.text(of: $0.name)) } ?? []),
        ("function", context.receiver(of: node)),
      ]
    ) { context.awaitInsertion(node, .unsafe) }
  }
}

extension CheckContext {
  /// The `async def` property that an attribute reads, which gives a coroutine as a call does.
  fileprivate func coroutineProperty(_ node: NodeID) -> CoroutineCall? {
    guard let attribute = tree.attribute(node), attribute.context == .load,
      functions.isPropertyName(resolver.atom(attribute.name)),
      let cls = resolver.instanceClass(of: attribute.value), !resolver.isLocal(cls),
      let member = project.instanceMember(resolver.atom(attribute.name), of: cls),
      let function = project.function(member), function.decoration == .property,
      function.colour == .coroutine, !function.isAmbiguous, !isOverridden(function),
      !isCachedProperty(function)
    else { return nil }
    return CoroutineCall(symbol: member, fact: nil, name: written(node))
  }

  /// Whether the decorator may be one that keeps the coroutine, or what it gave, for all readers.
  private func isCachedProperty(_ function: FunctionDefinition) -> Bool {
    let tree = project[function.module].model.tree
    guard let view = tree.functionDef(function.node), view.decorators.count == 1,
      let decorator = tree.nodes(view.decorators).first, let name = tree.name(decorator)?.name
    else { return true }
    return !tree.text(of: name).elementsEqual(StaticString("property").bytes)
  }

  /// The function that the call around an argument calls, as written.
  fileprivate func receiver(of node: NodeID) -> [UInt8] {
    guard var parent = tree.parent(of: node) else { return [] }
    if tree.kind(parent) == .keyword, let outer = tree.parent(of: parent) { parent = outer }
    return tree.call(parent).map { written($0.function) } ?? []
  }
}

extension CheckContext {
  /// Whether a use of a value certainly raises an exception when it is a coroutine, whatever else is
  /// done with it: `response.status`, `rows[0]`.
  func failsOnCoroutine(_ reference: NodeID) -> Bool {
    guard case .misuse = use(of: reference), let parent = tree.parent(of: reference),
      !isGuarded(reference)
    else { return false }
    switch tree.kind(parent) {
    case .attribute, .subscript, .binOp: return true
    default: return false
    }
  }

  /// Whether a branch or an exception handler around a node may know what the value is.
  func isGuarded(_ node: NodeID) -> Bool {
    surroundings(of: node).contains { parent, _ in
      switch tree.kind(parent) {
      case .ifStmt, .ifExp, .boolOp, .tryStmt, .matchStmt, .whileStmt: true
      default: false
      }
    }
  }

  /// Reports each `if coroutine:`: whatever becomes of it later, it is always true.
  fileprivate func reportConditions(
    on variable: VariableID, _ coroutine: CoroutineCall, _ call: NodeID,
  ) {
    guard model[variable].bindings.count == 1, !isGuarded(call),
      let scope = coroutineScope(of: call), model[variable].scope == scope
    else { return }
    for reference in references[variable] where isRun(reference, by: scope) {
      guard let parent = tree.parent(of: reference) else { continue }
      let test: NodeID? =
        switch tree.kind(parent) {
        case .ifStmt: tree.ifStmt(parent)?.test
        case .whileStmt: tree.whileStmt(parent)?.test
        case .ifExp: tree.ifExp(parent)?.test
        case .unaryOp: tree.unaryOp(parent)?.operator == .not ? reference : nil
        default: nil
        }
      guard test == reference else { continue }
      report(
        "condition", fact: coroutine.fact, span: tree.span(reference), [("call", coroutine.name)])
      return
    }
  }

  /// The references of a variable that certainly see what one of its bindings gave it; `nil` when
  /// it is not known of each which binding it sees.
  private func references(of variable: VariableID, seeing call: NodeID) -> [NodeID]? {
    let view = model[variable]
    if view.bindings.count == 1 { return Array(references[variable]) }
    guard
      let target = tree.parent(of: call).flatMap({ tree.assign($0) }).flatMap({
        tree.nodes($0.targets).first
      })
    else { return nil }
    var found: [NodeID] = []
    let end = tree.span(call).end
    for reference in references[variable] {
      if let binding = resolver.definiteBinding(of: variable, at: reference) {
        if binding.node == target { found.append(reference) }
        continue
      }
      // What comes before sees it in a loop only.
      guard tree.span(reference).end <= end, !isInLoop(call) else { return nil }
    }
    return found
  }

  /// Whether a variable that holds a coroutine is only used as if it held the result.
  fileprivate func isMisused(_ variable: VariableID, boundBy call: NodeID) -> Bool {
    let view = model[variable]
    switch model[view.scope].kind {
    case .function, .asyncFunction, .module: break
    case .classBody, .lambda, .comprehension, .generatorExpression, .typeParameters: return false
    }
    // Other bindings may hold anything.
    guard let references = references(of: variable, seeing: call) else { return false }
    if references.contains(where: { failsOnCoroutine($0) }) { return true }
    // What is overwritten may be awaited by others.
    if view.bindings.count > 1, references.isEmpty { return false }
    var misuses = 0
    for reference in references {
      switch use(of: reference) {
      case .misuse: misuses += 1
      case .dropped: continue
      case .element(let display):
        guard isMisusedDisplay(display) else { return false }
        misuses += 1
      case .consumed, .bound, .stored: return false
      }
    }
    // A module's names may be imported and awaited elsewhere; `_` says that it is meant.
    if misuses == 0 {
      return view.scope != .module && tree.text(of: view.name).first != UInt8(ascii: "_")
    }
    return true
  }
}
