// `import` and `from … import`.

extension Parser {
  mutating func parseImport() -> Node {
    let start = start
    advance()
    let mark = builder.scratch.count
    repeat {
      if builder.scratch.count > mark, endsStatement(kind) {
        fail("trailing comma not allowed without surrounding parentheses")
        break
      }
      if builder.scratch.count == mark, endsStatement(kind) {
        fail("Expected one or more names after 'import'")
        break
      }
      let aliasStart = self.start
      guard let name = parseDottedName() else { break }
      builder.push(parseAlias(aliasStart, name))
    } while !isPanicking && accept(.comma)
    if kind == .from, !isPanicking {
      fail(
        at: ByteSpan(start: start, end: tokens[index].end),
        "Did you mean to use 'from ... import ...' instead?")
    }
    let list = builder.list(from: mark)
    return builder.add(.importStmt, start, previousEnd, list.start, list.count)
  }

  mutating func parseImportFrom() -> Node {
    let start = start
    advance()
    var level: UInt32 = 0
    while kind == .dot || kind == .ellipsis {
      level += kind == .dot ? 1 : 3
      advance()
    }
    var module = Parser.none
    if kind != .import || level == 0 { module = parseDottedName() ?? Parser.none }
    expect(.import)
    let list = isPanicking ? NodeList.empty : parseImportedNames()
    let e = builder.extraCount
    builder.addExtra(list)
    builder.addExtra(level)
    return builder.add(.importFrom, start, previousEnd, module, e)
  }

  private mutating func parseImportedNames() -> NodeList {
    let mark = builder.scratch.count
    if kind == .star {
      let token = tokens[index]
      advance()
      let name = names.intern([UInt8(ascii: "*")])
      builder.push(builder.add(.alias, token.start, token.end, name, Parser.none))
      return builder.list(from: mark)
    }
    let isParenthesized = accept(.leftParen)
    if endsStatement(kind), !isParenthesized { fail("Expected one or more names after 'import'") }
    while !isPanicking {
      if isParenthesized, kind == .rightParen, builder.scratch.count > mark { break }
      guard kind == .name else {
        if endsStatement(kind), builder.scratch.count > mark {
          fail("trailing comma not allowed without surrounding parentheses")
        } else if kind == .rightParen {
          fail("Expected one or more names after 'import'")
        } else {
          fail("invalid syntax")
        }
        break
      }
      let token = tokens[index]
      advance()
      builder.push(parseAlias(token.start, token.payload))
      guard accept(.comma) else { break }
    }
    if isParenthesized { expectClosing(.rightParen) }
    return builder.list(from: mark)
  }

  /// Parses `as name` after an imported name and builds the alias.
  private mutating func parseAlias(_ start: UInt32, _ name: UInt32) -> Node {
    var asName = Parser.none
    if accept(.as) {
      if kind == .name {
        asName = tokens[index].payload
        let next = nextKind
        if next == .dot || next == .leftParen || next == .leftBracket {
          let from = index
          let mark = builder.mark
          let target = parsePrimary()
          var message = Message("cannot use ")
          message.append(describe(target))
          message.append(" as import target")
          let span = ByteSpan(start: tokens[from].start, end: previousEnd)
          builder.rewind(to: mark)
          fail(at: span, message)
        } else {
          advance()
        }
      } else {
        failImportTarget()
      }
    }
    return builder.add(.alias, start, previousEnd, name, asName)
  }

  private mutating func failImportTarget() {
    guard startsExpression(kind), kind != .error else {
      fail("invalid syntax")
      return
    }
    let mark = builder.mark
    let start = start
    let target = parseOperators(Precedence.or)
    var message = Message("cannot use ")
    message.append(describe(target))
    message.append(" as import target")
    builder.rewind(to: mark)
    fail(at: ByteSpan(start: start, end: previousEnd), message)
  }

  /// Parses a dotted name and interns it whole, without the spaces.
  private mutating func parseDottedName() -> UInt32? {
    guard kind == .name else {
      fail("invalid syntax")
      return nil
    }
    let first = tokens[index]
    advance()
    guard kind == .dot else { return first.payload }
    var text = nameBytes(first)
    while accept(.dot) {
      guard kind == .name else {
        fail("invalid syntax")
        break
      }
      text.append(UInt8(ascii: "."))
      text += nameBytes(tokens[index])
      advance()
    }
    return names.intern(text)
  }

  private func nameBytes(_ token: Token) -> [UInt8] {
    names.text(of: token.payload)
  }
}
