import PythonSyntax

extension Resolver {
  /// What the `return` statements of a function agree on.
  ///
  /// A function that may also come to its end without one, or return `None`, returns the value all
  /// the same where it returns any.
  func inferredResult(of function: FunctionDefinition, _ exports: ModuleExports) -> Value {
    var result = Value.none
    for value in exports.values(returnedBy: function.node) {
      let found = self.value(of: value)
      if found == .none { continue }
      result = merged(result, found)
      if result == .unknown { return .unknown }
    }
    switch result {
    case .instance(let cls): return isLocal(cls) ? .unknown : result
    case .coroutine(let callee):
      // `if self.is_async: return self.load()`, and otherwise the work is done at once: what a
      // caller gets to await depends on the object.
      guard !isLocal(callee), let view = tree.functionDef(function.node), !mayEnd(view.body) else {
        return .unknown
      }
      return result
    case .object(let symbol):
      // A method belongs to its object, and a class is called for other reasons.
      guard !isLocal(symbol), let found = project.function(symbol), found.owner == nil else {
        return .unknown
      }
      return result
    case .none, .unknown: return .unknown
    }
  }

  /// The elements of the collection that the `return` statements of a function agree on.
  func inferredElements(of function: FunctionDefinition, _ exports: ModuleExports)
    -> CollectionElements?
  {
    var result: CollectionElements?
    for value in exports.values(returnedBy: function.node) {
      if tree.constant(value)?.kind == ConstantKind.none || isEmptyCollection(value) { continue }
      guard let found = elements(of: value), result == nil || result == found else { return nil }
      result = found
    }
    guard let result else { return nil }
    switch result.value {
    case .instance(let symbol), .object(let symbol): return isLocal(symbol) ? nil : result
    case .unknown, .none, .coroutine: return nil
    }
  }

  /// Whether control may come to the end of a block.
  private func mayEnd(_ block: NodeList) -> Bool {
    guard let last = Array(tree.nodes(block)).last else { return true }
    switch tree.kind(last) {
    case .returnStmt, .raiseStmt, .matchStmt: return false
    case .ifStmt:
      guard let view = tree.ifStmt(last) else { return true }
      return mayEnd(view.body) || mayEnd(view.orElse)
    case .withStmt, .asyncWith: return tree.withStmt(last).map { mayEnd($0.body) } ?? true
    case .whileStmt: return tree.whileStmt(last).map { tree.constantKind($0.test) != .true } ?? true
    case .tryStmt, .tryStar:
      guard let view = tree.tryStmt(last) else { return true }
      if !view.finalBody.isEmpty, !mayEnd(view.finalBody) { return false }
      return mayEnd(view.orElse.isEmpty ? view.body : view.orElse)
        || tree.nodes(view.handlers).contains { handler in
          tree.exceptHandler(handler).map { mayEnd($0.body) } ?? true
        }
    default: return true
    }
  }
}
