import AsyncChecks
package import Verifier

/// A finding as the tool prints it: message, place, the code with carets below the span, notes.
///
/// ```text
/// error[AR101]: `time.sleep` blocks the event loop
///  --> app.py:4:5
///   |
/// 4 |     time.sleep(1)
///   |     ^^^^^^^^^^^^^
///   = fix (safe): replace by `await asyncio.sleep(…)`
/// ```
package struct CodeFrame: Hashable, Sendable {
  package let lines: [StyledLine]

  /// Draws a finding; `source` is the text of the whole file, `width` breaks long messages.
  package init(_ finding: Finding, path: String, source: String, width: Int? = nil) {
    self.init(
      finding, place: "\(path):\(finding.start.line):\(finding.start.column)",
      source: SourceLines(source), width: width)
  }

  /// Draws a finding of a file whose lines serve several findings; `place` is shown as it is.
  package init(_ finding: Finding, place: String, source: SourceLines, width: Int? = nil) {
    let span = FrameSpan(finding)
    let gutter = String(repeating: " ", count: String(span.last).count)
    var lines = Self.opening(of: finding, width: width)

    var placeLine = StyledLine(gutter + "--> ", .gutter)
    placeLine.append(place.visible, .path)
    lines.append(placeLine)
    lines.append(StyledLine(gutter + " |", .gutter))
    for line in span.lines {
      guard let number = line else {
        lines.append(StyledLine(gutter + " ⋮", .gutter))
        continue
      }
      let code = source.line(number)
      let label = String(number)
      let indent = String(repeating: " ", count: gutter.count - label.count)
      var shown = StyledLine(indent + label + " |", .gutter)
      shown.append(code.text.isEmpty ? "" : " " + code.text)
      lines.append(shown)
      let carets = span.carets(on: number, code)
      if let carets {
        var marks = StyledLine(gutter + " | ", .gutter)
        marks.append(String(repeating: " ", count: carets.lowerBound))
        marks.append(String(repeating: "^", count: carets.count), finding.severity.style)
        lines.append(marks)
      }
    }
    for note in finding.notes {
      lines += Self.remark(
        "note", Self.text(of: note), gutter: gutter, width: width)
    }
    if let fix = finding.fix {
      lines += Self.remark(
        "fix (\(fix.applicability.word))", fix.title.visible, gutter: gutter, width: width)
    }
    self.lines = lines
  }

  /// The frame without styles, each line with its line feed.
  package var text: String {
    var text = ""
    for line in lines {
      line.append(to: &text)
      text += "\n"
    }
    return text
  }

  private static func opening(of finding: Finding, width: Int?) -> [StyledLine] {
    let label = "\(finding.severity.word)[\(finding.code)]"
    let broken = TextWrap.lines(
      of: "\(label): \(finding.message.visible)", width: width ?? .max, indent: "  ")
    return broken.enumerated().map { index, text in
      guard index == 0 else { return StyledLine(text, .message) }
      var line = StyledLine(label, finding.severity.style)
      line.append(String(text.dropping(label.utf8.count)), .message)
      return line
    }
  }

  private static func remark(
    _ label: String, _ text: String, gutter: String, width: Int?,
  ) -> [StyledLine] {
    let opening = gutter + " = "
    let broken = TextWrap.lines(
      of: "\(label): \(text)", width: (width ?? .max) - opening.count, indent: "  ")
    return broken.enumerated().map { index, text in
      guard index == 0 else {
        return StyledLine(String(repeating: " ", count: opening.count) + text)
      }
      var line = StyledLine(opening, .gutter)
      line.append(label, .label)
      line.append(String(text.dropping(label.utf8.count)))
      return line
    }
  }

  private static func text(of note: FindingNote) -> String {
    guard let start = note.start else { return note.message.visible }
    let path = note.path.map { "\($0.visible):" } ?? "line "
    return "\(path)\(start.line): \(note.message.visible)"
  }
}

extension Severity {
  /// The style of its word and of its carets.
  var style: StyledLine.Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .suggestion: .suggestion
    }
  }
}

/// The lines of a span that a frame shows.
private struct FrameSpan {
  /// A span of more lines than this loses its middle.
  static let longest = 6

  let start: Position
  let end: Position

  init(_ finding: Finding) {
    start = finding.start
    end = finding.end
  }

  /// The last line that holds a part of the span.
  var last: Int { end.column == 1 && end.line > start.line ? end.line - 1 : end.line }

  /// The 1-based numbers in order, `nil` for the middle that is left out.
  var lines: [Int?] {
    guard last - start.line + 1 > Self.longest else { return Array(start.line...last) }
    return [start.line, start.line + 1, start.line + 2, nil, last - 1, last]
  }

  /// The display columns to underline on a line; `nil` when the span has only its line end.
  func carets(on number: Int, _ code: SourceLines.Line) -> Range<Int>? {
    let first = number == start.line ? code.stop(ofColumn: start.column) : code.indentation
    let end = number == end.line ? code.stop(ofColumn: end.column) : code.width
    if number == start.line { return first..<max(end, first + 1) }
    return first < end ? first..<end : nil
  }
}
