// CPython's names of kinds and operators.

extension NodeKind {
  /// The name of the class in CPython's `ast`.
  package var className: StaticString {
    switch self {
    case .module: "Module"
    case .functionDef: "FunctionDef"
    case .asyncFunctionDef: "AsyncFunctionDef"
    case .classDef: "ClassDef"
    case .returnStmt: "Return"
    case .deleteStmt: "Delete"
    case .assign: "Assign"
    case .typeAlias: "TypeAlias"
    case .augAssign: "AugAssign"
    case .annAssign: "AnnAssign"
    case .forStmt: "For"
    case .asyncFor: "AsyncFor"
    case .whileStmt: "While"
    case .ifStmt: "If"
    case .withStmt: "With"
    case .asyncWith: "AsyncWith"
    case .matchStmt: "Match"
    case .raiseStmt: "Raise"
    case .tryStmt: "Try"
    case .tryStar: "TryStar"
    case .assertStmt: "Assert"
    case .importStmt: "Import"
    case .importFrom: "ImportFrom"
    case .globalStmt: "Global"
    case .nonlocalStmt: "Nonlocal"
    case .exprStmt: "Expr"
    case .passStmt: "Pass"
    case .breakStmt: "Break"
    case .continueStmt: "Continue"
    case .errorStmt: "ErrorStmt"
    case .boolOp: "BoolOp"
    case .namedExpr: "NamedExpr"
    case .binOp: "BinOp"
    case .unaryOp: "UnaryOp"
    case .lambda: "Lambda"
    case .ifExp: "IfExp"
    case .dict: "Dict"
    case .set: "Set"
    case .listComp: "ListComp"
    case .setComp: "SetComp"
    case .dictComp: "DictComp"
    case .generatorExp: "GeneratorExp"
    case .awaitExpr: "Await"
    case .yieldExpr: "Yield"
    case .yieldFrom: "YieldFrom"
    case .compare: "Compare"
    case .call: "Call"
    case .formattedValue: "FormattedValue"
    case .interpolation: "Interpolation"
    case .joinedStr: "JoinedStr"
    case .templateStr: "TemplateStr"
    case .constant: "Constant"
    case .attribute: "Attribute"
    case .subscript: "Subscript"
    case .starred: "Starred"
    case .name: "Name"
    case .list: "List"
    case .tuple: "Tuple"
    case .slice: "Slice"
    case .errorExpr: "ErrorExpr"
    case .comprehension: "comprehension"
    case .exceptHandler: "ExceptHandler"
    case .arguments: "arguments"
    case .arg: "arg"
    case .keyword: "keyword"
    case .alias: "alias"
    case .withItem: "withitem"
    case .matchCase: "match_case"
    case .matchValue: "MatchValue"
    case .matchSingleton: "MatchSingleton"
    case .matchSequence: "MatchSequence"
    case .matchMapping: "MatchMapping"
    case .matchClass: "MatchClass"
    case .matchStar: "MatchStar"
    case .matchAs: "MatchAs"
    case .matchOr: "MatchOr"
    case .typeVar: "TypeVar"
    case .paramSpec: "ParamSpec"
    case .typeVarTuple: "TypeVarTuple"
    }
  }

  /// Whether nodes of the kind have a position in CPython's `ast`.
  package var hasPosition: Bool {
    switch self {
    case .module, .comprehension, .arguments, .withItem, .matchCase: false
    default: true
    }
  }
}

extension ExprContext {
  /// The name of the class in CPython's `ast`.
  package var className: StaticString {
    switch self {
    case .load: "Load"
    case .store: "Store"
    case .delete: "Del"
    }
  }
}

extension BinaryOperator {
  /// The name of the class in CPython's `ast`.
  package var className: StaticString {
    switch self {
    case .add: "Add"
    case .sub: "Sub"
    case .mult: "Mult"
    case .matMult: "MatMult"
    case .div: "Div"
    case .mod: "Mod"
    case .pow: "Pow"
    case .lShift: "LShift"
    case .rShift: "RShift"
    case .bitOr: "BitOr"
    case .bitXor: "BitXor"
    case .bitAnd: "BitAnd"
    case .floorDiv: "FloorDiv"
    }
  }
}

extension UnaryOperator {
  /// The name of the class in CPython's `ast`.
  package var className: StaticString {
    switch self {
    case .invert: "Invert"
    case .not: "Not"
    case .plus: "UAdd"
    case .minus: "USub"
    }
  }
}

extension ComparisonOperator {
  /// The name of the class in CPython's `ast`.
  package var className: StaticString {
    switch self {
    case .eq: "Eq"
    case .notEq: "NotEq"
    case .lt: "Lt"
    case .ltE: "LtE"
    case .gt: "Gt"
    case .gtE: "GtE"
    case .is: "Is"
    case .isNot: "IsNot"
    case .in: "In"
    case .notIn: "NotIn"
    }
  }
}
