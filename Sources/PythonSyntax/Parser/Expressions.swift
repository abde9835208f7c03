// Expressions above the operators: conditionals, lambdas, walrus, tuples without parentheses.

/// A conditional or lambda that waits for its last part.
private struct PendingExpression {
  let kind: NodeKind
  let start: UInt32
  /// The body of a conditional; the parameters of a lambda.
  let first: UInt32
  /// The test of a conditional.
  let second: UInt32
}

extension Parser {
  /// `expression`: a disjunction, conditional or lambda.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseExpression() -> Node {
    if kind != .lambda {
      let start = start
      let value = parseOperators(Precedence.or)
      lastExpressionStart = start
      if kind != .if || isPanicking { return value }
      return parseConditional(start, value)
    }
    return parseConditional(start, Parser.none)
  }

  /// Parses conditionals and lambdas, each of which may end with another one.
  @inline(never)
  private mutating func parseConditional(_ first_start: UInt32, _ first: Node) -> Node {
    var pending: [PendingExpression] = []
    var start = first_start
    var value = first
    while true {
      if value == Parser.none {
        start = self.start
        if kind == .lambda {
          advance()
          let arguments = parseLambdaParameters()
          expect(.colon)
          pending.append(
            PendingExpression(kind: .lambda, start: start, first: arguments, second: Parser.none))
          if isPanicking {
            value = missingExpression()
            break
          }
          continue
        }
        value = parseOperators(Precedence.or)
      }
      guard kind == .if, !isPanicking else { break }
      advance()
      let test = parseOperators(Precedence.or)
      guard accept(.else) else {
        let span = ByteSpan(start: start, end: previousEnd)
        if !isPanicking, kind != .colon {
          fail(at: span, "expected 'else' after 'if' expression")
        } else {
          fail("invalid syntax")
        }
        let missing = missingExpression()
        value = addConditional(start, value, test, missing)
        break
      }
      pending.append(PendingExpression(kind: .ifExp, start: start, first: value, second: test))
      switch kind {
      case .pass, .break, .continue:
        fail(
          at: ByteSpan(start: start, end: tokens[index].end),
          "expected expression after 'else', but statement is given")
      default: break
      }
      value = Parser.none
    }
    while let outer = pending.popLast() {
      if outer.kind == .lambda {
        value = builder.add(.lambda, outer.start, previousEnd, outer.first, value)
      } else {
        value = addConditional(outer.start, outer.first, outer.second, value)
      }
    }
    return value
  }

  private mutating func addConditional(
    _ start: UInt32, _ body: Node, _ test: Node, _ orElse: Node
  ) -> Node {
    let e = builder.extraCount
    builder.addExtra(body)
    builder.addExtra(orElse)
    return builder.add(.ifExp, start, previousEnd, test, e)
  }

  /// `named_expression`: an expression or `name := expression`.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseNamedExpression() -> Node {
    if kind == .name, nextKind == .colonEqual { return parseWalrus() }
    let start = start
    let value = parseExpression()
    if kind == .colonEqual {
      failWalrus(value)
    } else if kind == .equal, !isPanicking {
      failComparisonMeant(value, builder.kinds[Int(value)], start)
    }
    return value
  }

  @inline(never)
  private mutating func parseWalrus() -> Node {
    let start = start
    let target = builder.add(
      .name, start, tokens[index].end, tokens[index].payload, 0, flag: ExprContext.store.rawValue)
    advance()
    advance()
    let value = parseExpression()
    return builder.add(.namedExpr, start, previousEnd, target, value)
  }

  /// Reports a walrus after something that is not a name.
  @inline(never)
  mutating func failWalrus(_ value: Node) {
    guard !isPanicking else { return }
    var message = Message("cannot use assignment expressions with ")
    message.append(describe(value))
    fail(at: span(value), message)
  }

  /// Reports `=` where `==` was probably meant.
  mutating func failComparisonMeant(_ value: Node, _ kind: NodeKind, _ valueStart: UInt32) {
    switch kind {
    case .name:
      fail(
        at: ByteSpan(start: valueStart, end: tokens[index].end),
        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
    case .list, .tuple, .generatorExp:
      fail("invalid syntax")
    case .constant where isSingleton(value):
      fail("invalid syntax")
    case .compare, .boolOp, .ifExp, .lambda:
      fail("invalid syntax")
    default:
      var message = Message("cannot assign to ")
      message.append(describe(value))
      message.append(" here. Maybe you meant '==' instead of '='?")
      fail(at: span(value), message)
    }
  }

  /// `star_expressions`: a value or a tuple without parentheses.
  mutating func parseStarExpressions() -> Node {
    let start = start
    let first = kind == .star ? parseStarred(Precedence.bitOr) : parseExpression()
    guard kind == .comma else { return first }
    return parseTuple(start, first, named: false)
  }

  /// Parses the rest of a tuple without parentheses.
  @inline(never)
  mutating func parseTuple(_ start: UInt32, _ first: Node, named: Bool) -> Node {
    let mark = builder.scratch.count
    builder.push(first)
    while !isPanicking, accept(.comma) {
      guard startsExpression(kind) else { break }
      if kind == .star {
        builder.push(parseStarred(Precedence.bitOr))
      } else {
        builder.push(named ? parseNamedExpression() : parseExpression())
      }
    }
    let list = builder.list(from: mark)
    return builder.add(.tuple, start, previousEnd, list.start, list.count)
  }

  /// `*value`.
  mutating func parseStarred(_ minimum: UInt8) -> Node {
    let start = start
    advance()
    let value = minimum == 0 ? parseExpression() : parseOperators(minimum)
    return builder.add(.starred, start, previousEnd, value, 0)
  }

  /// `star_named_expression`: an element of a display.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseStarNamedExpression() -> Node {
    kind == .star ? parseStarred(Precedence.bitOr) : parseNamedExpression()
  }

  /// `yield_expr | star_expressions`, as on the right of an assignment.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseAssignedValue() -> Node {
    kind == .yield ? parseYield() : parseStarExpressions()
  }

  /// `yield`, `yield value` or `yield from value`.
  mutating func parseYield() -> Node {
    let start = start
    advance()
    if accept(.from) {
      let value = parseExpression()
      return builder.add(.yieldFrom, start, previousEnd, value, 0)
    }
    guard startsExpression(kind) else {
      return builder.add(.yieldExpr, start, previousEnd, Parser.none, 0)
    }
    let value = parseStarExpressions()
    return builder.add(.yieldExpr, start, previousEnd, value, 0)
  }

  /// Whether an expression can start with a token; a lexical error counts, to be reported.
  @inline(__always)
  func startsExpression(_ kind: TokenKind) -> Bool {
    switch kind {
    case .name, .int, .float, .imaginary, .string, .fstringStart, .error, .plus, .minus, .tilde,
      .star, .ellipsis, .leftParen, .leftBracket, .leftBrace, .falseKeyword, .noneKeyword,
      .trueKeyword, .await, .lambda, .not:
      true
    default: false
    }
  }
}
