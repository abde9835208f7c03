import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Looks at `map` with a coroutine function: are its coroutines taken for results?
  func checkMappedCoroutines(_ node: NodeID) {
    guard let call = tree.call(node), isBuiltin(call.function, ["map"]),
      let function = tree.nodes(call.arguments).first,
      let name = coroutineFunctionName(function)
    else { return }
    var whole = node
    if let parent = tree.parent(of: node), let outer = tree.call(parent),
      isBuiltin(outer.function, ["list", "tuple", "set"])
    {
      whole = parent
    }
    guard isMisusedDisplay(whole) else { return }
    report("collected", span: tree.span(node), [("call", name)])
  }
}

extension CheckContext {
  /// What is done with a collection of coroutines.
  private enum CollectionUse {
    /// Its elements may be awaited.
    case consumed
    /// Its elements are taken for results.
    case misused
    /// It is asked how many elements it has, or dropped.
    case counted
  }

  /// Whether a display or comprehension of coroutines is printed or computed with as if it held
  /// results, directly or through a name, or nobody ever looks at its elements.
  func isMisusedDisplay(_ display: NodeID) -> Bool {
    guard let parent = tree.parent(of: display) else { return false }
    if let assign = tree.assign(parent), assign.targets.count == 1,
      let target = tree.nodes(assign.targets).first, let name = tree.name(target),
      let variable = model.lookUp(name.name, from: model.scope(of: target)),
      model[variable].bindings.count == 1
    {
      switch model[model[variable].scope].kind {
      case .function, .asyncFunction: break
      case .module, .classBody, .lambda, .comprehension, .generatorExpression, .typeParameters:
        return false
      }
      let uses = references[variable].map { useOfCollection($0) }
      if uses.contains(where: { $0 == .consumed }) { return false }
      return tree.text(of: name.name).first != UInt8(ascii: "_")
    }
    return useOfCollection(display) == .misused
  }

  /// Whether somebody may await the elements of a collection of coroutines.
  func isConsumedCollection(_ reference: NodeID) -> Bool { useOfCollection(reference) == .consumed }

  private func useOfCollection(_ node: NodeID) -> CollectionUse {
    guard let parent = tree.parent(of: node) else { return .consumed }
    switch tree.kind(parent) {
    case .formattedValue, .exprStmt: return .misused
    case .ifStmt, .whileStmt, .unaryOp, .compare: return .counted
    case .forStmt, .comprehension:
      guard
        let iterable = tree.forStmt(parent)?.iterable ?? tree.comprehensionFor(parent)?.iterable,
        let target = tree.forStmt(parent)?.target ?? tree.comprehensionFor(parent)?.target,
        iterable == node
      else { return .consumed }
      return takesResults(target) ? .misused : .consumed
    case .returnStmt: return isReturnedAsResults(parent) ? .misused : .consumed
    case .tuple, .list, .dict:
      return useOfCollection(parent) == .misused ? .misused : .consumed
    case .subscript:
      guard let view = tree.subscript(parent), view.value == node else { return .consumed }
      if case .misuse = use(of: parent) { return .misused }
      return .consumed
    case .attribute:
      guard isNamed(parent, ["values", "items"]), let call = tree.parent(of: parent),
        tree.call(call)?.function == parent
      else { return .consumed }
      return isNamed(parent, ["items"]) ? useOfItems(call) : useOfCollection(call)
    case .call:
      guard let call = tree.call(parent), call.function != node else { return .consumed }
      if isBuiltin(call.function, ["len"]) { return .counted }
      if isBuiltin(
        call.function,
        ["print", "str", "repr", "sum", "min", "max", "any", "all", "sorted"])
      {
        return .misused
      }
      if let method = tree.attribute(call.function), isNamed(call.function, ["join"]),
        tree.constant(method.value)?.kind == .string
      {
        return .misused
      }
      return wantsPlainArguments(parent) ? .misused : .consumed
    default: return .consumed
    }
  }

  /// Whether a known function can do nothing with coroutines in its arguments: `json.dumps`.
  private func wantsPlainArguments(_ call: NodeID) -> Bool {
    callee(of: call).flatMap { knowledge.fact($0, trait: "plain-arguments") } != nil
  }

  /// What a loop over `lookups.items()` does with the values.
  private func useOfItems(_ call: NodeID) -> CollectionUse {
    guard let parent = tree.parent(of: call),
      let iterable = tree.forStmt(parent)?.iterable ?? tree.comprehensionFor(parent)?.iterable,
      let target = tree.forStmt(parent)?.target ?? tree.comprehensionFor(parent)?.target,
      iterable == call, let pair = tree.tuple(target), pair.elements.count == 2,
      let value = tree.nodes(pair.elements).last
    else { return .consumed }
    return takesResults(value) ? .misused : .consumed
  }

  /// Whether a loop's name is only used as if it held a result.
  private func takesResults(_ target: NodeID) -> Bool {
    guard let name = tree.name(target),
      let variable = model.lookUp(name.name, from: model.scope(of: target)),
      model[variable].bindings.count == 1, !references[variable].isEmpty
    else { return false }
    return references[variable].allSatisfy { reference in
      if case .misuse = use(of: reference) { return true }
      return false
    }
  }

  /// Whether a `return` gives a collection of coroutines to somebody who waits for results: it
  /// stands in a coroutine function, which has had the chance to await them, and neither its name
  /// nor its annotation says that coroutines are meant.
  private func isReturnedAsResults(_ statement: NodeID) -> Bool {
    let scope = model.executionScope(of: model.scope(of: statement))
    guard let function = tree.functionDef(model[scope].node), function.isAsync else { return false }
    let name = tree.text(of: function.name)
    let meant: [StaticString] = ["task", "coro", "await", "job", "future", "pending"]
    if meant.contains(where: { isPart($0, of: name) }) { return false }
    guard let annotation = function.returns else { return true }
    return !subtree(annotation).contains { node in
      isNamed(
        node,
        [
          "Any", "Awaitable", "Coroutine", "Future", "Task", "object", "Callable", "Generator",
        ])
    }
  }

  private func isPart(_ text: StaticString, of name: ArraySlice<UInt8>) -> Bool {
    let bytes = text.bytes
    guard name.count >= bytes.count else { return false }
    return (name.startIndex...name.endIndex - bytes.count).contains { start in
      name[start...].starts(with: bytes)
    }
  }
}
