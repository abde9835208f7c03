// Atoms, attributes, calls and subscripts.

extension Parser {
  /// `await_primary`.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parsePrimary() -> Node {
    if kind == .await { return parseAwait() }
    let start = start
    return parseTrailers(start, parseAtom())
  }

  @inline(never)
  private mutating func parseAwait() -> Node {
    let start = start
    advance()
    let operandStart = self.start
    let value = parseTrailers(operandStart, parseAtom())
    return builder.add(.awaitExpr, start, previousEnd, value, 0)
  }

  /// Parses attributes, calls and subscripts after an atom, in a loop.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseTrailers(_ start: UInt32, _ atom: Node) -> Node {
    var value = atom
    while true {
      switch kind {
      case .dot:
        advance()
        guard kind == .name else {
          fail("invalid syntax")
          return value
        }
        value = builder.add(
          .attribute, start, tokens[index].end, value, tokens[index].payload)
        advance()
      case .leftParen:
        value = parseCall(start, value)
      case .leftBracket:
        advance()
        let slice = parseSlices()
        expectClosing(.rightBracket)
        value = builder.add(.subscript, start, previousEnd, value, slice)
      default:
        return value
      }
      if isPanicking { return value }
    }
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseAtom() -> Node {
    switch kind {
    case .name:
      let token = tokens[index]
      advance()
      return builder.add(.name, token.start, token.end, token.payload, 0)
    case .string, .fstringStart:
      return parseStrings()
    case .int:
      return parseConstant(.int)
    case .float:
      return parseConstant(.float)
    case .imaginary:
      return parseConstant(.complex)
    case .noneKeyword:
      return parseConstant(.none)
    case .trueKeyword:
      return parseConstant(.true)
    case .falseKeyword:
      return parseConstant(.false)
    case .ellipsis:
      return parseConstant(.ellipsis)
    case .leftParen:
      return parseGroup()
    case .leftBracket:
      return parseListDisplay()
    case .leftBrace:
      return parseBraceDisplay()
    default:
      return missingExpression()
    }
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseConstant(_ constant: ConstantKind) -> Node {
    let token = tokens[index]
    advance()
    return builder.add(
      .constant, token.start, token.end, Parser.none, 0, flag: constant.rawValue)
  }

  /// Goes over a closing bracket, or says what is wrong before it.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func expectClosing(_ closing: TokenKind) {
    if kind == closing {
      advance()
    } else {
      failInBracket()
    }
  }

  // MARK: Calls

  /// Parses the arguments of a call and builds it.
  private mutating func parseCall(_ start: UInt32, _ function: Node) -> Node {
    let open = index
    advance()
    if kind == .rightParen {
      advance()
      let e = builder.extraCount
      builder.addExtra(0)
      builder.addExtra(0)
      return builder.add(.call, start, previousEnd, function, e)
    }
    let mark = builder.scratch.count
    let keywords = parseArguments(open: open)
    let e = builder.extraCount
    let count = UInt32(truncatingIfNeeded: builder.scratch.count &- mark)
    builder.addExtra(count &- keywords)
    builder.addExtra(keywords)
    if keywords == 0 {
      _ = builder.list(from: mark)
    } else {
      moveArguments(from: mark, areKeywords: false)
      moveArguments(from: mark, areKeywords: true)
      builder.scratch.truncate(to: mark)
    }
    expectClosing(.rightParen)
    return builder.add(.call, start, previousEnd, function, e)
  }

  private mutating func moveArguments(from mark: Int, areKeywords: Bool) {
    for index in mark..<builder.scratch.count {
      let node = builder.scratch[index]
      if (builder.kinds[Int(node)] == .keyword) == areKeywords { builder.addExtra(node) }
    }
  }

  /// Pushes the arguments of a call or class; the number of keywords.
  mutating func parseArguments(open: Int, isClass: Bool = false) -> UInt32 {
    var keywords: UInt32 = 0
    var hasUnpackedKeywords = false
    while kind != .rightParen, !isPanicking {
      let start = start
      switch kind {
      case .star:
        if hasUnpackedKeywords {
          fail(
            at: ByteSpan(start: start, end: tokens[index].end),
            "iterable argument unpacking follows keyword argument unpacking")
        }
        if nextKind == .rightParen || nextKind == .comma {
          advance()
          fail("Invalid star expression")
          break
        }
        builder.push(parseStarred(0))
        if kind == .equal { fail("cannot assign to iterable argument unpacking") }
      case .doubleStar:
        advance()
        let value = parseExpression()
        if kind == .equal { fail("cannot assign to keyword argument unpacking") }
        builder.push(builder.add(.keyword, start, previousEnd, Parser.none, value))
        keywords &+= 1
        hasUnpackedKeywords = true
      case .name where nextKind == .equal:
        parseKeywordArgument()
        keywords &+= 1
      default:
        parsePositionalArgument(open, isClass, keywords, hasUnpackedKeywords)
      }
      guard accept(.comma) else { break }
    }
    return keywords
  }

  private mutating func parseKeywordArgument() {
    let name = tokens[index]
    advance()
    advance()
    if kind == .rightParen || kind == .comma {
      fail(
        at: ByteSpan(start: name.start, end: previousEnd), "expected argument value expression")
    }
    let value = parseExpression()
    builder.push(builder.add(.keyword, name.start, previousEnd, name.payload, value))
    if kind == .for || (kind == .async && nextKind == .for) {
      fail(
        at: ByteSpan(start: name.start, end: tokens[index &- 1].end),
        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
    }
  }

  private mutating func parsePositionalArgument(
    _ open: Int, _ isClass: Bool, _ keywords: UInt32, _ hasUnpackedKeywords: Bool
  ) {
    let start = start
    let value =
      kind == .name && nextKind == .colonEqual ? parseNamedExpression() : parseExpression()
    if kind == .colonEqual { failWalrus(value) }
    if kind == .for || (kind == .async && nextKind == .for), !isPanicking {
      parseGeneratorArgument(open, isClass, start, value)
      return
    }
    if kind == .equal, !isPanicking {
      failKeyword(value, start)
    }
    if keywords > 0, !isPanicking {
      if hasUnpackedKeywords {
        failPositional(open, "positional argument follows keyword argument unpacking")
      } else {
        failPositional(open, "positional argument follows keyword argument")
      }
    }
    builder.push(value)
  }

  /// CPython points at the last token before the closing parenthesis.
  private mutating func failPositional(_ open: Int, _ message: StaticString) {
    fail(at: ByteSpan(start: tokens[index &- 1].start, end: tokens[index].end), message)
  }

  /// A generator expression as the only argument takes the parentheses of the call.
  ///
  /// The bases of a class are no such argument.
  private mutating func parseGeneratorArgument(
    _ open: Int, _ isClass: Bool, _ start: UInt32, _ element: Node
  ) {
    let isFirst = open == index &- 1 || tokens[open &+ 1].start == start
    let keyword = tokenSpan(index)
    let generators = parseComprehensionFors()
    let isOnly = isFirst && kind == .rightParen
    let from = isOnly ? tokens[open].start : start
    let to = isOnly ? tokens[index].end : previousEnd
    let e = builder.extraCount
    builder.addExtra(generators)
    let generator = builder.add(.generatorExp, from, to, element, e)
    builder.push(generator)
    if isOnly, isClass {
      fail(at: keyword, "invalid syntax")
    } else if !isOnly, !isPanicking {
      // `f(x for x in y, )` is an error too, as in CPython.
      fail(
        at: ByteSpan(start: start, end: previousEnd),
        "Generator expression must be parenthesized")
    }
  }

  /// Reports `value=` in a call where the value is not a name.
  private mutating func failKeyword(_ value: Node, _ start: UInt32) {
    let end = tokens[index].end
    if builder.kinds[Int(value)] == .constant, isSingleton(value) {
      var message = Message("cannot assign to ")
      message.append(describe(value))
      fail(at: ByteSpan(start: start, end: end), message)
    } else {
      fail(
        at: ByteSpan(start: start, end: end),
        "expression cannot contain assignment, perhaps you meant \"==\"?")
    }
  }

  // MARK: Subscripts

  /// `slices`: one slice or a tuple of slices.
  private mutating func parseSlices() -> Node {
    let start = start
    if kind == .rightBracket { return missingExpression() }
    let first = parseSlice()
    guard kind == .comma else {
      if builder.kinds[Int(first)] == .starred, !isPanicking {
        // `a[*b]` is a tuple of one.
        let mark = builder.scratch.count
        builder.push(first)
        let list = builder.list(from: mark)
        return builder.add(.tuple, start, previousEnd, list.start, list.count)
      }
      return first
    }
    let mark = builder.scratch.count
    builder.push(first)
    while !isPanicking, accept(.comma) {
      guard kind != .rightBracket else { break }
      builder.push(parseSlice())
    }
    let list = builder.list(from: mark)
    return builder.add(.tuple, start, previousEnd, list.start, list.count)
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func parseSlice() -> Node {
    if kind == .star { return parseStarred(0) }
    let start = start
    var lower = Parser.none
    if kind != .colon {
      lower = parseNamedExpression()
      if kind != .colon { return lower }
      if builder.kinds[Int(lower)] == .namedExpr, span(lower).start == start {
        fail("invalid syntax")
      }
    }
    return parseSliceRest(start, lower)
  }

  private mutating func parseSliceRest(_ start: UInt32, _ lower: Node) -> Node {
    advance()
    var upper = Parser.none
    var step = Parser.none
    if startsExpression(kind), kind != .star { upper = parseExpression() }
    if accept(.colon), startsExpression(kind), kind != .star { step = parseExpression() }
    let e = builder.extraCount
    builder.addExtra(upper)
    builder.addExtra(step)
    return builder.add(.slice, start, previousEnd, lower, e)
  }
}
