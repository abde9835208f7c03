import PythonSemantics
import PythonSyntax

/// Collections that a function makes empty and fills with coroutines one by one.
extension CheckContext {
  /// Whether a coroutine goes into a local collection whose elements nobody awaits:
  /// `results.append(fetch(url))`, and `results` is only printed or counted.
  func isFilledInVain(by node: NodeID) -> Bool {
    guard let collection = collection(filledBy: node), let name = tree.name(collection)?.name,
      let variable = model.lookUp(name, from: model.scope(of: collection)),
      model[variable].scope == model.executionScope(of: model.scope(of: node)),
      beginsEmpty(variable), tree.text(of: name).first != UInt8(ascii: "_")
    else { return false }
    switch model[model[variable].scope].kind {
    case .function, .asyncFunction: break
    case .module, .classBody, .lambda, .comprehension, .generatorExpression, .typeParameters:
      return false
    }
    return !references[variable].contains { !isFilling($0) && isConsumedCollection($0) }
  }

  /// The expression of the collection that a statement puts a node into, or all the elements of the
  /// comprehension around it.
  private func collection(filledBy node: NodeID) -> NodeID? {
    guard var parent = tree.parent(of: node) else { return nil }
    var item = node
    if tree.comprehension(parent)?.element == node, tree.kind(parent) != .dictComp {
      guard let outer = tree.parent(of: parent) else { return nil }
      item = parent
      parent = outer
    }
    if let assign = tree.assign(parent), assign.targets.count == 1, item == node,
      let target = tree.nodes(assign.targets).first
    {
      return tree.subscript(target)?.value
    }
    guard let call = tree.call(parent), let method = tree.attribute(call.function),
      tree.nodes(call.arguments).last == item,
      tree.parent(of: parent).map({ tree.kind($0) == .exprStmt }) ?? false
    else { return nil }
    let isOne = item == node
    return isNamed(
      method.name, isOne ? ["append", "appendleft", "add", "insert"] : ["extend", "update"])
      ? method.value : nil
  }

  /// Whether a variable is bound once, to a collection with nothing in it.
  private func beginsEmpty(_ variable: VariableID) -> Bool {
    let bindings = model[variable].bindings
    guard bindings.count == 1, let statement = tree.parent(of: bindings[0].node) else {
      return false
    }
    guard let value = tree.assign(statement)?.value ?? tree.annAssign(statement)?.value else {
      return false
    }
    if resolver.isEmptyCollection(value) { return true }
    guard let call = tree.call(value), call.arguments.isEmpty else { return false }
    return isNamed(call.function, ["deque"])
  }

  /// Whether a reference is the receiver of `append` and the like, or of `results[key] = …`.
  private func isFilling(_ reference: NodeID) -> Bool {
    guard let parent = tree.parent(of: reference) else { return false }
    if let view = tree.subscript(parent) {
      return view.value == reference && view.context == .store
    }
    guard tree.attribute(parent)?.value == reference,
      let call = tree.parent(of: parent), tree.call(call)?.function == parent
    else { return false }
    return isNamed(parent, ["append", "appendleft", "add", "insert", "extend", "update"])
  }
}
