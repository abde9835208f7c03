package import PythonSyntax

/// The scopes and names of one module.
///
/// Made without looking at other modules; ``Resolver`` answers what names mean.
package struct SemanticModel: Sendable {
  package let tree: SyntaxTree
  package let isNotebook: Bool
  package let scopes: [Scope]
  package let variables: [Variable]
  /// `from module import *` statements, in source order.
  package let starImports: [NodeID]
  /// The aliases of all imports, in source order.
  package let importAliases: [NodeID]
  /// Attributes of plain names that are assigned, such as `self.client`, in source order.
  package let attributeStores: [NodeID]
  /// The scope that evaluates each node.
  let scopeOfNode: [ScopeID]
  let variableTable: IDTable

  /// The scope in which the node is evaluated; for a definition, the scope around it.
  package func scope(of node: NodeID) -> ScopeID { scopeOfNode[node.index] }

  package subscript(_ scope: ScopeID) -> Scope { scopes[scope.index] }

  package subscript(_ variable: VariableID) -> Variable { variables[variable.index] }

  /// The variable of this very scope.
  package func variable(_ name: NameID, in scope: ScopeID) -> VariableID? {
    variableTable[Self.key(scope, name)].map(VariableID.init)
  }

  /// The variable that a name read in a scope means; `nil` for a builtin or an undefined name.
  ///
  /// **Source:** the Python reference, section 4.2.2: class scopes are skipped from within
  /// functions and comprehensions.
  package func lookUp(_ name: NameID, from scope: ScopeID) -> VariableID? {
    var current = scope
    var seesClasses = true
    while true {
      let kind = scopes[current.index].kind
      if kind != .classBody || seesClasses {
        if let found = variableTable[Self.key(current, name)] { return VariableID(found) }
      }
      guard current != .module else { return nil }
      seesClasses = kind == .typeParameters && seesClasses
      current = scopes[current.index].parent
    }
  }

  /// The nearest function, lambda, class or module around a scope, comprehensions being part of it.
  package func executionScope(of scope: ScopeID) -> ScopeID {
    var current = scope
    while true {
      switch scopes[current.index].kind {
      case .module, .classBody, .function, .asyncFunction, .lambda: return current
      case .comprehension, .generatorExpression, .typeParameters:
        current = scopes[current.index].parent
      }
    }
  }

  /// The scope that a definition opens, by its node.
  package func scope(openedBy node: NodeID) -> ScopeID? {
    openedScopes[UInt64(node.rawValue)].map(ScopeID.init)
  }

  /// Whether any function is an `async def`.
  package var hasCoroutines: Bool {
    scopes.contains { $0.kind == .asyncFunction }
  }

  let openedScopes: IDTable

  static func key(_ scope: ScopeID, _ name: NameID) -> UInt64 {
    UInt64(scope.rawValue) << 32 | UInt64(name.rawValue)
  }
}
