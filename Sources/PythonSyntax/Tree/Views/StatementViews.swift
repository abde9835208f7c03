// Typed views of statements: small values made on demand by `SyntaxTree.<kind>(_:)`.
// Optional nodes are absent as `nil`; lists keep source order.

/// A `def` or `async def`.
package struct FunctionDef: Sendable {
  package let isAsync: Bool
  package let name: NameID
  /// Where the identifier after `def` starts (``SyntaxTree/nameSpan(at:)``).
  package let nameStart: UInt32
  /// The node of kind `arguments`.
  package let arguments: NodeID
  package let body: NodeList
  /// Decorator expressions, without the `@`.
  package let decorators: NodeList
  package let returns: NodeID?
  package let typeParameters: NodeList
}

/// A `class` statement.
package struct ClassDef: Sendable {
  package let name: NameID
  /// Where the identifier after `class` starts (``SyntaxTree/nameSpan(at:)``).
  package let nameStart: UInt32
  package let bases: NodeList
  /// Nodes of kind `keyword`.
  package let keywords: NodeList
  package let body: NodeList
  package let decorators: NodeList
  package let typeParameters: NodeList
}

/// `return` with its value.
package struct ReturnStmt: Sendable { package let value: NodeID? }

/// `del a, b`.
package struct DeleteStmt: Sendable { package let targets: NodeList }

/// `a = b = value`.
package struct Assign: Sendable {
  package let targets: NodeList
  package let value: NodeID
}

/// `type Name[T] = value`.
package struct TypeAlias: Sendable {
  package let name: NodeID
  package let typeParameters: NodeList
  package let value: NodeID
}

/// `target += value`.
package struct AugAssign: Sendable {
  package let target: NodeID
  package let `operator`: BinaryOperator
  package let value: NodeID
}

/// `target: annotation = value`.
package struct AnnAssign: Sendable {
  package let target: NodeID
  package let annotation: NodeID
  package let value: NodeID?
  /// Whether the target is a plain name without parentheses (CPython's `simple`).
  package let isSimple: Bool
}

/// `for` or `async for`.
package struct ForStmt: Sendable {
  package let isAsync: Bool
  package let target: NodeID
  package let iterable: NodeID
  package let body: NodeList
  package let orElse: NodeList
}

/// `while`.
package struct WhileStmt: Sendable {
  package let test: NodeID
  package let body: NodeList
  package let orElse: NodeList
}

/// `if`; an `elif` is an `ifStmt` alone in ``orElse``.
package struct IfStmt: Sendable {
  package let test: NodeID
  package let body: NodeList
  package let orElse: NodeList
}

/// `with` or `async with`.
package struct WithStmt: Sendable {
  package let isAsync: Bool
  /// Nodes of kind `withItem`.
  package let items: NodeList
  package let body: NodeList
}

/// One `expr as target` of a `with`.
package struct WithItem: Sendable {
  package let contextExpr: NodeID
  package let target: NodeID?
}

/// `match`.
package struct MatchStmt: Sendable {
  package let subject: NodeID
  /// Nodes of kind `matchCase`.
  package let cases: NodeList
}

/// One `case` of a `match`.
package struct MatchCase: Sendable {
  package let pattern: NodeID
  package let guardExpr: NodeID?
  package let body: NodeList
}

/// `raise exception from cause`.
package struct RaiseStmt: Sendable {
  package let exception: NodeID?
  package let cause: NodeID?
}

/// `try`; ``isStar`` tells `except*`.
package struct TryStmt: Sendable {
  package let isStar: Bool
  package let body: NodeList
  /// Nodes of kind `exceptHandler`.
  package let handlers: NodeList
  package let orElse: NodeList
  package let finalBody: NodeList
}

/// One `except` clause.
package struct ExceptHandler: Sendable {
  package let type: NodeID?
  package let name: NameID?
  package let body: NodeList
}

/// `assert test, message`.
package struct AssertStmt: Sendable {
  package let test: NodeID
  package let message: NodeID?
}

/// `import a.b as c`; the aliases are nodes of kind `alias`.
package struct ImportStmt: Sendable { package let aliases: NodeList }

/// `from ..module import names`.
package struct ImportFrom: Sendable {
  /// The dotted module name, interned whole; `nil` in `from . import x`.
  package let module: NameID?
  /// Nodes of kind `alias`; a star import is one alias named `*`.
  package let aliases: NodeList
  /// The number of leading dots.
  package let level: Int
}

/// One `name as asName` of an import.
package struct ImportAlias: Sendable {
  /// The dotted name, interned whole.
  package let name: NameID
  package let asName: NameID?
}

/// `global` or `nonlocal`.
package struct ScopeDeclaration: Sendable { package let names: NameList }

/// An expression as a statement.
package struct ExprStmt: Sendable { package let value: NodeID }
