// `match` statements and their patterns.

extension Parser {
  /// Whether a statement that starts with a name is a `match`: its line ends with a colon.
  var isMatchStatement: Bool {
    guard isName(ReservedWords.match, at: index) else { return false }
    switch nextKind {
    case .dot, .comma, .colon, .equal, .newline, .semicolon, .rightParen, .colonEqual, .endOfFile:
      return false
    default: break
    }
    guard startsExpression(nextKind) else { return false }
    // The first colon may be that of a lambda.
    let mayHoldLambda = nextKind == .lambda
    var at = index + 1
    while true {
      switch kinds[at] {
      case .newline, .endOfFile, .dedent, .indent:
        // Two names side by side are nothing else than a `match` without its colon.
        return kinds[at - 1] == .colon || nextKind == .name
      case .semicolon:
        return false
      case .leftParen, .leftBracket, .leftBrace:
        let close = Int(tokens[at].payload)
        at = close > at ? close : at + 1
      case .colon where kinds[at + 1] != .newline && !mayHoldLambda:
        // `match [x]: int` is an annotation, `match x: pass` an error of a match.
        return nextKind == .name
      default:
        at += 1
      }
    }
  }

  mutating func parseMatch() -> Node {
    let start = start
    let keyword = index
    advance()
    let subjectStart = self.start
    var subject = parseStarNamedExpression()
    if kind == .comma {
      subject = parseTuple(subjectStart, subject, named: true)
    } else if builder.kinds[Int(subject)] == .starred {
      fail("invalid syntax")
    }
    let mark = builder.scratch.count
    if kind == .colon, !isPanicking {
      advance()
    } else {
      fail("expected ':'")
      skipToNewline()
      isPanicking = false
    }
    if kind == .newline { advance() }
    if kind == .indent {
      advance()
      parseCases()
      if kind == .dedent { advance() }
    } else {
      var message = Message("expected an indented block after 'match' statement on line ")
      message.append(lines.line(of: Int(tokens[keyword].start), in: bytes))
      fail(message)
      isPanicking = false
    }
    let cases = builder.list(from: mark)
    let e = builder.extraCount
    builder.addExtra(cases)
    return builder.add(.matchStmt, start, endOfBlock, subject, e)
  }

  private mutating func parseCases() {
    while kind != .dedent, kind != .endOfFile {
      if isName(ReservedWords.case, at: index) {
        builder.push(parseCase())
        continue
      }
      fail("invalid syntax")
      isPanicking = false
      skipToNewline()
      if kind == .newline || kind == .indent { advance() }
      if kind == .indent { skipBlock() }
    }
  }

  /// Skips a block that belongs to nothing.
  private mutating func skipBlock() {
    var depth = 0
    repeat {
      if kind == .indent { depth += 1 }
      if kind == .dedent { depth -= 1 }
      if kind == .endOfFile { return }
      advance()
    } while depth > 0
  }

  private mutating func parseCase() -> Node {
    let start = start
    let keyword = index
    advance()
    let patternStart = self.start
    var pattern = kind == .star ? parseStarPattern() : parseAsPattern()
    if kind == .comma {
      let mark = builder.scratch.count
      builder.push(pattern)
      while !isPanicking, accept(.comma) {
        guard kind != .colon, kind != .if else { break }
        builder.push(kind == .star ? parseStarPattern() : parseAsPattern())
      }
      let list = builder.list(from: mark)
      pattern = builder.add(.matchSequence, patternStart, previousEnd, list.start, list.count)
    } else if builder.kinds[Int(pattern)] == .matchStar {
      fail("invalid syntax")
    }
    let guardExpr = accept(.if) ? parseNamedExpression() : Parser.none
    let body = parseBlock("'case' statement", keyword: keyword)
    let e = builder.extraCount
    builder.addExtra(guardExpr)
    builder.addExtra(body)
    return builder.add(.matchCase, start, endOfBlock, pattern, e)
  }

  // MARK: Patterns

  private mutating func missingPattern() -> Node {
    fail("invalid syntax")
    return builder.add(.matchAs, previousEnd, previousEnd, Parser.none, Parser.none)
  }

  /// `*name` in a sequence.
  private mutating func parseStarPattern() -> Node {
    let start = start
    advance()
    guard kind == .name else {
      fail("invalid syntax")
      return builder.add(.matchStar, start, previousEnd, Parser.none, 0)
    }
    let name = captureName(index)
    advance()
    return builder.add(.matchStar, start, previousEnd, name, 0)
  }

  /// The name of a capture; none for the wildcard.
  private func captureName(_ token: Int) -> UInt32 {
    let name = tokens[token].payload
    return name == ReservedWords.underscore.rawValue ? Parser.none : name
  }

  /// `or_pattern ['as' name]`.
  mutating func parseAsPattern() -> Node {
    let start = start
    let pattern = parseOrPattern()
    guard !isPanicking, accept(.as) else { return pattern }
    guard kind == .name else {
      failPatternTarget()
      return pattern
    }
    if isName(ReservedWords.underscore, at: index) {
      fail("cannot use '_' as a target")
    } else if nextKind == .dot || nextKind == .leftParen {
      failPatternTarget()
      return pattern
    }
    let name = tokens[index].payload
    advance()
    return builder.add(.matchAs, start, previousEnd, pattern, name)
  }

  private mutating func failPatternTarget() {
    guard startsExpression(kind), kind != .error else {
      fail("invalid pattern target")
      return
    }
    let mark = builder.mark
    let start = start
    let target = parseOperators(Precedence.bitOr)
    var message = Message("cannot use ")
    message.append(describe(target))
    message.append(" as pattern target")
    builder.rewind(to: mark)
    fail(at: ByteSpan(start: start, end: previousEnd), message)
  }

  private mutating func parseOrPattern() -> Node {
    let start = start
    let first = parseClosedPattern()
    guard kind == .bar, !isPanicking else { return first }
    let mark = builder.scratch.count
    builder.push(first)
    while !isPanicking, accept(.bar) { builder.push(parseClosedPattern()) }
    let list = builder.list(from: mark)
    return builder.add(.matchOr, start, previousEnd, list.start, list.count)
  }

  private mutating func parseClosedPattern() -> Node {
    let token = tokens[index]
    switch kind {
    case .noneKeyword: return parseSingletonPattern(.none)
    case .trueKeyword: return parseSingletonPattern(.true)
    case .falseKeyword: return parseSingletonPattern(.false)
    case .string, .fstringStart:
      let value = parseStrings()
      return builder.add(.matchValue, token.start, previousEnd, value, 0)
    case .int, .float, .imaginary, .minus:
      let value = parsePatternNumber()
      return builder.add(.matchValue, token.start, previousEnd, value, 0)
    case .name: return parseNamePattern()
    case .leftParen: return parseGroupPattern()
    case .leftBracket: return parseSequencePattern()
    case .leftBrace: return parseMappingPattern()
    default: return missingPattern()
    }
  }

  private mutating func parseSingletonPattern(_ constant: ConstantKind) -> Node {
    let token = tokens[index]
    advance()
    return builder.add(
      .matchSingleton, token.start, token.end, 0, 0, flag: constant.rawValue)
  }

  /// `[-] number [(+|-) imaginary]`.
  mutating func parsePatternNumber() -> Node {
    let start = start
    let left = parseSignedNumber()
    guard kind == .plus || kind == .minus, !isPanicking else { return left }
    if isImaginary(left) { fail("real number required in complex literal") }
    let op: BinaryOperator = kind == .plus ? .add : .sub
    advance()
    guard kind == .int || kind == .float || kind == .imaginary else {
      fail("invalid syntax")
      return left
    }
    if kind != .imaginary { fail("imaginary number required in complex literal") }
    let right = parseNumberConstant()
    return builder.add(.binOp, start, previousEnd, left, right, flag: op.rawValue)
  }

  private func isImaginary(_ node: Node) -> Bool {
    let constant =
      builder.kinds[Int(node)] == .unaryOp ? builder.records[Int(node)].a : node
    return builder.kinds[Int(constant)] == .constant
      && builder.flags[Int(constant)] == ConstantKind.complex.rawValue
  }

  private mutating func parseSignedNumber() -> Node {
    let start = start
    guard accept(.minus) else { return parseNumberConstant() }
    guard kind == .int || kind == .float || kind == .imaginary else { return missingExpression() }
    let value = parseNumberConstant()
    return builder.add(
      .unaryOp, start, previousEnd, value, Parser.none, flag: UnaryOperator.minus.rawValue)
  }

  private mutating func parseNumberConstant() -> Node {
    switch kind {
    case .int: parseConstant(.int)
    case .float: parseConstant(.float)
    default: parseConstant(.complex)
    }
  }

  /// A capture, wildcard, dotted value or class pattern.
  private mutating func parseNamePattern() -> Node {
    let token = tokens[index]
    // Behind the wildcard CPython looks for no attribute and no arguments.
    let isWildcard = token.payload == ReservedWords.underscore.rawValue
    if isWildcard || (nextKind != .dot && nextKind != .leftParen) {
      let name = captureName(index)
      advance()
      return builder.add(.matchAs, token.start, token.end, Parser.none, name)
    }
    advance()
    var value = builder.add(.name, token.start, token.end, token.payload, 0)
    while !isPanicking, accept(.dot) {
      guard kind == .name else {
        fail("invalid syntax")
        break
      }
      value = builder.add(
        .attribute, token.start, tokens[index].end, value, tokens[index].payload)
      advance()
    }
    guard kind == .leftParen, !isPanicking else {
      return builder.add(.matchValue, token.start, previousEnd, value, 0)
    }
    return parseClassPattern(token.start, value)
  }

  /// `( )`, a group or a sequence in parentheses.
  private mutating func parseGroupPattern() -> Node {
    let start = start
    advance()
    if accept(.rightParen) { return builder.add(.matchSequence, start, previousEnd, 0, 0) }
    let first = kind == .star ? parseStarPattern() : parseAsPattern()
    if kind == .rightParen, builder.kinds[Int(first)] != .matchStar {
      advance()
      return first
    }
    let mark = builder.scratch.count
    builder.push(first)
    if kind != .comma { failInBracket() }
    parsePatternElements(.rightParen)
    let list = builder.list(from: mark)
    expectClosing(.rightParen)
    return builder.add(.matchSequence, start, previousEnd, list.start, list.count)
  }

  private mutating func parseSequencePattern() -> Node {
    let start = start
    advance()
    let mark = builder.scratch.count
    if kind != .rightBracket {
      builder.push(kind == .star ? parseStarPattern() : parseAsPattern())
      parsePatternElements(.rightBracket)
    }
    let list = builder.list(from: mark)
    expectClosing(.rightBracket)
    return builder.add(.matchSequence, start, previousEnd, list.start, list.count)
  }

  private mutating func parsePatternElements(_ closing: TokenKind) {
    while !isPanicking, accept(.comma) {
      guard kind != closing else { break }
      builder.push(kind == .star ? parseStarPattern() : parseAsPattern())
    }
  }
}
