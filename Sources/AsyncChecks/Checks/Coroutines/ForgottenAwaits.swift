import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether a variable gets an awaited result in one branch and a coroutine in another, and is then
  /// used as if it always held the result.
  func isAwaitForgotten(_ variable: VariableID) -> Bool {
    let view = model[variable]
    switch model[view.scope].kind {
    case .asyncFunction: break
    case .function, .module, .classBody, .lambda, .comprehension, .generatorExpression,
      .typeParameters:
      return false
    }
    guard view.bindings.count > 1 else { return false }
    var awaited = 0
    for binding in view.bindings {
      guard binding.kind == .assignment,
        let value = tree.parent(of: binding.node).flatMap({ tree.assign($0)?.value })
      else { return false }
      if tree.kind(value) == .awaitExpr { awaited += 1 }
    }
    guard awaited > 0 else { return false }
    return !references[variable].isEmpty
      && references[variable].allSatisfy { reference in
        guard let parent = tree.parent(of: reference) else { return false }
        // Whoever is handed the value may look at what it is.
        switch tree.kind(parent) {
        case .awaitExpr, .call, .keyword, .starred, .assign, .yieldExpr, .tuple, .list, .dict:
          return false
        default: return true
        }
      }
  }

  /// Whether a variable holds a coroutine at the end of one branch, and what comes next fails on
  /// it: `rate = load()` under `if rate is None:`, then `amount * rate`.
  func failsAfterBranch(_ variable: VariableID, boundBy call: NodeID) -> Bool {
    guard let assign = tree.parent(of: call), let branch = tree.parent(of: assign),
      let view = tree.ifStmt(branch),
      tree.nodes(view.body).last == assign || tree.nodes(view.orElse).last == assign
    else { return false }
    let end = tree.span(branch).end
    guard let next = references[variable].first(where: { tree.span($0).start >= end }) else {
      return false
    }
    // Another value in between, or a loop that comes back with one.
    let start = tree.span(next).start
    let isOverwritten = model[variable].bindings.contains { binding in
      let place = tree.span(binding.node).start
      return place >= end && place < start
    }
    return !isOverwritten && model.scope(of: next) == model[variable].scope
      && failsOnCoroutine(next)
  }

  /// Whether a `return` stands in a coroutine function whose annotation promises a plain value.
  func returnsPlainValue(_ statement: NodeID) -> Bool {
    let scope = model.executionScope(of: model.scope(of: statement))
    guard let function = tree.functionDef(model[scope].node), let annotation = function.returns
    else { return false }
    // The annotation of a plain function that hands a coroutine on is often wrong, and its callers
    // await all the same.
    return function.isAsync
      && (isPlainAnnotation(annotation, in: model) || isPlain(annotation))
  }

  /// Whether a generator expression is consumed by something that works with its elements at once.
  func isConsumedAsValues(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node), let call = tree.call(parent),
      tree.nodes(call.arguments).first == node
    else { return false }
    if isBuiltin(call.function, ["any", "all", "sum", "min", "max", "sorted"]) { return true }
    guard let attribute = tree.attribute(call.function) else { return false }
    return tree.constant(attribute.value)?.kind == .string
      && tree.text(of: attribute.name).elementsEqual(StaticString("join").bytes)
  }

  /// Whether an attribute that is given a coroutine is read in this file as if it held the result,
  /// and given nothing else.
  func isMisusedAttribute(_ target: NodeID) -> Bool {
    guard let name = tree.attribute(target)?.name else { return false }
    var misuses = 0
    for node in tree.nodes where node != target {
      guard let attribute = tree.attribute(node), attribute.name == name else { continue }
      guard attribute.context == .load else {
        // `self.task = None` says nothing, anything else may be awaited.
        guard let assign = tree.parent(of: node).flatMap({ tree.assign($0) }),
          tree.constant(assign.value)?.kind == ConstantKind.none
        else { return false }
        continue
      }
      guard case .misuse = use(of: node) else { return false }
      misuses += 1
    }
    return misuses > 0
  }
}
