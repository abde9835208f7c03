// Functions, classes, type aliases and type parameters.

extension Parser {
  /// Parses `def`, after `async` and decorators if there are any.
  mutating func parseFunctionDef(
    _ start: UInt32, decorators: NodeList, isAsync: Bool
  ) -> Node {
    let keyword = index
    advance()
    let (name, nameStart) = parseDefinedName()
    let typeParameters = parseTypeParameters()
    expect(.leftParen, "expected '('")
    let arguments = parseParameters()
    expectClosing(.rightParen)
    var returns = Parser.none
    if !isPanicking, accept(.arrow) { returns = parseExpression() }
    let body = parseBlock("function definition", keyword: keyword)
    let e = builder.extraCount
    builder.addExtra(nameStart)
    builder.addExtra(arguments)
    builder.addExtra(returns)
    builder.addExtra(body)
    builder.addExtra(decorators)
    builder.addExtra(typeParameters)
    return builder.add(
      isAsync ? .asyncFunctionDef : .functionDef, start, endOfBlock, name, e)
  }

  /// The name after `def` or `class`; where there is none, the one that stands for it.
  private mutating func parseDefinedName() -> (name: UInt32, start: UInt32) {
    let start = start
    if kind == .name {
      let name = tokens[index].payload
      advance()
      return (name, start)
    }
    let end = previousEnd
    fail("invalid syntax")
    return (ReservedWords.underscore.rawValue, end)
  }

  /// Parses `class`, after decorators if there are any.
  mutating func parseClassDef(decorators: NodeList) -> Node {
    let start = start
    let keyword = index
    advance()
    let (name, nameStart) = parseDefinedName()
    let typeParameters = parseTypeParameters()
    var bases = NodeList.empty
    var keywords = NodeList.empty
    if kind == .leftParen, !isPanicking {
      let open = index
      advance()
      let mark = builder.scratch.count
      _ = parseArguments(open: open, isClass: true)
      let all = builder.list(from: mark)
      (bases, keywords) = splitKeywords(all)
      expectClosing(.rightParen)
    }
    let body = parseBlock("class definition", keyword: keyword)
    let e = builder.extraCount
    builder.addExtra(nameStart)
    builder.addExtra(bases)
    builder.addExtra(keywords)
    builder.addExtra(body)
    builder.addExtra(decorators)
    builder.addExtra(typeParameters)
    return builder.add(.classDef, start, endOfBlock, name, e)
  }

  private mutating func splitKeywords(_ all: NodeList) -> (NodeList, NodeList) {
    var lists: [NodeList] = []
    for wantsKeyword in [false, true] {
      let start = builder.extraCount
      for slot in 0..<Int(all.count) {
        let node = builder.extra[Int(all.start) + slot]
        if (builder.kinds[Int(node)] == .keyword) == wantsKeyword { builder.addExtra(node) }
      }
      lists.append(NodeList(start: start, count: builder.extraCount - start))
    }
    return (lists[0], lists[1])
  }

  // MARK: Type parameters and aliases

  /// Whether a statement that starts with a name is `type X = …`.
  var isTypeAlias: Bool {
    isName(ReservedWords.type, at: index) && nextKind == .name
  }

  mutating func parseTypeAlias() -> Node {
    let start = start
    advance()
    let token = tokens[index]
    advance()
    let name = builder.add(
      .name, token.start, token.end, token.payload, 0, flag: ExprContext.store.rawValue)
    let typeParameters = parseTypeParameters()
    expect(.equal)
    let value = parseExpression()
    let e = builder.extraCount
    builder.addExtra(value)
    builder.addExtra(typeParameters)
    return builder.add(.typeAlias, start, previousEnd, name, e)
  }

  /// Parses `[T, *Ts, **P]`, if it is there.
  mutating func parseTypeParameters() -> NodeList {
    guard kind == .leftBracket, !isPanicking else { return .empty }
    advance()
    let mark = builder.scratch.count
    if kind == .rightBracket { fail("Type parameter list cannot be empty") }
    while kind != .rightBracket, !isPanicking {
      builder.push(parseTypeParameter())
      guard accept(.comma) else { break }
    }
    expectClosing(.rightBracket)
    return builder.list(from: mark)
  }

  private mutating func parseTypeParameter() -> Node {
    let start = start
    var node = NodeKind.typeVar
    if accept(.star) {
      node = .typeVarTuple
    } else if accept(.doubleStar) {
      node = .paramSpec
    }
    let name = kind == .name ? tokens[index].payload : ReservedWords.underscore.rawValue
    expect(.name)
    var bound = Parser.none
    var defaultValue = Parser.none
    if kind == .colon, !isPanicking {
      let colon = tokenSpan(index)
      advance()
      let boundStart = self.start
      bound = parseExpression()
      if node != .typeVar {
        let isTuple =
          builder.kinds[Int(bound)] == .tuple && kinds[index - 1] == .rightParen
          && span(bound).start == boundStart
        if node == .typeVarTuple {
          fail(
            at: colon,
            isTuple
              ? "cannot use constraints with TypeVarTuple" : "cannot use bound with TypeVarTuple")
        } else {
          fail(
            at: colon,
            isTuple ? "cannot use constraints with ParamSpec" : "cannot use bound with ParamSpec")
        }
      }
    }
    if !isPanicking, accept(.equal) {
      defaultValue =
        node == .typeVarTuple && kind == .star
        ? parseStarred(Precedence.bitOr) : parseExpression()
    }
    let e = builder.extraCount
    builder.addExtra(bound)
    builder.addExtra(defaultValue)
    return builder.add(node, start, previousEnd, name, e)
  }
}
