// How statements lie in the slots of a node, and the views of them. `e` is an index into `extra`;
// a list is two neighbouring slots: start and count.

extension SyntaxTree {
  /// The statements of the module. Slots: list.
  package func module(_ id: NodeID) -> NodeList? {
    isKind(id, .module) ? slotList(id) : nil
  }

  /// Slots: name, e = [name start, arguments, returns?, body, decorators, type parameters].
  package func functionDef(_ id: NodeID) -> FunctionDef? {
    let isAsync = isKind(id, .asyncFunctionDef)
    guard isAsync || isKind(id, .functionDef) else { return nil }
    let e = Int(slotB(id))
    return FunctionDef(
      isAsync: isAsync, name: NameID(slotA(id)), nameStart: extra[e],
      arguments: NodeID(extra[e + 1]), body: list(at: e + 3), decorators: list(at: e + 5),
      returns: node(extra[e + 2]), typeParameters: list(at: e + 7))
  }

  /// Slots: name, e = [name start, bases, keywords, body, decorators, type parameters].
  package func classDef(_ id: NodeID) -> ClassDef? {
    guard isKind(id, .classDef) else { return nil }
    let e = Int(slotB(id))
    return ClassDef(
      name: NameID(slotA(id)), nameStart: extra[e], bases: list(at: e + 1),
      keywords: list(at: e + 3), body: list(at: e + 5), decorators: list(at: e + 7),
      typeParameters: list(at: e + 9))
  }

  /// Slots: value?.
  package func returnStmt(_ id: NodeID) -> ReturnStmt? {
    isKind(id, .returnStmt) ? ReturnStmt(value: node(slotA(id))) : nil
  }

  /// Slots: list.
  package func deleteStmt(_ id: NodeID) -> DeleteStmt? {
    isKind(id, .deleteStmt) ? DeleteStmt(targets: slotList(id)) : nil
  }

  /// Slots: value, e = [count, targets…].
  package func assign(_ id: NodeID) -> Assign? {
    guard isKind(id, .assign) else { return nil }
    let e = slotB(id)
    return Assign(
      targets: NodeList(start: e + 1, count: extra[Int(e)]), value: NodeID(slotA(id)))
  }

  /// Slots: name, e = [value, type parameters].
  package func typeAlias(_ id: NodeID) -> TypeAlias? {
    guard isKind(id, .typeAlias) else { return nil }
    let e = Int(slotB(id))
    return TypeAlias(
      name: NodeID(slotA(id)), typeParameters: list(at: e + 1), value: NodeID(extra[e]))
  }

  /// Slots: target, value; flag: operator.
  package func augAssign(_ id: NodeID) -> AugAssign? {
    guard isKind(id, .augAssign), let op = BinaryOperator(rawValue: flags[id.index]) else {
      return nil
    }
    return AugAssign(target: NodeID(slotA(id)), operator: op, value: NodeID(slotB(id)))
  }

  /// Slots: target, e = [annotation, value?]; flag: 1 when simple.
  package func annAssign(_ id: NodeID) -> AnnAssign? {
    guard isKind(id, .annAssign) else { return nil }
    let e = Int(slotB(id))
    return AnnAssign(
      target: NodeID(slotA(id)), annotation: NodeID(extra[e]), value: node(extra[e + 1]),
      isSimple: flags[id.index] == 1)
  }

  /// Slots: target, e = [iterable, body, else].
  package func forStmt(_ id: NodeID) -> ForStmt? {
    let isAsync = isKind(id, .asyncFor)
    guard isAsync || isKind(id, .forStmt) else { return nil }
    let e = Int(slotB(id))
    return ForStmt(
      isAsync: isAsync, target: NodeID(slotA(id)), iterable: NodeID(extra[e]),
      body: list(at: e + 1), orElse: list(at: e + 3))
  }

  /// Slots: test, e = [body, else].
  package func whileStmt(_ id: NodeID) -> WhileStmt? {
    guard isKind(id, .whileStmt) else { return nil }
    let e = Int(slotB(id))
    return WhileStmt(test: NodeID(slotA(id)), body: list(at: e), orElse: list(at: e + 2))
  }

  /// Slots: test, e = [body, else].
  package func ifStmt(_ id: NodeID) -> IfStmt? {
    guard isKind(id, .ifStmt) else { return nil }
    let e = Int(slotB(id))
    return IfStmt(test: NodeID(slotA(id)), body: list(at: e), orElse: list(at: e + 2))
  }

  /// Slots: e = [items, body].
  package func withStmt(_ id: NodeID) -> WithStmt? {
    let isAsync = isKind(id, .asyncWith)
    guard isAsync || isKind(id, .withStmt) else { return nil }
    let e = Int(slotA(id))
    return WithStmt(isAsync: isAsync, items: list(at: e), body: list(at: e + 2))
  }

  /// Slots: context expression, target?.
  package func withItem(_ id: NodeID) -> WithItem? {
    guard isKind(id, .withItem) else { return nil }
    return WithItem(contextExpr: NodeID(slotA(id)), target: node(slotB(id)))
  }

  /// Slots: subject, e = [cases].
  package func matchStmt(_ id: NodeID) -> MatchStmt? {
    guard isKind(id, .matchStmt) else { return nil }
    return MatchStmt(subject: NodeID(slotA(id)), cases: list(at: Int(slotB(id))))
  }

  /// Slots: pattern, e = [guard?, body].
  package func matchCase(_ id: NodeID) -> MatchCase? {
    guard isKind(id, .matchCase) else { return nil }
    let e = Int(slotB(id))
    return MatchCase(
      pattern: NodeID(slotA(id)), guardExpr: node(extra[e]), body: list(at: e + 1))
  }

  /// Slots: exception?, cause?.
  package func raiseStmt(_ id: NodeID) -> RaiseStmt? {
    guard isKind(id, .raiseStmt) else { return nil }
    return RaiseStmt(exception: node(slotA(id)), cause: node(slotB(id)))
  }

  /// Slots: e = [body, handlers, else, finally].
  package func tryStmt(_ id: NodeID) -> TryStmt? {
    let isStar = isKind(id, .tryStar)
    guard isStar || isKind(id, .tryStmt) else { return nil }
    let e = Int(slotA(id))
    return TryStmt(
      isStar: isStar, body: list(at: e), handlers: list(at: e + 2), orElse: list(at: e + 4),
      finalBody: list(at: e + 6))
  }

  /// Slots: type?, e = [name?, body].
  package func exceptHandler(_ id: NodeID) -> ExceptHandler? {
    guard isKind(id, .exceptHandler) else { return nil }
    let e = Int(slotB(id))
    return ExceptHandler(type: node(slotA(id)), name: name(extra[e]), body: list(at: e + 1))
  }

  /// Slots: test, message?.
  package func assertStmt(_ id: NodeID) -> AssertStmt? {
    guard isKind(id, .assertStmt) else { return nil }
    return AssertStmt(test: NodeID(slotA(id)), message: node(slotB(id)))
  }

  /// Slots: list.
  package func importStmt(_ id: NodeID) -> ImportStmt? {
    isKind(id, .importStmt) ? ImportStmt(aliases: slotList(id)) : nil
  }

  /// Slots: module?, e = [aliases, level].
  package func importFrom(_ id: NodeID) -> ImportFrom? {
    guard isKind(id, .importFrom) else { return nil }
    let e = Int(slotB(id))
    return ImportFrom(
      module: name(slotA(id)), aliases: list(at: e), level: Int(extra[e + 2]))
  }

  /// Slots: name, name after `as`?.
  package func alias(_ id: NodeID) -> ImportAlias? {
    guard isKind(id, .alias) else { return nil }
    return ImportAlias(name: NameID(slotA(id)), asName: name(slotB(id)))
  }

  /// Slots: list of names.
  package func globalStmt(_ id: NodeID) -> ScopeDeclaration? {
    guard isKind(id, .globalStmt) else { return nil }
    return ScopeDeclaration(names: NameList(start: slotA(id), count: slotB(id)))
  }

  /// Slots: list of names.
  package func nonlocalStmt(_ id: NodeID) -> ScopeDeclaration? {
    guard isKind(id, .nonlocalStmt) else { return nil }
    return ScopeDeclaration(names: NameList(start: slotA(id), count: slotB(id)))
  }

  /// Slots: value.
  package func exprStmt(_ id: NodeID) -> ExprStmt? {
    isKind(id, .exprStmt) ? ExprStmt(value: NodeID(slotA(id))) : nil
  }

  /// The parts of a broken statement or expression that could be parsed. Slots: list.
  package func errorParts(_ id: NodeID) -> NodeList? {
    isKind(id, .errorStmt) || isKind(id, .errorExpr) ? slotList(id) : nil
  }

  /// The identifier that starts at an offset.
  package func nameSpan(at start: UInt32) -> ByteSpan {
    var end = Int(start)
    while end < source.bytes.count, SyntaxTree.isIdentifierByte(source.bytes[end]) { end += 1 }
    return ByteSpan(start: start, end: UInt32(end))
  }

  /// The identifier that ends at an offset.
  func identifierSpan(to end: UInt32) -> ByteSpan {
    var start = Int(end)
    while start > 0, SyntaxTree.isIdentifierByte(source.bytes[start - 1]) { start -= 1 }
    return ByteSpan(start: UInt32(start), end: end)
  }

  private static func isIdentifierByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...0xFF: true
    default: false
    }
  }
}
