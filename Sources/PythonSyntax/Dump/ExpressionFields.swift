// The fields of expressions, patterns and type parameters in a dump.

extension SyntaxTree {
  /// The fields of a node, in CPython's order.
  func dumpFields(_ id: NodeID) -> [DumpField] {
    statementFields(id) ?? expressionFields(id) ?? compoundFields(id) ?? patternFields(id) ?? []
  }

  private func expressionFields(_ id: NodeID) -> [DumpField]? {
    switch kind(id) {
    case .name:
      return name(id).map {
        [DumpField("id", .name($0.name)), DumpField("ctx", .symbol($0.context.className))]
      }
    case .constant:
      return [
        DumpField("value", .constant(id)), DumpField("kind", .constantPrefix(hasUnicodePrefix(id))),
      ]
    case .attribute:
      return attribute(id).map {
        [
          DumpField("value", .node($0.value)), DumpField("attr", .name($0.name)),
          DumpField("ctx", .symbol($0.context.className)),
        ]
      }
    case .call:
      return call(id).map {
        [
          DumpField("func", .node($0.function)), DumpField("args", .nodes($0.arguments)),
          DumpField("keywords", .nodes($0.keywords)),
        ]
      }
    case .keyword:
      return keyword(id).map {
        [DumpField("arg", .optionalName($0.name)), DumpField("value", .node($0.value))]
      }
    case .subscript:
      return self.subscript(id).map {
        [
          DumpField("value", .node($0.value)), DumpField("slice", .node($0.slice)),
          DumpField("ctx", .symbol($0.context.className)),
        ]
      }
    case .starred:
      return starred(id).map {
        [DumpField("value", .node($0.value)), DumpField("ctx", .symbol($0.context.className))]
      }
    case .list, .tuple:
      return (list(id) ?? tuple(id)).map {
        [DumpField("elts", .nodes($0.elements)), DumpField("ctx", .symbol($0.context.className))]
      }
    case .set: return set(id).map { [DumpField("elts", .nodes($0.elements))] }
    case .dict:
      return dict(id).map {
        [DumpField("keys", .optionalNodes($0.keys)), DumpField("values", .nodes($0.values))]
      }
    case .slice:
      return slice(id).map {
        [
          DumpField("lower", .optionalNode($0.lower)), DumpField("upper", .optionalNode($0.upper)),
          DumpField("step", .optionalNode($0.step)),
        ]
      }
    case .boolOp:
      return boolOp(id).map {
        [DumpField("op", .symbol($0.isAnd ? "And" : "Or")), DumpField("values", .nodes($0.values))]
      }
    case .binOp:
      return binOp(id).map {
        [
          DumpField("left", .node($0.left)), DumpField("op", .symbol($0.operator.className)),
          DumpField("right", .node($0.right)),
        ]
      }
    case .unaryOp:
      return unaryOp(id).map {
        [
          DumpField("op", .symbol($0.operator.className)), DumpField("operand", .node($0.operand)),
        ]
      }
    case .compare:
      return compare(id).map {
        [
          DumpField("left", .node($0.left)), DumpField("ops", .comparisonOperators($0)),
          DumpField("comparators", .nodes($0.comparators)),
        ]
      }
    case .awaitExpr, .yieldExpr, .yieldFrom:
      return (awaitExpr(id) ?? yieldExpr(id) ?? yieldFrom(id)).map {
        [DumpField("value", .optionalNode($0.value))]
      }
    default: return nil
    }
  }

  private func compoundFields(_ id: NodeID) -> [DumpField]? {
    switch kind(id) {
    case .namedExpr:
      return namedExpr(id).map {
        [DumpField("target", .node($0.target)), DumpField("value", .node($0.value))]
      }
    case .lambda:
      return lambda(id).map {
        [DumpField("args", .node($0.arguments)), DumpField("body", .node($0.body))]
      }
    case .ifExp:
      return ifExp(id).map {
        [
          DumpField("test", .node($0.test)), DumpField("body", .node($0.body)),
          DumpField("orelse", .node($0.orElse)),
        ]
      }
    case .listComp, .setComp, .generatorExp, .dictComp:
      guard let view = comprehension(id) else { return nil }
      let generators = DumpField("generators", .nodes(view.generators))
      guard let value = view.value else {
        return [DumpField("elt", .node(view.element)), generators]
      }
      return [DumpField("key", .node(view.element)), DumpField("value", .node(value)), generators]
    case .comprehension:
      return comprehensionFor(id).map {
        [
          DumpField("target", .node($0.target)), DumpField("iter", .node($0.iterable)),
          DumpField("ifs", .nodes($0.conditions)),
          DumpField("is_async", .number($0.isAsync ? 1 : 0)),
        ]
      }
    case .formattedValue, .interpolation:
      guard let view = formattedValue(id) ?? interpolation(id) else { return nil }
      var fields = [DumpField("value", .node(view.value))]
      if let text = interpolationText(id) { fields.append(DumpField("str", .sourceText(text))) }
      fields.append(DumpField("conversion", .number(view.conversion)))
      fields.append(DumpField("format_spec", .optionalNode(view.formatSpec)))
      return fields
    case .joinedStr, .templateStr:
      return (joinedStr(id) ?? templateStr(id)).map { [DumpField("values", .nodes($0.values))] }
    case .arguments:
      return arguments(id).map {
        [
          DumpField("posonlyargs", .nodes($0.positionalOnly)),
          DumpField("args", .nodes($0.positional)),
          DumpField("vararg", .optionalNode($0.variadic)),
          DumpField("kwonlyargs", .nodes($0.keywordOnly)),
          DumpField("kw_defaults", .optionalNodes($0.keywordDefaults)),
          DumpField("kwarg", .optionalNode($0.keywordVariadic)),
          DumpField("defaults", .nodes($0.defaults)),
        ]
      }
    case .arg:
      return arg(id).map {
        [
          DumpField("arg", .name($0.name)), DumpField("annotation", .optionalNode($0.annotation)),
          DumpField("type_comment", .absent),
        ]
      }
    default: return nil
    }
  }

  private func patternFields(_ id: NodeID) -> [DumpField]? {
    switch kind(id) {
    case .matchValue: return matchValue(id).map { [DumpField("value", .node($0.value))] }
    case .matchSingleton:
      return matchSingleton(id).map { [DumpField("value", .singleton($0.kind))] }
    case .matchSequence, .matchOr:
      return (matchSequence(id) ?? matchOr(id)).map {
        [DumpField("patterns", .nodes($0.patterns))]
      }
    case .matchMapping:
      return matchMapping(id).map {
        [
          DumpField("keys", .nodes($0.keys)), DumpField("patterns", .nodes($0.patterns)),
          DumpField("rest", .optionalName($0.rest)),
        ]
      }
    case .matchClass:
      return matchClass(id).map {
        [
          DumpField("cls", .node($0.cls)), DumpField("patterns", .nodes($0.patterns)),
          DumpField("kwd_attrs", .names($0.keywordNames)),
          DumpField("kwd_patterns", .nodes($0.keywordPatterns)),
        ]
      }
    case .matchStar: return matchStar(id).map { [DumpField("name", .optionalName($0.name))] }
    case .matchAs:
      return matchAs(id).map {
        [
          DumpField("pattern", .optionalNode($0.pattern)),
          DumpField("name", .optionalName($0.name)),
        ]
      }
    case .typeVar:
      return typeParameter(id).map {
        [
          DumpField("name", .name($0.name)), DumpField("bound", .optionalNode($0.bound)),
          DumpField("default_value", .optionalNode($0.defaultValue)),
        ]
      }
    case .paramSpec, .typeVarTuple:
      return typeParameter(id).map {
        [
          DumpField("name", .name($0.name)),
          DumpField("default_value", .optionalNode($0.defaultValue)),
        ]
      }
    default: return nil
    }
  }
}
