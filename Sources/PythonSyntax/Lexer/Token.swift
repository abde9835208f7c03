/// The kind of a token. Keywords come last, in the order of ``Keyword``'s names, so that the id of
/// an interned keyword is its distance from ``falseKeyword``.
enum TokenKind: UInt8, Sendable {
  case endOfFile, newline, indent, dedent
  /// A lexical error; the payload is its index in the lexer's errors.
  case error

  /// The payload is the ``NameID``.
  case name
  case int, float, imaginary
  /// A string or bytes literal; the payload holds ``StringFlags``.
  case string
  /// The prefix and opening quote of an f-string or t-string; the payload holds ``StringFlags``.
  case fstringStart
  case fstringMiddle, fstringEnd

  // Operators, binary ones by ``BinaryOperator``.
  case plus, minus, star, at, slash, percent, doubleStar, leftShift, rightShift, bar, caret,
    ampersand, doubleSlash
  case plusEqual, minusEqual, starEqual, atEqual, slashEqual, percentEqual, doubleStarEqual,
    leftShiftEqual, rightShiftEqual, barEqual, caretEqual, ampersandEqual, doubleSlashEqual
  case equalEqual, notEqual, less, lessEqual, greater, greaterEqual
  case tilde, dot, ellipsis, comma, colon, colonEqual, semicolon, equal, arrow, exclamation
  /// The payload of an opening bracket is the index of its closing token, 0 when there is none.
  case leftParen, leftBracket, leftBrace
  case rightParen, rightBracket, rightBrace

  // Keywords, by interned id.
  case falseKeyword, noneKeyword, trueKeyword, and, `as`, assert, async, await, `break`, `class`,
    `continue`, def, del, elif, `else`, except, finally, `for`, from, global, `if`, `import`, `in`,
    `is`, lambda, nonlocal, not, or, pass, raise, `return`, `try`, `while`, with, yield
}

/// Words that the lexer interns before everything else, in this order.
enum ReservedWords {
  /// The keywords, then the soft keywords.
  static let text: StaticString = """
    False None True and as assert async await break class continue def del elif else except \
    finally for from global if import in is lambda nonlocal not or pass raise return try while \
    with yield _ match case type print exec 
    """

  static let keywordCount: UInt32 = 35
  static let underscore = NameID(35)
  static let match = NameID(36)
  static let `case` = NameID(37)
  static let type = NameID(38)
  static let print = NameID(39)
  static let exec = NameID(40)
}

/// The place of a token, and what its kind says about ``payload``.
struct Token: BitwiseCopyable, Sendable {
  let start: UInt32
  let end: UInt32
  let payload: UInt32
}

/// What the prefix and quotes of a string literal say.
struct StringFlags: OptionSet, Sendable {
  let rawValue: UInt32
  static let raw = StringFlags(rawValue: 1)
  static let bytes = StringFlags(rawValue: 2)
  static let unicode = StringFlags(rawValue: 4)
  static let formatted = StringFlags(rawValue: 8)
  static let template = StringFlags(rawValue: 16)
  static let triple = StringFlags(rawValue: 32)
  static let doubleQuote = StringFlags(rawValue: 64)
  /// The text of a format specification, where braces are not doubled.
  static let specification = StringFlags(rawValue: 128)
}

/// The tokens of a source, as parallel buffers.
struct TokenBuffer {
  private(set) var kinds: GrowingBuffer<TokenKind>
  private(set) var tokens: GrowingBuffer<Token>

  init(capacity: Int) {
    kinds = GrowingBuffer(capacity: capacity)
    tokens = GrowingBuffer(capacity: capacity)
  }

  func free() {
    kinds.free()
    tokens.free()
  }

  @inline(__always)
  var count: Int { kinds.count }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func append(_ kind: TokenKind, _ start: Int, _ end: Int, _ payload: UInt32 = 0) {
    kinds.append(kind)
    tokens.append(
      Token(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        payload: payload))
  }

  /// Tells an opening bracket which token closes it.
  @inline(__always)
  func close(_ open: Int, by close: Int) {
    let token = tokens[open]
    tokens[open] = Token(
      start: token.start, end: token.end, payload: UInt32(truncatingIfNeeded: close))
  }
}
