/// A token that a page or an editor shows in a colour of its own.
package struct HighlightedToken: Hashable, Sendable {
  /// What the token is to a reader.
  package enum Kind: Sendable, CaseIterable {
    case keyword, string, number, comment
    /// The name that `def` or `class` defines.
    case definition
    /// The `@` and the dotted name of a decorator.
    case decorator
  }

  package let kind: Kind
  package let span: ByteSpan

  package init(kind: Kind, span: ByteSpan) {
    self.kind = kind
    self.span = span
  }
}

extension SourceText {
  /// The tokens that stand out and the comments, in source order, not overlapping.
  ///
  /// Works on broken code too. `match`, `case` and `type` count as keywords where they begin a
  /// statement and what follows cannot continue an expression.
  package func highlightedTokens() -> [HighlightedToken] {
    let count = bytes.count
    // The lexer reads up to sixteen bytes ahead and needs zeros there.
    let padded = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 32)
    defer { padded.deallocate() }
    bytes.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { padded.initialize(from: base, count: count) }
    }
    (padded + count).initialize(repeating: 0, count: 32)
    var lexer = Lexer(bytes: padded, count: count, isNotebook: false)
    lexer.run()
    defer { lexer.free() }
    var highlighter = TokenHighlighter(bytes: bytes, tokens: lexer.tokens)
    return highlighter.highlight()
  }
}

/// Walks over the tokens of one source.
private struct TokenHighlighter {
  let bytes: [UInt8]
  let tokens: TokenBuffer
  private var result: [HighlightedToken] = []
  /// The end of the text that has been looked at.
  private var position = 0

  init(bytes: [UInt8], tokens: TokenBuffer) {
    self.bytes = bytes
    self.tokens = tokens
  }

  mutating func highlight() -> [HighlightedToken] {
    var isInDecorator = false
    for index in 0..<tokens.count {
      let kind = tokens.kinds[index]
      let token = tokens.tokens[index]
      let (start, end) = (Int(token.start), Int(token.end))
      guard start >= position, end > start, end <= bytes.count else { continue }
      appendComments(upTo: start)
      position = end
      if kind == .at, isFirst(index) { isInDecorator = true }
      if isInDecorator, kind == .at || kind == .name || kind == .dot {
        append(.decorator, start, end)
        continue
      }
      isInDecorator = false
      switch kind {
      case .string, .fstringStart, .fstringMiddle, .fstringEnd: append(.string, start, end)
      case .int, .float, .imaginary: append(.number, start, end)
      case .name:
        if index > 0, tokens.kinds[index - 1] == .def || tokens.kinds[index - 1] == .class {
          append(.definition, start, end)
        } else if isSoftKeyword(index) {
          append(.keyword, start, end)
        }
      default:
        if kind.rawValue >= TokenKind.falseKeyword.rawValue { append(.keyword, start, end) }
      }
    }
    appendComments(upTo: bytes.count)
    return result
  }

  private mutating func append(_ kind: HighlightedToken.Kind, _ start: Int, _ end: Int) {
    let span = ByteSpan(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
    if let last = result.last, last.kind == kind, last.span.end == span.start,
      kind == .string || kind == .decorator
    {
      result[result.count - 1] = HighlightedToken(
        kind: kind, span: ByteSpan(start: last.span.start, end: span.end))
    } else {
      result.append(HighlightedToken(kind: kind, span: span))
    }
  }

  /// Between tokens there is nothing but white space, line joining and comments.
  private mutating func appendComments(upTo end: Int) {
    while position < end {
      guard bytes[position] == 0x23 else {
        position += 1
        continue
      }
      let start = position
      while position < end, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
      append(.comment, start, position)
    }
  }

  /// Whether the token begins a statement.
  private func isFirst(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    switch tokens.kinds[index - 1] {
    case .newline, .indent, .dedent, .semicolon: return true
    case .colon: return tokens.kinds[index] == .name
    default: return false
    }
  }

  private func isSoftKeyword(_ index: Int) -> Bool {
    guard index + 1 < tokens.count, isFirst(index) else { return false }
    let next = tokens.kinds[index + 1]
    switch NameID(tokens.tokens[index].payload) {
    case ReservedWords.type: return next == .name
    case ReservedWords.match, ReservedWords.case:
      switch next {
      case .name, .int, .float, .imaginary, .string, .fstringStart, .minus, .leftParen,
        .leftBracket, .leftBrace, .star, .noneKeyword, .trueKeyword, .falseKeyword, .await:
        return endsWithColon(index)
      default: return false
      }
    default: return false
    }
  }

  /// Whether the colon of a block ends the header that begins with the token.
  private func endsWithColon(_ index: Int) -> Bool {
    var index = index
    while index < tokens.count {
      switch tokens.kinds[index] {
      case .newline: return tokens.kinds[index - 1] == .colon
      case .equal, .semicolon, .endOfFile: return false
      default: index += 1
      }
    }
    return false
  }
}
