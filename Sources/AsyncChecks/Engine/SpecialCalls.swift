import PythonSemantics
import PythonSyntax

/// Special methods of the project's classes that statements and operators call: `with box:`.
extension CheckContext {
  /// The special method that a node calls, and the object that it is called on, if any class of the
  /// project has such a method.
  func specialMethod(of node: NodeID) -> (name: StaticString, receiver: NodeID)? {
    guard let found = writtenSpecialMethod(of: node),
      let atom = project.symbols.atom(found.name.bytes), functions.isFunctionName(atom)
    else { return nil }
    return found
  }

  private func writtenSpecialMethod(of node: NodeID) -> (name: StaticString, receiver: NodeID)? {
    switch tree.kind(node) {
    case .subscript:
      guard let view = tree.subscript(node) else { return nil }
      switch view.context {
      case .load: return ("__getitem__", view.value)
      case .store: return ("__setitem__", view.value)
      case .delete: return ("__delitem__", view.value)
      }
    case .withItem:
      guard let statement = tree.parent(of: node), tree.kind(statement) == .withStmt else {
        return nil
      }
      return tree.withItem(node).map { ("__enter__", $0.contextExpr) }
    case .forStmt: return tree.forStmt(node).map { ("__iter__", $0.iterable) }
    case .comprehension:
      guard let clause = tree.comprehensionFor(node), !clause.isAsync else { return nil }
      return ("__iter__", clause.iterable)
    case .compare:
      guard let comparison = tree.compare(node), comparison.comparators.count == 1,
        let right = tree.nodes(comparison.comparators).first
      else { return nil }
      switch tree.comparisonOperator(comparison, at: 0) {
      case .in, .notIn: return ("__contains__", right)
      default: return nil
      }
    case .call:
      guard let call = tree.call(node), call.arguments.count == 1,
        let first = tree.nodes(call.arguments).first
      else { return nil }
      if isBuiltin(call.function, ["len"]) { return ("__len__", first) }
      return isBuiltin(call.function, ["list", "tuple", "set", "sorted"])
        ? ("__iter__", first) : nil
    default: return nil
    }
  }

  /// The function of the project that is the special method that a node calls.
  func specialCall(_ node: NodeID) -> (function: FunctionDefinition, receiver: NodeID)? {
    guard let (name, receiver) = specialMethod(of: node),
      let cls = resolver.instanceClass(of: receiver), project.cls(cls) != nil,
      let method = resolver.method(name, of: cls), let function = project.function(method)
    else { return nil }
    return (function, receiver)
  }
}
