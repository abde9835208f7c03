// Groups, tuples, lists, sets, dictionaries and comprehensions.

extension Parser {
  /// What starts with `(`: a group, tuple, generator expression or `yield`.
  mutating func parseGroup() -> Node {
    let start = start
    advance()
    if kind == .rightParen {
      advance()
      return builder.add(.tuple, start, previousEnd, 0, 0)
    }
    if kind == .yield {
      let value = parseYield()
      expectClosing(.rightParen)
      return value
    }
    let elementStart = self.start
    let first = parseStarNamedExpression()
    switch kind {
    case .rightParen:
      if builder.kinds[Int(first)] == .starred, span(first).start == elementStart, !isPanicking {
        fail(at: span(first), "cannot use starred expression here")
      }
      advance()
      return first
    case .comma:
      let tuple = parseTuple(start, first, named: true)
      expectClosing(.rightParen)
      builder.setSpan(tuple, start, previousEnd)
      return tuple
    case .for, .async:
      return parseComprehension(.generatorExp, start, first, .rightParen)
    default:
      failDoubleStar(elementStart)
      failInBracket()
      return first
    }
  }

  private mutating func failDoubleStar(_ start: UInt32) {
    guard kind == .doubleStar || tokens[index &- 1].start == start, !isPanicking else { return }
    if kind == .doubleStar { fail("cannot use double starred expression here") }
  }

  /// What starts with `[`.
  mutating func parseListDisplay() -> Node {
    let start = start
    advance()
    if kind == .rightBracket {
      advance()
      return builder.add(.list, start, previousEnd, 0, 0)
    }
    let first = parseStarNamedExpression()
    if kind == .for || kind == .async {
      return parseComprehension(.listComp, start, first, .rightBracket)
    }
    let mark = builder.scratch.count
    builder.push(first)
    parseElements(.rightBracket)
    let list = builder.list(from: mark)
    expectClosing(.rightBracket)
    return builder.add(.list, start, previousEnd, list.start, list.count)
  }

  /// Pushes the elements after the first one of a list or set display.
  private mutating func parseElements(_ closing: TokenKind) {
    while !isPanicking, accept(.comma) {
      guard kind != closing else { break }
      builder.push(parseStarNamedExpression())
      if kind == .for || kind == .async, !isPanicking {
        fail("did you forget parentheses around the comprehension target?")
      }
    }
  }

  /// What starts with `{`.
  mutating func parseBraceDisplay() -> Node {
    let start = start
    advance()
    if kind == .rightBrace {
      advance()
      return builder.add(.dict, start, previousEnd, 0, 0)
    }
    if kind == .doubleStar { return parseDict(start, Parser.none) }
    let first = parseStarNamedExpression()
    switch kind {
    case .colon:
      let element = builder.kinds[Int(first)]
      if element == .starred {
        fail(at: span(first), "cannot use a starred expression in a dictionary key")
      }
      if element == .namedExpr, tokens[index &- 1].end == span(first).end { fail("invalid syntax") }
      return parseDict(start, first)
    case .for, .async:
      return parseComprehension(.setComp, start, first, .rightBrace)
    default:
      let mark = builder.scratch.count
      builder.push(first)
      parseElements(.rightBrace)
      let list = builder.list(from: mark)
      expectClosing(.rightBrace)
      return builder.add(.set, start, previousEnd, list.start, list.count)
    }
  }

  /// Parses a dictionary or dict comprehension; the first key may be parsed already.
  private mutating func parseDict(_ start: UInt32, _ firstKey: Node) -> Node {
    let mark = builder.scratch.count
    var key = firstKey
    // A key that was parsed is kept even in a broken dictionary.
    while !isPanicking || key != Parser.none {
      if key == Parser.none, accept(.doubleStar) {
        builder.push(Parser.none)
        builder.push(parseOperators(Precedence.bitOr))
        if kind == .for || kind == .async {
          fail("dict unpacking cannot be used in dict comprehension")
        }
      } else {
        if key == Parser.none { key = parseExpression() }
        builder.push(key)
        builder.push(parseDictValue(key))
        if kind == .for || kind == .async, builder.scratch.count == mark + 2, !isPanicking {
          let value = builder.scratch[mark + 1]
          builder.scratch.truncate(to: mark)
          return parseDictComprehension(start, key, value)
        }
      }
      key = Parser.none
      guard accept(.comma), kind != .rightBrace else { break }
    }
    let list = moveDict(from: mark)
    expectClosing(.rightBrace)
    return builder.add(.dict, start, previousEnd, list.start, list.count / 2)
  }

  /// Parses the colon and the value of a dictionary item.
  private mutating func parseDictValue(_ key: Node) -> Node {
    guard kind == .colon else {
      if !isPanicking, kinds[index &- 1] != .comma {
        fail(
          at: ByteSpan(start: previousEnd - 1, end: previousEnd),
          "':' expected after dictionary key")
      }
      return missingExpression()
    }
    let colon = tokens[index]
    advance()
    switch kind {
    case .rightBrace, .comma:
      fail(
        at: ByteSpan(start: colon.start, end: colon.end),
        "expression expected after dictionary key and ':'")
      return missingExpression()
    case .star:
      fail("cannot use a starred expression in a dictionary value")
      return missingExpression()
    default:
      return parseExpression()
    }
  }

  /// Moves pushed pairs into `extra`: all keys, then all values.
  private mutating func moveDict(from mark: Int) -> NodeList {
    let start = builder.extraCount
    let count = builder.scratch.count
    for offset in 0...1 {
      var index = mark + offset
      while index < count {
        builder.addExtra(builder.scratch[index])
        index &+= 2
      }
    }
    builder.scratch.truncate(to: mark)
    return NodeList(start: start, count: builder.extraCount - start)
  }

  private mutating func parseDictComprehension(
    _ start: UInt32, _ key: Node, _ value: Node
  ) -> Node {
    let generators = parseComprehensionFors()
    expectClosing(.rightBrace)
    let e = builder.extraCount
    builder.addExtra(value)
    builder.addExtra(generators)
    return builder.add(.dictComp, start, previousEnd, key, e)
  }

  /// Parses a comprehension after its element.
  private mutating func parseComprehension(
    _ kind: NodeKind, _ start: UInt32, _ element: Node, _ closing: TokenKind
  ) -> Node {
    if builder.kinds[Int(element)] == .starred, !isPanicking {
      fail(at: span(element), "iterable unpacking cannot be used in comprehension")
    }
    let generators = parseComprehensionFors()
    expectClosing(closing)
    let e = builder.extraCount
    builder.addExtra(generators)
    return builder.add(kind, start, previousEnd, element, e)
  }

  /// `for_if_clauses`.
  mutating func parseComprehensionFors() -> NodeList {
    let mark = builder.scratch.count
    while !isPanicking {
      let start = start
      let isAsync = kind == .async
      if isAsync { advance() }
      guard accept(.for) else {
        if isAsync { fail("invalid syntax") }
        break
      }
      let target = parseForTarget()
      expect(.in, "'in' expected after for-loop variables")
      let iterable = parseOperators(Precedence.or)
      let conditions = builder.scratch.count
      while !isPanicking, accept(.if) {
        builder.push(parseOperators(Precedence.or))
      }
      let list = builder.list(from: conditions)
      let e = builder.extraCount
      builder.addExtra(iterable)
      builder.addExtra(list)
      builder.push(
        builder.add(.comprehension, start, previousEnd, target, e, flag: isAsync ? 1 : 0))
      guard kind == .for || kind == .async else { break }
    }
    return builder.list(from: mark)
  }

  /// The targets of `for`: `star_targets`.
  mutating func parseForTarget() -> Node {
    let start = start
    let first =
      kind == .star ? parseStarred(Precedence.bitOr) : parseOperators(Precedence.bitOr)
    var target = first
    if kind == .comma {
      let mark = builder.scratch.count
      builder.push(first)
      while !isPanicking, accept(.comma) {
        guard startsExpression(kind) else { break }
        builder.push(
          kind == .star ? parseStarred(Precedence.bitOr) : parseOperators(Precedence.bitOr))
      }
      let list = builder.list(from: mark)
      target = builder.add(.tuple, start, previousEnd, list.start, list.count)
    }
    if !isPanicking { bind(target, as: .store, in: .forLoop) }
    return target
  }
}
