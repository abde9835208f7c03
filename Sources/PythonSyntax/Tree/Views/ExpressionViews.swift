// Typed views of expressions and helpers: small values made on demand by `SyntaxTree.<kind>(_:)`.

/// `a and b and c`.
package struct BoolOp: Sendable {
  package let isAnd: Bool
  package let values: NodeList
}

/// `target := value`.
package struct NamedExpr: Sendable {
  package let target: NodeID
  package let value: NodeID
}

/// `left op right`.
package struct BinOp: Sendable {
  package let left: NodeID
  package let `operator`: BinaryOperator
  package let right: NodeID
}

/// `op operand`.
package struct UnaryOp: Sendable {
  package let `operator`: UnaryOperator
  package let operand: NodeID
}

/// `lambda arguments: body`.
package struct Lambda: Sendable {
  package let arguments: NodeID
  package let body: NodeID
}

/// `body if test else orElse`.
package struct IfExp: Sendable {
  package let test: NodeID
  package let body: NodeID
  package let orElse: NodeID
}

/// `{k: v, **other}`.
package struct DictDisplay: Sendable {
  /// Keys in order; `nil` for `**other`. Read with ``SyntaxTree/optionalNodes(_:)``.
  package let keys: NodeList
  package let values: NodeList
}

/// The elements of a set, list or tuple display.
package struct Elements: Sendable {
  package let elements: NodeList
  package let context: ExprContext
}

/// A list, set, dict comprehension or generator expression.
package struct Comprehension: Sendable {
  /// The element, or the key of a dict comprehension.
  package let element: NodeID
  /// The value of a dict comprehension.
  package let value: NodeID?
  /// Nodes of kind `comprehension`.
  package let generators: NodeList
}

/// One `for target in iterable if …` of a comprehension.
package struct ComprehensionFor: Sendable {
  package let isAsync: Bool
  package let target: NodeID
  package let iterable: NodeID
  package let conditions: NodeList
}

/// The operand of `await`, `yield` or `yield from`.
package struct ValueExpr: Sendable { package let value: NodeID? }

/// `left op a op b`.
package struct Compare: Sendable {
  package let left: NodeID
  package let comparators: NodeList
  /// The number of operators equals the number of comparators; read them with
  /// ``SyntaxTree/comparisonOperator(_:at:)``.
  package let operatorStart: UInt32
}

/// `function(arguments, keyword=value)`.
package struct Call: Sendable {
  package let function: NodeID
  /// Positional arguments; `*args` is a node of kind `starred`.
  package let arguments: NodeList
  /// Nodes of kind `keyword`; `**kwargs` is a keyword without a name.
  package let keywords: NodeList
}

/// `name=value` of a call or class; ``name`` is `nil` for `**value`.
package struct Keyword: Sendable {
  package let name: NameID?
  package let value: NodeID
}

/// One `{value!r:spec}` of an f-string or template string.
package struct FormattedValue: Sendable {
  package let value: NodeID
  /// `s`, `r` or `a` as ASCII, or -1.
  package let conversion: Int
  /// A node of kind `joinedStr` (or `templateStr`).
  package let formatSpec: NodeID?
}

/// The parts of an f-string or template string, implicit concatenation already joined.
package struct JoinedStr: Sendable { package let values: NodeList }

/// A literal constant.
package struct Constant: Sendable {
  package let kind: ConstantKind
}

/// `value.name`.
package struct Attribute: Sendable {
  package let value: NodeID
  package let name: NameID
  package let context: ExprContext
}

/// `value[slice]`.
package struct Subscript: Sendable {
  package let value: NodeID
  package let slice: NodeID
  package let context: ExprContext
}

/// `*value`.
package struct Starred: Sendable {
  package let value: NodeID
  package let context: ExprContext
}

/// An identifier.
package struct Name: Sendable {
  package let name: NameID
  package let context: ExprContext
}

/// `lower:upper:step`.
package struct Slice: Sendable {
  package let lower: NodeID?
  package let upper: NodeID?
  package let step: NodeID?
}

/// The parameters of a function or lambda, as CPython's `arguments`.
package struct Arguments: Sendable {
  /// Nodes of kind `arg`.
  package let positionalOnly: NodeList
  package let positional: NodeList
  package let variadic: NodeID?
  package let keywordOnly: NodeList
  /// One per keyword-only parameter; read with ``SyntaxTree/optionalNodes(_:)``.
  package let keywordDefaults: NodeList
  package let keywordVariadic: NodeID?
  /// Defaults of the last positional parameters.
  package let defaults: NodeList
}

/// One parameter.
package struct Arg: Sendable {
  package let name: NameID
  package let annotation: NodeID?
}
