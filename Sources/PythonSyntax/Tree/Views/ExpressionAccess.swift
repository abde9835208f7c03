// How expressions and helpers lie in the slots of a node, and the views of them.

extension SyntaxTree {
  /// Slots: list; flag: 1 for `and`.
  package func boolOp(_ id: NodeID) -> BoolOp? {
    guard isKind(id, .boolOp) else { return nil }
    return BoolOp(isAnd: flags[id.index] == 1, values: slotList(id))
  }

  /// Slots: target, value.
  package func namedExpr(_ id: NodeID) -> NamedExpr? {
    guard isKind(id, .namedExpr) else { return nil }
    return NamedExpr(target: NodeID(slotA(id)), value: NodeID(slotB(id)))
  }

  /// Slots: left, right; flag: operator.
  package func binOp(_ id: NodeID) -> BinOp? {
    guard isKind(id, .binOp), let op = BinaryOperator(rawValue: flags[id.index]) else {
      return nil
    }
    return BinOp(left: NodeID(slotA(id)), operator: op, right: NodeID(slotB(id)))
  }

  /// Slots: operand; flag: operator.
  package func unaryOp(_ id: NodeID) -> UnaryOp? {
    guard isKind(id, .unaryOp), let op = UnaryOperator(rawValue: flags[id.index]) else {
      return nil
    }
    return UnaryOp(operator: op, operand: NodeID(slotA(id)))
  }

  /// Slots: arguments, body.
  package func lambda(_ id: NodeID) -> Lambda? {
    guard isKind(id, .lambda) else { return nil }
    return Lambda(arguments: NodeID(slotA(id)), body: NodeID(slotB(id)))
  }

  /// Slots: test, e = [body, else].
  package func ifExp(_ id: NodeID) -> IfExp? {
    guard isKind(id, .ifExp) else { return nil }
    let e = Int(slotB(id))
    return IfExp(
      test: NodeID(slotA(id)), body: NodeID(extra[e]), orElse: NodeID(extra[e + 1]))
  }

  /// Slots: start of keys, count; the values follow the keys.
  package func dict(_ id: NodeID) -> DictDisplay? {
    guard isKind(id, .dict) else { return nil }
    let keys = slotList(id)
    return DictDisplay(
      keys: keys, values: NodeList(start: keys.start + keys.count, count: keys.count))
  }

  /// Slots: list.
  package func set(_ id: NodeID) -> Elements? {
    isKind(id, .set) ? Elements(elements: slotList(id), context: .load) : nil
  }

  /// Slots: list; flag: context.
  package func list(_ id: NodeID) -> Elements? {
    isKind(id, .list) ? Elements(elements: slotList(id), context: context(id)) : nil
  }

  /// Slots: list; flag: context.
  package func tuple(_ id: NodeID) -> Elements? {
    isKind(id, .tuple) ? Elements(elements: slotList(id), context: context(id)) : nil
  }

  /// A list, set or dict comprehension or a generator expression.
  ///
  /// Slots: element, e = [generators] or, for a dict, [value, generators].
  package func comprehension(_ id: NodeID) -> Comprehension? {
    let e = Int(slotB(id))
    switch kinds[id.index] {
    case .listComp, .setComp, .generatorExp:
      return Comprehension(element: NodeID(slotA(id)), value: nil, generators: list(at: e))
    case .dictComp:
      return Comprehension(
        element: NodeID(slotA(id)), value: NodeID(extra[e]), generators: list(at: e + 1))
    default:
      return nil
    }
  }

  /// A node of kind `comprehension`. Slots: target, e = [iterable, conditions]; flag: 1 for async.
  package func comprehensionFor(_ id: NodeID) -> ComprehensionFor? {
    guard isKind(id, .comprehension) else { return nil }
    let e = Int(slotB(id))
    return ComprehensionFor(
      isAsync: flags[id.index] == 1, target: NodeID(slotA(id)), iterable: NodeID(extra[e]),
      conditions: list(at: e + 1))
  }

  /// Slots: value.
  package func awaitExpr(_ id: NodeID) -> ValueExpr? {
    isKind(id, .awaitExpr) ? ValueExpr(value: node(slotA(id))) : nil
  }

  /// Slots: value?.
  package func yieldExpr(_ id: NodeID) -> ValueExpr? {
    isKind(id, .yieldExpr) ? ValueExpr(value: node(slotA(id))) : nil
  }

  /// Slots: value.
  package func yieldFrom(_ id: NodeID) -> ValueExpr? {
    isKind(id, .yieldFrom) ? ValueExpr(value: node(slotA(id))) : nil
  }

  /// Slots: left, e = [count, comparators…, operators…].
  package func compare(_ id: NodeID) -> Compare? {
    guard isKind(id, .compare) else { return nil }
    let e = slotB(id)
    let count = extra[Int(e)]
    return Compare(
      left: NodeID(slotA(id)), comparators: NodeList(start: e + 1, count: count),
      operatorStart: e + 1 + count)
  }

  /// The operator before the comparator at a position.
  package func comparisonOperator(_ compare: Compare, at position: Int) -> ComparisonOperator {
    precondition(position >= 0 && position < Int(compare.comparators.count))
    let raw = UInt8(truncatingIfNeeded: extra[Int(compare.operatorStart) + position])
    return ComparisonOperator(rawValue: raw) ?? .eq
  }

  /// Slots: function, e = [argument count, keyword count, arguments…, keywords…].
  package func call(_ id: NodeID) -> Call? {
    guard isKind(id, .call) else { return nil }
    let e = slotB(id)
    let arguments = extra[Int(e)]
    return Call(
      function: NodeID(slotA(id)), arguments: NodeList(start: e + 2, count: arguments),
      keywords: NodeList(start: e + 2 + arguments, count: extra[Int(e) + 1]))
  }

  /// Slots: name?, value.
  package func keyword(_ id: NodeID) -> Keyword? {
    guard isKind(id, .keyword) else { return nil }
    return Keyword(name: name(slotA(id)), value: NodeID(slotB(id)))
  }

  /// Slots: value, specification?; flag: conversion character or 0.
  package func formattedValue(_ id: NodeID) -> FormattedValue? {
    guard isKind(id, .formattedValue) else { return nil }
    return FormattedValue(
      value: NodeID(slotA(id)), conversion: conversion(id), formatSpec: node(slotB(id)))
  }

  /// One `{…}` of a template string. Slots: value, e = [specification?, start and end of the text
  /// of the expression]; flag: conversion character or 0.
  package func interpolation(_ id: NodeID) -> FormattedValue? {
    guard isKind(id, .interpolation) else { return nil }
    return FormattedValue(
      value: NodeID(slotA(id)), conversion: conversion(id),
      formatSpec: node(extra[Int(slotB(id))]))
  }

  /// The source of the expression of an interpolation.
  package func interpolationText(_ id: NodeID) -> ByteSpan? {
    guard isKind(id, .interpolation) else { return nil }
    let e = Int(slotB(id))
    return ByteSpan(start: extra[e + 1], end: extra[e + 2])
  }

  /// Slots: list.
  package func joinedStr(_ id: NodeID) -> JoinedStr? {
    isKind(id, .joinedStr) ? JoinedStr(values: slotList(id)) : nil
  }

  /// Slots: list.
  package func templateStr(_ id: NodeID) -> JoinedStr? {
    isKind(id, .templateStr) ? JoinedStr(values: slotList(id)) : nil
  }

  /// Slots: nothing, or e = segments of an f-string and their count; flag: kind.
  package func constant(_ id: NodeID) -> Constant? {
    guard let kind = constantKind(id) else { return nil }
    return Constant(kind: kind)
  }

  /// What a constant is; `nil` for every other kind of node.
  package func constantKind(_ id: NodeID) -> ConstantKind? {
    guard isKind(id, .constant) else { return nil }
    return ConstantKind(rawValue: flags[id.index] & 0x0F)
  }

  /// Slots: value, name; flag: context.
  package func attribute(_ id: NodeID) -> Attribute? {
    guard isKind(id, .attribute) else { return nil }
    let record = records[id.index]
    return Attribute(
      value: NodeID(record.a), name: NameID(record.b), context: context(id))
  }

  /// The identifier of an attribute, which ends its node.
  package func nameSpan(ofAttribute id: NodeID) -> ByteSpan { identifierSpan(to: span(id).end) }

  /// Slots: value, slice; flag: context.
  package func `subscript`(_ id: NodeID) -> Subscript? {
    guard isKind(id, .subscript) else { return nil }
    return Subscript(
      value: NodeID(slotA(id)), slice: NodeID(slotB(id)), context: context(id))
  }

  /// Slots: value; flag: context.
  package func starred(_ id: NodeID) -> Starred? {
    guard isKind(id, .starred) else { return nil }
    return Starred(value: NodeID(slotA(id)), context: context(id))
  }

  /// Slots: name; flag: context.
  package func name(_ id: NodeID) -> Name? {
    guard isKind(id, .name) else { return nil }
    return Name(name: NameID(slotA(id)), context: context(id))
  }

  /// Slots: lower?, e = [upper?, step?].
  package func slice(_ id: NodeID) -> Slice? {
    guard isKind(id, .slice) else { return nil }
    let e = Int(slotB(id))
    return Slice(lower: node(slotA(id)), upper: node(extra[e]), step: node(extra[e + 1]))
  }

  /// Slots: none for no parameters, or e = [positional-only, positional, variadic?, keyword-only,
  /// start of keyword defaults, keyword variadic?, defaults].
  package func arguments(_ id: NodeID) -> Arguments? {
    guard isKind(id, .arguments) else { return nil }
    guard slotB(id) != NodeRecord.none else {
      return Arguments(
        positionalOnly: .empty, positional: .empty, variadic: nil, keywordOnly: .empty,
        keywordDefaults: .empty, keywordVariadic: nil, defaults: .empty)
    }
    let e = Int(slotB(id))
    let keywordOnly = list(at: e + 5)
    return Arguments(
      positionalOnly: list(at: e), positional: list(at: e + 2), variadic: node(extra[e + 4]),
      keywordOnly: keywordOnly,
      keywordDefaults: NodeList(start: extra[e + 7], count: keywordOnly.count),
      keywordVariadic: node(extra[e + 8]), defaults: list(at: e + 9))
  }

  /// Slots: name, annotation?.
  package func arg(_ id: NodeID) -> Arg? {
    guard isKind(id, .arg) else { return nil }
    return Arg(name: NameID(slotA(id)), annotation: node(slotB(id)))
  }

  func context(_ id: NodeID) -> ExprContext {
    ExprContext(rawValue: flags[id.index] & 0x03) ?? .load
  }

  func conversion(_ id: NodeID) -> Int {
    flags[id.index] == 0 ? -1 : Int(flags[id.index])
  }
}
