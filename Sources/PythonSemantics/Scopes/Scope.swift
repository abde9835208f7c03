package import PythonSyntax

/// A scope of one ``SemanticModel``; the module's is the first.
package struct ScopeID: Hashable, Sendable {
  package let rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  package var index: Int { Int(rawValue) }

  package static let module = ScopeID(0)
}

/// What opens a scope.
package enum ScopeKind: UInt8, Sendable, CaseIterable {
  case module
  case classBody
  case function
  case asyncFunction
  case lambda
  /// A list, set or dict comprehension: runs in place.
  case comprehension
  /// A generator expression: runs when somebody iterates it.
  case generatorExpression
  /// The annotation scope around a generic function, class or `type` statement.
  case typeParameters

  /// Whether a call is needed to run the scope's code.
  package var isFunctionLike: Bool {
    switch self {
    case .function, .asyncFunction, .lambda: true
    case .module, .classBody, .comprehension, .generatorExpression, .typeParameters: false
    }
  }
}

/// A region of the source with its own names.
///
/// **Source:** the Python reference, section 4.2.2, Resolution of names.
package struct Scope: Sendable {
  package let kind: ScopeKind
  /// The module, function, class, lambda or comprehension.
  package let node: NodeID
  /// The enclosing scope; the module's is itself.
  package let parent: ScopeID
  /// Whether a `yield` makes it a generator.
  package internal(set) var isGenerator = false
}

/// A name in the scope that owns it.
package struct VariableID: Hashable, Sendable {
  package let rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  package var index: Int { Int(rawValue) }
}

/// A name of one scope, with all the places that bind it.
package struct Variable: Sendable {
  package let scope: ScopeID
  package let name: NameID
  /// In source order.
  package internal(set) var bindings: [Binding] = []
}

/// One place where a name gets a value.
package struct Binding: Sendable {
  package let kind: BindingKind
  /// The name, parameter, alias, definition or pattern that binds.
  package let node: NodeID
}

/// The form of a binding.
package enum BindingKind: UInt8, Sendable {
  case parameter
  /// `x = value`, also as one of several targets.
  case assignment
  /// `x: T = value` or `x: T`.
  case annotated
  /// `x += value`.
  case augmented
  /// `(x := value)`.
  case named
  case forTarget
  case comprehensionTarget
  case withTarget
  /// Part of a tuple or list target of any statement.
  case unpacked
  case exceptTarget
  case `import`
  case importFrom
  case function
  case classDef
  case pattern
  case deletion
  case typeParameter
  case typeAlias
}
