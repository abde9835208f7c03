/// The kind of a syntax node; every case is a class of CPython's abstract grammar.
///
/// **Source:** `Parser/Python.asdl` of CPython 3.13 and 3.14. Two kinds are our own: ``errorStmt``
/// and ``errorExpr`` stand where the source could not be parsed.
@usableFromInline
package enum NodeKind: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case module

  // Statements.
  case functionDef
  case asyncFunctionDef
  case classDef
  case returnStmt
  case deleteStmt
  case assign
  case typeAlias
  case augAssign
  case annAssign
  case forStmt
  case asyncFor
  case whileStmt
  case ifStmt
  case withStmt
  case asyncWith
  case matchStmt
  case raiseStmt
  case tryStmt
  case tryStar
  case assertStmt
  case importStmt
  case importFrom
  case globalStmt
  case nonlocalStmt
  case exprStmt
  case passStmt
  case breakStmt
  case continueStmt
  case errorStmt

  // Expressions.
  case boolOp
  case namedExpr
  case binOp
  case unaryOp
  case lambda
  case ifExp
  case dict
  case set
  case listComp
  case setComp
  case dictComp
  case generatorExp
  case awaitExpr
  case yieldExpr
  case yieldFrom
  case compare
  case call
  case formattedValue
  case interpolation
  case joinedStr
  case templateStr
  case constant
  case attribute
  case `subscript`
  case starred
  case name
  case list
  case tuple
  case slice
  case errorExpr

  // Helpers.
  case comprehension
  case exceptHandler
  case arguments
  case arg
  case keyword
  case alias
  case withItem
  case matchCase

  // Patterns.
  case matchValue
  case matchSingleton
  case matchSequence
  case matchMapping
  case matchClass
  case matchStar
  case matchAs
  case matchOr

  // Type parameters.
  case typeVar
  case paramSpec
  case typeVarTuple
}

/// Whether an expression is read, bound or deleted: CPython's `expr_context`.
@usableFromInline
package enum ExprContext: UInt8, Sendable {
  case load
  case store
  case delete
}

/// A binary operator: CPython's `operator`.
@usableFromInline
package enum BinaryOperator: UInt8, Sendable, CaseIterable {
  case add, sub, mult, matMult, div, mod, pow, lShift, rShift, bitOr, bitXor, bitAnd, floorDiv
}

/// A unary operator: CPython's `unaryop`.
@usableFromInline
package enum UnaryOperator: UInt8, Sendable, CaseIterable {
  case invert, not, plus, minus
}

/// A comparison operator: CPython's `cmpop`.
@usableFromInline
package enum ComparisonOperator: UInt8, Sendable, CaseIterable {
  case eq, notEq, lt, ltE, gt, gtE, `is`, isNot, `in`, notIn
}

/// What a constant is; its value is read with the tree's `constantValue` functions.
@usableFromInline
package enum ConstantKind: UInt8, Sendable, CaseIterable {
  case none, `true`, `false`, ellipsis, int, float, complex, string, bytes
}
