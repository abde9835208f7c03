package import PythonSyntax

/// When and by what a piece of code is run.
package enum ExecutionContext: Hashable, Sendable {
  case module
  /// The top level of a notebook cell, where `await` is legal and a loop runs.
  case notebook
  case classBody(ScopeID)
  case function(ScopeID)
  /// A coroutine function or async generator: runs on the event loop.
  case coroutine(ScopeID)
  case lambda(ScopeID)
  /// A generator expression that is handed on and may be run by anybody.
  case deferred

  /// The scope of the coroutine function, if it is one.
  package var coroutineScope: ScopeID? {
    if case .coroutine(let scope) = self { scope } else { nil }
  }
}

extension SemanticModel {
  /// When and by what a node is run.
  ///
  /// Defaults, decorators and bases belong to the code around the definition; a lambda that is
  /// called in place and a generator expression that is consumed in place are part of it.
  package func executionContext(of node: NodeID) -> ExecutionContext {
    var scope = scope(of: node)
    while true {
      let current = scopes[scope.index]
      switch current.kind {
      case .module: return isNotebook ? .notebook : .module
      case .classBody: return .classBody(scope)
      case .function: return .function(scope)
      case .asyncFunction: return .coroutine(scope)
      case .lambda:
        guard isCalledInPlace(current.node) else { return .lambda(scope) }
        scope = current.parent
      case .generatorExpression:
        guard isConsumedInPlace(current.node) else { return .deferred }
        scope = current.parent
      case .comprehension, .typeParameters: scope = current.parent
      }
    }
  }

  /// Whether a lambda is called where it stands, by the code itself or as the key of a builtin that
  /// orders: `max(names, key=lambda name: …)`.
  private func isCalledInPlace(_ lambda: NodeID) -> Bool {
    guard let parent = tree.parent(of: lambda) else { return false }
    if let call = tree.call(parent) { return call.function == lambda }
    guard let name = tree.keyword(parent)?.name, isEqual(name, "key"),
      let call = tree.parent(of: parent).flatMap({ tree.call($0) })
    else { return false }
    if let attribute = tree.attribute(call.function) { return isEqual(attribute.name, "sort") }
    guard let function = tree.name(call.function)?.name,
      lookUp(function, from: self.scope(of: call.function)) == nil
    else { return false }
    return Self.orderingBuiltins.contains { isEqual(function, $0) }
  }

  private static let orderingBuiltins: [StaticString] = ["max", "min", "sorted"]

  /// Whether a generator expression is the argument of a builtin that exhausts it, of a method such
  /// as `str.join`, or is iterated by a `for`.
  private func isConsumedInPlace(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node) else { return false }
    switch tree.kind(parent) {
    case .forStmt, .starred: return true
    case .comprehension:
      guard let owner = tree.parent(of: parent) else { return false }
      return tree.kind(owner) != .generatorExp || isConsumedInPlace(owner)
    case .call:
      guard let call = tree.call(parent), tree.nodes(call.arguments).first == node else {
        return false
      }
      if let attribute = tree.attribute(call.function) {
        return Self.exhaustingMethods.contains { isEqual(attribute.name, $0) }
      }
      guard let name = tree.name(call.function)?.name,
        lookUp(name, from: self.scope(of: call.function)) == nil
      else { return false }
      return Self.exhaustingBuiltins.contains { isEqual(name, $0) }
    default: return false
    }
  }

  private static let exhaustingBuiltins: [StaticString] = [
    "all", "any", "bytes", "dict", "frozenset", "list", "max", "min", "set", "sorted", "sum",
    "tuple",
  ]

  private static let exhaustingMethods: [StaticString] = ["extend", "join", "update"]

  private func isEqual(_ name: NameID, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { tree.text(of: name).elementsEqual($0) }
  }
}
