// The module, statements in sequence, blocks, and recovery between statements.

extension Parser {
  /// Parses the whole source.
  mutating func parseModule(end: UInt32) {
    let mark = builder.scratch.count
    parseStatements()
    while kind != .endOfFile {
      // A dedent without an indent can only come from a lexical error.
      advance()
      parseStatements()
    }
    let list = builder.list(from: mark)
    _ = builder.add(.module, 0, end, list.start, list.count)
  }

  /// Parses statements up to the end of the block or file and pushes them.
  private mutating func parseStatements() {
    var hasRecovered = false
    while true {
      switch kind {
      case .endOfFile, .dedent:
        return
      case .newline:
        advance()
      case .indent:
        if !hasRecovered {
          fail("unexpected indent")
          isPanicking = false
        }
        advance()
        parseStatements()
        if kind == .dedent { advance() }
      case .error where tokens[index].start == tokens[index].end:
        // An error of the layout leaves the statement after it whole.
        fail("invalid syntax")
        isPanicking = false
        advance()
      default:
        hasRecovered = false
        let before = index
        parseStatement()
        if isPanicking {
          recover(from: before)
          hasRecovered = true
        }
      }
    }
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func parseStatement() {
    switch kind {
    case .if: builder.push(parseIf())
    case .def: builder.push(parseFunctionDef(start, decorators: .empty, isAsync: false))
    case .for: builder.push(parseFor(start, isAsync: false))
    case .with: builder.push(parseWith(start, isAsync: false))
    case .try: builder.push(parseTry())
    case .class: builder.push(parseClassDef(decorators: .empty))
    case .while: builder.push(parseWhile())
    case .at: parseDecorated()
    case .async: parseAsync()
    case .name where isMatchStatement: builder.push(parseMatch())
    default: parseSimpleStatements()
    }
  }

  /// Skips the rest of a broken statement.
  private mutating func recover(from before: Int) {
    while true {
      switch kind {
      case .newline:
        advance()
        isPanicking = false
        return
      case .endOfFile, .dedent, .indent:
        isPanicking = false
        return
      default:
        advance()
      }
    }
  }

  private mutating func parseDecorated() {
    let mark = builder.scratch.count
    while kind == .at {
      advance()
      builder.push(parseNamedExpression())
      if isPanicking {
        skipToNewline()
        isPanicking = false
      }
      if kind == .newline {
        advance()
      } else {
        fail("invalid syntax")
        skipToNewline()
        isPanicking = false
      }
      // A lost indentation between decorators and definition.
      while kind == .error, tokens[index].start == tokens[index].end { advance() }
    }
    let decorators = builder.list(from: mark)
    switch kind {
    case .def: builder.push(parseFunctionDef(start, decorators: decorators, isAsync: false))
    case .class: builder.push(parseClassDef(decorators: decorators))
    case .async where nextKind == .def:
      let start = start
      advance()
      builder.push(parseFunctionDef(start, decorators: decorators, isAsync: true))
    default:
      fail("invalid syntax")
      let end = previousEnd
      builder.push(builder.add(.errorStmt, end, end, decorators.start, decorators.count))
    }
  }

  private mutating func parseAsync() {
    let start = start
    switch nextKind {
    case .def:
      advance()
      builder.push(parseFunctionDef(start, decorators: .empty, isAsync: true))
    case .for:
      advance()
      builder.push(parseFor(start, isAsync: true))
    case .with:
      advance()
      builder.push(parseWith(start, isAsync: true))
    default:
      advance()
      fail("invalid syntax")
      builder.push(builder.add(.errorStmt, start, previousEnd, 0, 0))
    }
  }

  mutating func skipToNewline() {
    while kind != .newline, kind != .endOfFile, kind != .dedent, kind != .indent { advance() }
  }

  /// Parses `:` and the block of a compound statement.
  ///
  /// - Parameters:
  ///   - owner: What the block belongs to, in CPython's words.
  ///   - keyword: The token whose line is named when the block is missing.
  mutating func parseBlock(_ owner: StaticString, keyword: Int) -> NodeList {
    if kind == .colon, !isPanicking {
      advance()
    } else {
      fail("expected ':'")
      skipToNewline()
    }
    let wasBroken = isPanicking
    isPanicking = false
    let mark = builder.scratch.count
    guard kind == .newline else {
      if !wasBroken { parseSimpleStatements() }
      if isPanicking {
        skipToNewline()
        isPanicking = false
        if kind == .newline { advance() }
      }
      return builder.list(from: mark)
    }
    advance()
    while kind == .error, tokens[index].start == tokens[index].end {
      fail("invalid syntax")
      isPanicking = false
      advance()
    }
    guard kind == .indent else {
      if !wasBroken { failMissingBlock(owner, keyword) }
      isPanicking = false
      return .empty
    }
    advance()
    parseStatements()
    if kind == .dedent { advance() }
    return builder.list(from: mark)
  }

  private mutating func failMissingBlock(_ owner: StaticString, _ keyword: Int) {
    var message = Message("expected an indented block after ")
    message.append(owner)
    message.append(" on line ")
    message.append(lines.line(of: Int(tokens[keyword].start), in: bytes))
    fail(message)
  }

  /// The end of the last token that is not layout: there a compound statement ends, even after a
  /// semicolon.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  var endOfBlock: UInt32 {
    var at = index - 1
    while at >= 0 {
      switch kinds[at] {
      case .newline, .indent, .dedent: at -= 1
      default: return tokens[at].end
      }
    }
    return 0
  }
}
