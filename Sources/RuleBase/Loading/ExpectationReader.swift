/// Takes the expectation lines out of the code of an example.
///
/// ```text
///     time.sleep(1)
/// #   ^^^^^^^^^^^^^ AR101 `time.sleep` blocks the event loop
/// #@ 5..+2:6 AR101 `time.sleep` blocks the event loop
/// ```
struct ExpectationReader {
  /// The lines of the code without expectations.
  private(set) var lines: [Substring] = []
  /// The Markdown line of each of ``lines``.
  private(set) var markdownLines: [Int] = []
  private(set) var expectations: [Expectation] = []

  /// Reads the text of a fence.
  ///
  /// - Parameter firstLine: The line of the Markdown file that holds the first line of `code`.
  init(_ code: String, firstLine: Int, report: inout RuleFileReport) {
    var codeLines = code.byteLines
    if codeLines.last?.isEmpty == true { codeLines.removeLast() }
    for (offset, line) in codeLines.enumerated() {
      let markdownLine = firstLine + offset
      guard Self.looksLikeExpectation(line) else {
        lines.append(line)
        markdownLines.append(markdownLine)
        continue
      }
      guard let statement = Statement(line) else {
        let found = String(line.prefix(60))
        report.add(.malformedExpectation(found: found), line: markdownLine)
        continue
      }
      guard !lines.isEmpty else {
        report.add(.expectationWithoutCode, line: markdownLine)
        continue
      }
      expectations.append(
        Expectation(
          code: statement.code,
          start: TextPosition(line: lines.count, column: statement.startColumn),
          end: TextPosition(
            line: lines.count + statement.lineCount, column: statement.endColumn),
          message: statement.message, markdownLine: markdownLine))
    }
    for expectation in expectations { checkPlace(of: expectation, report: &report) }
  }

  /// The code without expectations; every line ends in a line feed.
  var text: String {
    var text = ""
    for line in lines {
      text += line
      text += "\n"
    }
    return text
  }

  private func checkPlace(of expectation: Expectation, report: inout RuleFileReport) {
    let (start, end) = (expectation.start, expectation.end)
    guard end.line <= lines.count else {
      report.add(
        .expectationBelowEnd(lines: end.line - start.line), line: expectation.markdownLine)
      return
    }
    // The end is exclusive: it may stand one column behind the last character.
    for (line, column) in [(start.line, start.column), (end.line, end.column - 1)] {
      let width = lines[line - 1].unicodeScalars.count
      guard column > width else { continue }
      report.add(
        .expectationOutside(column: column, line: line, width: width),
        line: expectation.markdownLine)
      return
    }
  }

  /// A comment that begins with a caret or `@`; such a comment is never code.
  private static func looksLikeExpectation(_ line: Substring) -> Bool {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let code = line.utf8.drop(while: isSpace)
    guard code.first == UInt8(ascii: "#") else { return false }
    let comment = code.dropFirst()
    return comment.first == UInt8(ascii: "@")
      || comment.drop(while: isSpace).first == UInt8(ascii: "^")
  }
}

/// One expectation line, parsed.
private struct Statement {
  let startColumn: Int
  /// Lines between the start and the end.
  let lineCount: Int
  /// Exclusive.
  let endColumn: Int
  let code: String
  let message: String

  /// `nil` when the line is malformed.
  init?(_ line: Substring) {
    var rest = line
    guard rest.popFirst() == "#" else { return nil }
    if rest.first == "@" {
      rest.removeFirst()
      guard rest.popFirst() == " ", let start = Self.number(&rest), rest.hasPrefix("..") else {
        return nil
      }
      rest.removeFirst(2)
      var lines = 0
      if rest.first == "+" {
        rest.removeFirst()
        guard let count = Self.number(&rest), rest.popFirst() == ":" else { return nil }
        lines = count
      }
      guard let end = Self.number(&rest), lines > 0 || end > start else { return nil }
      (startColumn, lineCount, endColumn) = (start, lines, end)
    } else {
      let spaces = rest.prefix { $0 == " " }.count
      rest = rest.dropFirst(spaces)
      let carets = rest.prefix { $0 == "^" }.count
      guard carets > 0 else { return nil }
      rest = rest.dropFirst(carets)
      // Without a space the `#` stands for the first caret.
      startColumn = spaces == 0 ? 1 : spaces + 2
      endColumn = spaces + 2 + carets
      lineCount = 0
    }
    guard rest.popFirst() == " " else { return nil }
    code = String(rest.prefix { $0 != " " })
    let text = rest.dropFirst(code.count + 1)
    guard TextForm.isCode(code), let first = text.first, first != " ", text.last != " " else {
      return nil
    }
    message = String(text)
  }

  /// A decimal number from 1 that fits a column.
  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0, digits.count < 7 else { return nil }
    rest = rest.dropFirst(digits.count)
    return number
  }
}
