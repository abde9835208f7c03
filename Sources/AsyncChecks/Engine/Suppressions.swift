import PythonSyntax

/// The `# noqa` comments of a file.
struct Suppressions {
  private struct Comment {
    let line: Int
    /// Upper-case codes; empty for a comment that suppresses every rule.
    let codes: [[UInt8]]
  }

  private let tree: SyntaxTree
  private let lineIndex: LineIndex
  private var comments: [Comment] = []

  init(_ tree: SyntaxTree, _ lineIndex: LineIndex) {
    self.tree = tree
    self.lineIndex = lineIndex
    let bytes = tree.source.bytes
    var index = 0
    while let found = Self.nextMark(in: bytes, from: index) {
      index = found.end
      guard !isInString(UInt32(found.start)) else { continue }
      comments.append(
        Comment(
          line: lineIndex.line(of: UInt32(found.start)),
          codes: Self.codes(in: bytes, from: found.end)))
    }
  }

  /// Whether a comment on the first line of a diagnostic, or on the last line of its statement,
  /// names its rule or none.
  func cover(_ diagnostic: Diagnostic, code: [UInt8]) -> Bool {
    guard !comments.isEmpty else { return false }
    let first = lineIndex.line(of: diagnostic.span.start)
    let last = lastLine(of: diagnostic.span)
    return comments.contains { comment in
      (comment.line == first || comment.line == last)
        && (comment.codes.isEmpty || comment.codes.contains { $0 == code })
    }
  }

  /// The last line of the simple statement around a span; of the span itself in the head of a
  /// compound statement.
  private func lastLine(of span: ByteSpan) -> Int {
    for node in tree.nodes where tree.kind(node).isSimpleStatement {
      if tree.span(node).contains(span) { return lineIndex.line(of: tree.span(node).end) }
    }
    return lineIndex.line(of: span.end)
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

  /// Whether an offset lies in a string literal, where `#` is no comment.
  private func isInString(_ offset: UInt32) -> Bool {
    tree.nodes.contains { node in
      let isText =
        tree.kind(node) == .joinedStr || tree.kind(node) == .templateStr
        || tree.kind(node) == .constant
      let span = tree.span(node)
      return isText && span.start <= offset && offset < span.end
    }
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
