/// How to read a source.
package struct ParserOptions: Sendable {
  /// Whether the source is a notebook cell: lines of IPython magic are blanked.
  package var isNotebook: Bool

  package init(isNotebook: Bool = false) { self.isNotebook = isNotebook }
}

/// A recursive-descent parser for the grammar of CPython 3.13 and the additions of 3.14.
///
/// Recursion happens only through brackets, f-string fields and blocks, which the lexer limits;
/// chains of operators, attributes, lambdas, conditionals and `elif` are loops. An error sets
/// ``isPanicking``: until the next statement, rules return what they have and report nothing.
///
/// **Source:** <https://docs.python.org/3.13/reference/grammar.html>.
package struct Parser {
  /// The index of a node under construction.
  typealias Node = UInt32

  static let none = NodeRecord.none

  let bytes: UnsafePointer<UInt8>
  let kinds: UnsafePointer<TokenKind>
  let tokens: UnsafePointer<Token>
  let lexerErrors: [SyntaxError]
  var names: NameInterner
  var index = 0
  var builder: TreeBuilder
  var errors: [SyntaxError] = []
  var isPanicking = false
  var isSpeculating = false
  /// The start of the expression that was read last, for messages.
  var lastExpressionStart: UInt32 = 0
  var lines = LineCounter()
  /// Whether the lexer found a bracket that is never closed.
  let hasUnclosedBracket: Bool
  var operands: GrowingBuffer<Operand>
  var operators: GrowingBuffer<PendingOperator>

  /// Parses a source; every source gives a tree, errors are in ``SyntaxTree/errors``.
  package static func parse(
    _ source: SourceText, options: ParserOptions = ParserOptions()
  ) -> SyntaxTree {
    // The lexer reads up to sixteen bytes ahead and needs zeros there.
    let count = source.bytes.count
    let padded = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 32)
    defer { padded.deallocate() }
    source.bytes.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { padded.initialize(from: base, count: count) }
    }
    (padded + count).initialize(repeating: 0, count: 32)

    var lexer = Lexer(bytes: padded, count: count, isNotebook: options.isNotebook)
    lexer.run()
    var parser = Parser(lexer: lexer)
    parser.parseModule(end: UInt32(count))
    lexer.names = parser.names
    defer {
      lexer.free()
      parser.free()
    }
    return parser.tree(source: source)
  }

  private init(lexer: Lexer) {
    bytes = lexer.bytes
    kinds = UnsafePointer(lexer.tokens.kinds.base)
    tokens = UnsafePointer(lexer.tokens.tokens.base)
    lexerErrors = lexer.errors
    hasUnclosedBracket = lexer.hasUnclosedBracket
    names = lexer.names
    builder = TreeBuilder(tokenCount: lexer.tokens.count)
    operands = GrowingBuffer(capacity: 64)
    operators = GrowingBuffer(capacity: 64)
  }

  private func free() {
    builder.free()
    operands.free()
    operators.free()
  }

  private func tree(source: SourceText) -> SyntaxTree {
    if !errors.isEmpty { builder.widenParents() }
    return SyntaxTree(
      source: source, errors: errors, nameTable: names.table(), kinds: builder.kinds.array(),
      flags: builder.flags.array(), records: builder.records.array(),
      parents: builder.parents(), extra: builder.extra.array())
  }

  // MARK: Tokens

  /// The kind of the current token.
  @inline(__always)
  var kind: TokenKind { kinds[index] }

  /// The kind of the token after the current one.
  @inline(__always)
  var nextKind: TokenKind { kinds[index &+ 1] }

  /// The start of the current token.
  @inline(__always)
  var start: UInt32 { tokens[index].start }

  /// The end of the token before the current one.
  @inline(__always)
  var previousEnd: UInt32 { index > 0 ? tokens[index &- 1].end : 0 }

  @inline(__always)
  mutating func advance() { index &+= 1 }

  /// Goes on when the current token is of a kind.
  @inline(__always)
  mutating func accept(_ wanted: TokenKind) -> Bool {
    guard kind == wanted else { return false }
    index &+= 1
    return true
  }

  /// Goes on when the current token is of a kind, and fails otherwise.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func expect(_ wanted: TokenKind, _ message: StaticString = "invalid syntax") {
    if kind == wanted { index &+= 1 } else { fail(message) }
  }

  /// Whether the current token is a soft keyword.
  @inline(__always)
  func isName(_ name: NameID, at position: Int) -> Bool {
    kinds[position] == .name && tokens[position].payload == name.rawValue
  }

  // MARK: Errors

  /// Reports an error at the current token and panics.
  @inline(never)
  mutating func fail(_ message: StaticString) {
    fail(Message(message))
  }

  /// Reports an error and panics; an error of the lexer at the current token goes first.
  @inline(never)
  mutating func fail(at span: ByteSpan, _ message: StaticString) {
    fail(at: span, Message(message))
  }

  /// Reports an error and panics; an error of the lexer at the current token goes first.
  @inline(never)
  mutating func fail(at span: ByteSpan, _ message: Message) {
    guard !isPanicking else { return }
    isPanicking = true
    guard !isSpeculating else { return }
    if kind == .error, tokens[index].start <= span.start {
      errors.append(lexerErrors[Int(tokens[index].payload)])
    } else {
      errors.append(SyntaxError(span: span, message: message.bytes, isFromCompiler: false))
    }
  }

  /// Reports an error at the current token and panics.
  @inline(never)
  mutating func fail(_ message: Message) {
    guard !isPanicking else { return }
    if isSpeculating {
      isPanicking = true
      return
    }
    if let open = unclosedBracket(), message.isInvalidSyntax {
      let bracket = tokenSpan(open)
      fail(at: bracket, Message("'", [bytes[Int(bracket.start)]], "' was never closed"))
    } else if kind == .endOfFile || (kind == .dedent && kinds[index &+ 1] == .endOfFile) {
      // The end of the file is an empty line; the reader looks at the line before it.
      let end = endOfBlock
      fail(at: ByteSpan(start: end, end: end), message)
    } else {
      fail(at: ByteSpan(start: start, end: tokens[index].end), message)
    }
  }

  /// The span of a node.
  func span(_ node: Node) -> ByteSpan {
    let record = builder.records[Int(node)]
    return ByteSpan(start: record.start, end: record.end)
  }

  /// A node that stands for an expression that is not there.
  @inline(never)
  mutating func missingExpression() -> Node {
    fail("invalid syntax")
    return builder.add(.errorExpr, previousEnd, previousEnd, 0, 0)
  }
}

/// An operand that waits for its operator, with the start of its tokens: parentheses count.
struct Operand: BitwiseCopyable {
  let node: UInt32
  let start: UInt32
}

/// An operator that waits for its right operand.
struct PendingOperator: BitwiseCopyable {
  /// The kind of the first token.
  let kind: TokenKind
  let precedence: UInt8
  /// The start of a prefix operator.
  let start: UInt32
  /// The number of operators in a run of `and`, `or` or comparisons.
  var count: UInt32
}
