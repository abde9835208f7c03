import PythonSyntax

/// The `# noqa` comments of a file.
struct Suppressions {
  private struct Comment {
    let line: Int
    /// Upper-case codes; empty for a comment that suppresses every rule.
    let codes: [[UInt8]]
  }

  private let lineIndex: LineIndex
  /// In the order of their lines.
  private var comments: [Comment] = []
  /// Those of the simple statements, where there are comments; ascending and disjoint.
  private var statements: [ByteSpan] = []

  init(_ tree: SyntaxTree, _ lineIndex: LineIndex) {
    self.lineIndex = lineIndex
    let bytes = tree.source.bytes
    var index = 0
    // `#` is no comment in a string literal.
    var strings: [ByteSpan]?
    while let found = Self.nextMark(in: bytes, from: index) {
      index = found.end
      let known = strings ?? Self.spans(in: tree) { Self.isString($0) }
      strings = known
      guard Self.span(of: UInt32(found.start), in: known) == nil else { continue }
      comments.append(
        Comment(
          line: lineIndex.line(of: UInt32(found.start)),
          codes: Self.codes(in: bytes, from: found.end)))
    }
    if !comments.isEmpty { statements = Self.spans(in: tree) { $0.isSimpleStatement } }
  }

  /// Whether a comment on the first line of a diagnostic, or on the last line of its statement,
  /// names its rule, or the same rule of another tool, or none.
  func cover(_ diagnostic: Diagnostic, of rule: RuleEntry) -> Bool {
    guard !comments.isEmpty else { return false }
    let first = lineIndex.line(of: diagnostic.span.start)
    let last = lastLine(of: diagnostic.span)
    return [first, last].contains { line in
      let place = comments.partition { $0.line < line }
      return comments[place...].prefix { $0.line == line }.contains { comment in
        comment.codes.isEmpty
          || comment.codes.contains { code in
            code == rule.code || rule.foreignCodes.contains { $0 == code }
          }
      }
    }
  }

  /// The last line of the simple statement around a span; of the span itself in the head of a
  /// compound statement.
  private func lastLine(of span: ByteSpan) -> Int {
    if let statement = Self.span(of: span.start, in: statements), statement.contains(span) {
      return lineIndex.line(of: statement.end)
    }
    return lineIndex.line(of: span.end)
  }

  // MARK: Finding spans

  private static func isString(_ kind: NodeKind) -> Bool {
    kind == .joinedStr || kind == .templateStr || kind == .constant
  }

  /// The outermost spans of nodes of some kinds, ascending.
  private static func spans(in tree: SyntaxTree, _ isWanted: (NodeKind) -> Bool) -> [ByteSpan] {
    var all: [ByteSpan] = []
    for node in tree.nodes where isWanted(tree.kind(node)) { all.append(tree.span(node)) }
    all.sort { ($0.start, $1.end) < ($1.start, $0.end) }
    var outermost: [ByteSpan] = []
    for span in all where span.start >= outermost.last?.end ?? 0 { outermost.append(span) }
    return outermost
  }

  /// The span around an offset.
  private static func span(of offset: UInt32, in spans: [ByteSpan]) -> ByteSpan? {
    let place = spans.partition { $0.end <= offset }
    guard place < spans.count, spans[place].start <= offset else { return nil }
    return spans[place]
  }

  // MARK: Reading comments

  /// The next `#` that is followed by `noqa`, and the offset behind the word.
  private static func nextMark(in bytes: [UInt8], from start: Int) -> (start: Int, end: Int)? {
    let word = StaticString("noqa").bytes
    var index = start
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "#") else {
        index += 1
        continue
      }
      var end = index + 1
      while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
      let isWord =
        end + 4 <= bytes.count && (0..<4).allSatisfy { bytes[end + $0] | 0x20 == word[$0] }
      let isEnd = end + 4 >= bytes.count || !isLetterOrDigit(bytes[end + 4])
      if isWord, isEnd { return (index, end + 4) }
      index += 1
    }
    return nil
  }

  /// The codes after `# noqa:`, in capitals.
  private static func codes(in bytes: [UInt8], from start: Int) -> [[UInt8]] {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return [] }
    index += 1
    var codes: [[UInt8]] = []
    while index < bytes.count {
      while index < bytes.count,
        bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == UInt8(ascii: ",")
      {
        index += 1
      }
      var code: [UInt8] = []
      while index < bytes.count, isLetterOrDigit(bytes[index]) {
        code.append(bytes[index] >= 0x61 ? bytes[index] & ~0x20 : bytes[index])
        index += 1
      }
      guard let first = code.first, first >= 0x41, let last = code.last, last < 0x41 else { break }
      codes.append(code)
    }
    return codes
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
}

extension Array {
  /// The first place where a condition no longer holds, in an array that begins with what it holds
  /// for.
  fileprivate func partition(_ isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension NodeKind {
  /// Whether it is a statement without statements in it.
  fileprivate var isSimpleStatement: Bool {
    switch self {
    case .returnStmt, .deleteStmt, .assign, .typeAlias, .augAssign, .annAssign, .raiseStmt,
      .assertStmt, .importStmt, .importFrom, .globalStmt, .nonlocalStmt, .exprStmt, .passStmt,
      .breakStmt, .continueStmt:
      true
    default: false
    }
  }
}
