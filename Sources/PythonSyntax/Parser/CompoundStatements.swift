// Statements with blocks, except definitions and `match`.

/// An `if` or `elif` that waits for what comes after it.
private struct PendingIf {
  let start: UInt32
  let test: UInt32
  let body: NodeList
}

extension Parser {
  /// Parses `if` with its `elif`s in a loop; each `elif` is nested in the one before it.
  mutating func parseIf() -> Node {
    var pending: [PendingIf] = []
    var orElse = NodeList.empty
    while true {
      let start = start
      let keyword = index
      let isFirst = pending.isEmpty
      advance()
      let test = parseNamedExpression()
      let body = parseBlock(
        isFirst ? "'if' statement" : "'elif' statement", keyword: keyword)
      pending.append(PendingIf(start: start, test: test, body: body))
      guard kind == .elif else { break }
    }
    orElse = parseElse()
    if kind == .elif, !orElse.isEmpty { fail("'elif' block follows an 'else' block") }
    var node = Parser.none
    while let part = pending.popLast() {
      let e = builder.extraCount
      builder.addExtra(part.body)
      if node != Parser.none {
        builder.addExtra(NodeList(start: e + 4, count: 1))
        builder.addExtra(node)
        node = builder.add(
          .ifStmt, part.start, builder.records[Int(node)].end, part.test, e)
      } else {
        builder.addExtra(orElse)
        node = builder.add(
          .ifStmt, part.start, endOfBlock, part.test, e)
      }
    }
    return node
  }

  /// Parses an `else` block, if there is one.
  private mutating func parseElse() -> NodeList {
    guard kind == .else, !isPanicking else { return .empty }
    let keyword = index
    advance()
    return parseBlock("'else' statement", keyword: keyword)
  }

  mutating func parseWhile() -> Node {
    let start = start
    let keyword = index
    advance()
    let test = parseNamedExpression()
    let body = parseBlock("'while' statement", keyword: keyword)
    let orElse = parseElse()
    let e = builder.extraCount
    builder.addExtra(body)
    builder.addExtra(orElse)
    return builder.add(.whileStmt, start, endOfBlock, test, e)
  }

  /// Parses `for`, after `async` if there is one.
  mutating func parseFor(_ start: UInt32, isAsync: Bool) -> Node {
    let keyword = index
    advance()
    let target = parseForTarget()
    expect(.in)
    let iterable = isPanicking ? missingExpression() : parseStarExpressions()
    let body = parseBlock("'for' statement", keyword: keyword)
    let orElse = parseElse()
    let e = builder.extraCount
    builder.addExtra(iterable)
    builder.addExtra(body)
    builder.addExtra(orElse)
    return builder.add(
      isAsync ? .asyncFor : .forStmt, start, endOfBlock, target, e)
  }

  // MARK: with

  /// Parses `with`, after `async` if there is one.
  mutating func parseWith(_ start: UInt32, isAsync: Bool) -> Node {
    let keyword = index
    advance()
    let mark = builder.scratch.count
    if !parseParenthesizedItems() {
      repeat {
        builder.push(parseWithItem())
      } while !isPanicking && accept(.comma)
    }
    let items = builder.list(from: mark)
    if kind == .newline, !isPanicking { fail("expected ':'") }
    let body = parseBlock("'with' statement", keyword: keyword)
    let e = builder.extraCount
    builder.addExtra(items)
    builder.addExtra(body)
    return builder.add(isAsync ? .asyncWith : .withStmt, start, endOfBlock, e, 0)
  }

  /// Parses items in parentheses of their own, if the parentheses are not part of an expression.
  ///
  /// They are the statement's own when a colon follows and the text is a list of items.
  private mutating func parseParenthesizedItems() -> Bool {
    guard kind == .leftParen else { return false }
    let close = Int(tokens[index].payload)
    guard close > 0, kinds[close + 1] == .colon else { return false }
    let nodes = builder.mark
    let open = index
    let wasSpeculating = isSpeculating
    isSpeculating = true
    advance()
    while kind != .rightParen || index == open + 1 {
      builder.push(parseWithItem())
      if isPanicking { break }
      guard accept(.comma) else { break }
    }
    let isComplete = !isPanicking && index == close
    isSpeculating = wasSpeculating
    isPanicking = false
    if isComplete {
      advance()
      return true
    }
    builder.rewind(to: nodes)
    index = open
    guard hasTargets(open, close) else { return false }
    // With an `as` inside it can be nothing else, so that the error is in the items.
    advance()
    repeat {
      guard kind != .rightParen else { break }
      builder.push(parseWithItem())
    } while !isPanicking && accept(.comma)
    if !isPanicking { expectClosing(.rightParen) }
    return true
  }

  /// Whether an `as` stands between two brackets, outside inner ones.
  private func hasTargets(_ open: Int, _ close: Int) -> Bool {
    var at = open + 1
    while at < close {
      switch kinds[at] {
      case .as: return true
      case .leftParen, .leftBracket, .leftBrace: at = max(at + 1, Int(tokens[at].payload))
      default: at += 1
      }
    }
    return false
  }

  private mutating func parseWithItem() -> Node {
    let start = start
    let value = parseExpression()
    var target = Parser.none
    if accept(.as) {
      target = kind == .star ? parseStarred(Precedence.bitOr) : parseOperators(Precedence.bitOr)
      if !isPanicking { bind(target, as: .store, in: .withItem) }
    }
    return builder.add(.withItem, start, previousEnd, value, target)
  }

  // MARK: try

  mutating func parseTry() -> Node {
    let start = start
    let keyword = index
    advance()
    let body = parseBlock("'try' statement", keyword: keyword)
    let mark = builder.scratch.count
    var isStar = false
    while kind == .except {
      let isFirst = builder.scratch.count == mark
      builder.push(parseHandler(isFirst: isFirst, &isStar))
    }
    let handlers = builder.list(from: mark)
    let orElse = handlers.isEmpty ? .empty : parseElse()
    var finalBody = NodeList.empty
    if kind == .finally {
      let keyword = index
      advance()
      finalBody = parseBlock("'finally' statement", keyword: keyword)
    }
    if handlers.isEmpty, finalBody.isEmpty {
      fail("expected 'except' or 'finally' block")
    }
    let e = builder.extraCount
    builder.addExtra(body)
    builder.addExtra(handlers)
    builder.addExtra(orElse)
    builder.addExtra(finalBody)
    return builder.add(isStar ? .tryStar : .tryStmt, start, endOfBlock, e, 0)
  }

  private mutating func parseHandler(isFirst: Bool, _ isStar: inout Bool) -> Node {
    let start = start
    let keyword = index
    advance()
    let hasStar = accept(.star)
    if isFirst {
      isStar = hasStar
    } else if hasStar != isStar {
      fail(
        at: tokenSpan(keyword), "cannot have both 'except' and 'except*' on the same 'try'")
    }
    var type = Parser.none
    var name = Parser.none
    if kind != .colon {
      let typeStart = self.start
      if kind == .newline {
        fail(hasStar ? "expected one or more exception types" : "expected ':'")
      }
      type = parseExpression()
      if kind == .comma, !isPanicking { type = parseHandlerTypes(typeStart, type) }
      if accept(.as) { name = parseHandlerName(hasStar) }
    } else if hasStar {
      fail("expected one or more exception types")
    }
    let body = parseBlock(
      hasStar ? "'except*' statement" : "'except' statement", keyword: keyword)
    let e = builder.extraCount
    builder.addExtra(name)
    builder.addExtra(body)
    return builder.add(.exceptHandler, start, endOfBlock, type, e)
  }

  /// `except A, B:`, which 3.14 allows without a name.
  private mutating func parseHandlerTypes(_ start: UInt32, _ first: Node) -> Node {
    let types = parseTuple(start, first, named: false)
    if kind == .as {
      fail(
        at: ByteSpan(start: start, end: previousEnd),
        "multiple exception types must be parenthesized when using 'as'")
    }
    return types
  }

  private mutating func parseHandlerName(_ hasStar: Bool) -> UInt32 {
    guard kind == .name else {
      fail("invalid syntax")
      return Parser.none
    }
    let token = tokens[index]
    if nextKind == .dot || nextKind == .leftParen || nextKind == .leftBracket {
      let mark = builder.mark
      let target = parsePrimary()
      var message = Message(
        hasStar ? "cannot use except* statement with " : "cannot use except statement with ")
      message.append(describe(target))
      let span = span(target)
      builder.rewind(to: mark)
      fail(at: span, message)
      return Parser.none
    }
    advance()
    return token.payload
  }

  /// The span of a token.
  func tokenSpan(_ index: Int) -> ByteSpan {
    ByteSpan(start: tokens[index].start, end: tokens[index].end)
  }
}
