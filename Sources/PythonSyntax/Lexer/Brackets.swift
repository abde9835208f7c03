// Brackets, and what ends them too early.

extension Lexer {
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func openBracket(_ at: Int, _ byte: UInt8) -> Int {
    if brackets.count >= Lexer.maximumBrackets { return abandonBrackets(at) }
    brackets.append(
      Bracket(
        token: UInt32(truncatingIfNeeded: tokens.count), byte: byte, isReplacementField: false,
        isInSpecification: false))
    let kind: TokenKind =
      byte == 0x28 ? .leftParen : byte == 0x5B ? .leftBracket : .leftBrace
    tokens.append(kind, at, at &+ 1)
    return at &+ 1
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func closeBracket(_ at: Int, _ byte: UInt8) -> Int {
    let kind: TokenKind =
      byte == 0x29 ? .rightParen : byte == 0x5D ? .rightBracket : .rightBrace
    guard brackets.count > 0 else {
      report(at, at + 1, Message("unmatched '", [byte], "'").bytes)
      return at &+ 1
    }
    let open = brackets[brackets.count &- 1]
    // ')' follows '(' in ASCII, the others are two apart.
    guard byte &- open.byte <= 2, byte > open.byte else { return closeWrong(at, byte, open) }
    brackets.truncate(to: brackets.count &- 1)
    tokens.close(Int(open.token), by: tokens.count)
    tokens.append(kind, at, at &+ 1)
    if open.isReplacementField { return lexFormattedText(at &+ 1) }
    return at &+ 1
  }

  private mutating func closeWrong(_ at: Int, _ byte: UInt8, _ open: Bracket) -> Int {
    if open.isReplacementField {
      var message = Message(stringName)
      message.append(": unmatched '")
      message.append([byte][...])
      message.append("'")
      report(at, at + 1, message.bytes)
      return at + 1
    }
    var message = Message("closing parenthesis '", [byte], "' does not match opening parenthesis '")
    message.append([open.byte][...])
    message.append("'")
    // Counting lines back and forth is for the errors that someone will read.
    if errors.count < 100 {
      let line = lineNumber(of: Int(tokens.tokens[Int(open.token)].start))
      if line != lineNumber(of: at) {
        message.append(" on line ")
        message.append(line)
      }
    }
    report(at, at + 1, message.bytes)
    // A bracket further out may be the one that is meant.
    var depth = brackets.count
    let floor =
      formattedStrings.count > 0
      ? formattedStrings[formattedStrings.count - 1].bracketDepth + 1 : 0
    while depth > floor {
      let candidate = brackets[depth - 1]
      if byte &- candidate.byte <= 2, byte > candidate.byte { break }
      depth -= 1
    }
    guard depth > floor else { return at + 1 }
    brackets.truncate(to: depth)
    return closeBracket(at, byte)
  }

  /// Gives up on text with too many open brackets: nothing after it can be meant.
  private mutating func abandonBrackets(_ at: Int) -> Int {
    report(at, at + 1, "too many nested parentheses")
    closeAllBrackets()
    // The rest of the line is part of the same expression.
    var end = at
    while end < count {
      end = endOfLine(from: end)
      let next = lineBreakEnd(end)
      if next == end || startsStatement(next) { break }
      end = next
    }
    return end
  }

  /// Forgets the open brackets, as if they had been closed here.
  mutating func closeAllBrackets() {
    brackets.truncate(to: 0)
    formattedStrings.truncate(to: 0)
  }

  /// Whether a line begins, without indentation, with a word that starts a statement.
  private func startsStatement(_ at: Int) -> Bool {
    var end = at
    while CharacterClass.table.utf8Start[Int(bytes[end])] == CharacterClass.identifier { end += 1 }
    switch end - at {
    case 3: return bytes[at] == UInt8(ascii: "d") && bytes[at + 1] == UInt8(ascii: "e")
    case 5: return bytes[at] == UInt8(ascii: "c") && bytes[at + 1] == UInt8(ascii: "l")
    default: return bytes[at] == UInt8(ascii: "@")
    }
  }

  /// Appends a keyword; one that can only start a statement ends open brackets that were forgotten.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func appendKeyword(_ id: UInt32, _ start: Int, _ end: Int) -> Int {
    let raw = TokenKind.falseKeyword.rawValue &+ UInt8(truncatingIfNeeded: id)
    let kind = unsafeBitCast(raw, to: TokenKind.self)
    if brackets.count > 0 {
      switch kind {
      case .def, .class, .return, .import, .while, .with, .try, .raise, .pass, .del, .assert,
        .global, .nonlocal, .break, .continue, .except, .finally:
        if isFirstOnLine(start) { return endForgottenBrackets(start) }
      default: break
      }
    }
    tokens.append(kind, start, end, id)
    return end
  }

  private func isFirstOnLine(_ start: Int) -> Bool {
    var at = start
    while at > 0, bytes[at - 1] == 0x20 || bytes[at - 1] == 0x09 { at -= 1 }
    return at == 0 || bytes[at - 1] == 0x0A || bytes[at - 1] == 0x0D
  }

  /// Reports the innermost open bracket, closes all and lexes the line again as a new statement.
  private mutating func endForgottenBrackets(_ start: Int) -> Int {
    reportUnclosed(brackets[brackets.count - 1], at: start)
    closeAllBrackets()
    var at = start
    while at > 0, bytes[at - 1] == 0x20 || bytes[at - 1] == 0x09 { at -= 1 }
    // `async` on the same line was lexed already; it stays in the broken statement.
    tokens.append(.newline, at, at)
    return startLine(at)
  }

  /// The 1-based line of an offset; only for messages.
  mutating func lineNumber(of offset: Int) -> Int { lines.line(of: offset, in: bytes) }
}
