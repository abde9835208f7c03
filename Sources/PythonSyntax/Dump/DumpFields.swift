/// The value of one field of a node in a dump.
enum DumpValue {
  case node(NodeID)
  case optionalNode(NodeID?)
  case nodes(NodeList)
  case optionalNodes(NodeList)
  case name(NameID)
  case optionalName(NameID?)
  case names(NameList)
  case number(Int)
  case optionalNumber(Int?)
  /// A node without fields, such as an operator or context.
  case symbol(StaticString)
  case comparisonOperators(Compare)
  case constant(NodeID)
  /// The value of a `MatchSingleton`.
  case singleton(ConstantKind)
  /// The `kind` of a constant.
  case constantPrefix(Bool)
  /// A `str` constant with the text of the source.
  case sourceText(ByteSpan)
  case absent
  case emptyList
}

/// One field of a node in a dump, by CPython's name.
struct DumpField {
  let name: StaticString
  let value: DumpValue

  init(_ name: StaticString, _ value: DumpValue) {
    self.name = name
    self.value = value
  }
}

extension SyntaxTree {
  /// The fields of a statement, handler, case or alias; `nil` for other nodes.
  func statementFields(_ id: NodeID) -> [DumpField]? {
    if let view = functionDef(id) {
      return [
        DumpField("name", .name(view.name)), DumpField("args", .node(view.arguments)),
        DumpField("body", .nodes(view.body)), DumpField("decorator_list", .nodes(view.decorators)),
        DumpField("returns", .optionalNode(view.returns)), DumpField("type_comment", .absent),
        DumpField("type_params", .nodes(view.typeParameters)),
      ]
    }
    if let view = classDef(id) {
      return [
        DumpField("name", .name(view.name)), DumpField("bases", .nodes(view.bases)),
        DumpField("keywords", .nodes(view.keywords)), DumpField("body", .nodes(view.body)),
        DumpField("decorator_list", .nodes(view.decorators)),
        DumpField("type_params", .nodes(view.typeParameters)),
      ]
    }
    if let view = assign(id) {
      return [
        DumpField("targets", .nodes(view.targets)), DumpField("value", .node(view.value)),
        DumpField("type_comment", .absent),
      ]
    }
    if let view = forStmt(id) {
      return [
        DumpField("target", .node(view.target)), DumpField("iter", .node(view.iterable)),
        DumpField("body", .nodes(view.body)), DumpField("orelse", .nodes(view.orElse)),
        DumpField("type_comment", .absent),
      ]
    }
    if let view = withStmt(id) {
      return [
        DumpField("items", .nodes(view.items)), DumpField("body", .nodes(view.body)),
        DumpField("type_comment", .absent),
      ]
    }
    if let view = tryStmt(id) {
      return [
        DumpField("body", .nodes(view.body)), DumpField("handlers", .nodes(view.handlers)),
        DumpField("orelse", .nodes(view.orElse)), DumpField("finalbody", .nodes(view.finalBody)),
      ]
    }
    return smallStatementFields(id)
  }

  private func smallStatementFields(_ id: NodeID) -> [DumpField]? {
    switch kind(id) {
    case .module:
      return [DumpField("body", .nodes(slotList(id))), DumpField("type_ignores", .emptyList)]
    case .exprStmt: return exprStmt(id).map { [DumpField("value", .node($0.value))] }
    case .returnStmt: return returnStmt(id).map { [DumpField("value", .optionalNode($0.value))] }
    case .deleteStmt: return deleteStmt(id).map { [DumpField("targets", .nodes($0.targets))] }
    case .typeAlias:
      return typeAlias(id).map {
        [
          DumpField("name", .node($0.name)), DumpField("type_params", .nodes($0.typeParameters)),
          DumpField("value", .node($0.value)),
        ]
      }
    case .augAssign:
      return augAssign(id).map {
        [
          DumpField("target", .node($0.target)), DumpField("op", .symbol($0.operator.className)),
          DumpField("value", .node($0.value)),
        ]
      }
    case .annAssign:
      return annAssign(id).map {
        [
          DumpField("target", .node($0.target)), DumpField("annotation", .node($0.annotation)),
          DumpField("value", .optionalNode($0.value)),
          DumpField("simple", .number($0.isSimple ? 1 : 0)),
        ]
      }
    case .whileStmt, .ifStmt:
      let view =
        ifStmt(id)
        ?? whileStmt(id).map {
          IfStmt(test: $0.test, body: $0.body, orElse: $0.orElse)
        }
      return view.map {
        [
          DumpField("test", .node($0.test)), DumpField("body", .nodes($0.body)),
          DumpField("orelse", .nodes($0.orElse)),
        ]
      }
    case .matchStmt:
      return matchStmt(id).map {
        [DumpField("subject", .node($0.subject)), DumpField("cases", .nodes($0.cases))]
      }
    case .matchCase:
      return matchCase(id).map {
        [
          DumpField("pattern", .node($0.pattern)), DumpField("guard", .optionalNode($0.guardExpr)),
          DumpField("body", .nodes($0.body)),
        ]
      }
    case .raiseStmt:
      return raiseStmt(id).map {
        [
          DumpField("exc", .optionalNode($0.exception)),
          DumpField("cause", .optionalNode($0.cause)),
        ]
      }
    case .assertStmt:
      return assertStmt(id).map {
        [DumpField("test", .node($0.test)), DumpField("msg", .optionalNode($0.message))]
      }
    case .importStmt: return importStmt(id).map { [DumpField("names", .nodes($0.aliases))] }
    case .importFrom:
      return importFrom(id).map {
        [
          DumpField("module", .optionalName($0.module)), DumpField("names", .nodes($0.aliases)),
          DumpField("level", .number($0.level)),
        ]
      }
    case .globalStmt: return globalStmt(id).map { [DumpField("names", .names($0.names))] }
    case .nonlocalStmt: return nonlocalStmt(id).map { [DumpField("names", .names($0.names))] }
    case .exceptHandler:
      return exceptHandler(id).map {
        [
          DumpField("type", .optionalNode($0.type)), DumpField("name", .optionalName($0.name)),
          DumpField("body", .nodes($0.body)),
        ]
      }
    case .alias:
      return alias(id).map {
        [DumpField("name", .name($0.name)), DumpField("asname", .optionalName($0.asName))]
      }
    case .withItem:
      return withItem(id).map {
        [
          DumpField("context_expr", .node($0.contextExpr)),
          DumpField("optional_vars", .optionalNode($0.target)),
        ]
      }
    case .passStmt, .breakStmt, .continueStmt: return []
    case .errorStmt, .errorExpr: return [DumpField("parts", .nodes(slotList(id)))]
    default: return nil
    }
  }
}
