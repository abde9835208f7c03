import PythonSyntax

extension Resolver {
  /// What the `return` statements of a function agree on.
  ///
  /// A function that may also come to its end without one, or return `None`, returns the value all
  /// the same where it returns any.
  func inferredResult(of function: FunctionDefinition) -> Value {
    guard let scope = model.scope(openedBy: function.node) else { return .unknown }
    var result = Value.none
    let start = tree.span(function.node).start
    var index = function.node.index
    while index > 0 {
      index -= 1
      let node = NodeID(UInt32(index))
      if tree.span(node).start < start { break }
      guard tree.kind(node) == .returnStmt, model.scope(of: node) == scope,
        let value = tree.returnStmt(node)?.value
      else { continue }
      let found = self.value(of: value)
      if found == .none { continue }
      guard result == .none || result == found else { return .unknown }
      result = found
    }
    switch result {
    case .instance(let cls): return isLocal(cls) ? .unknown : result
    case .coroutine(let callee): return isLocal(callee) ? .unknown : result
    case .object, .none, .unknown: return .unknown
    }
  }
}
