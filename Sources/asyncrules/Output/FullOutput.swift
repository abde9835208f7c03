import AsyncChecks
import PythonSyntax
import Verifier

/// Findings with the code they are about, for people.
struct FullOutput {
  let style: Style
  /// Lines longer than this are cut around the finding, so that one-line files stay readable.
  private static let widest = 160

  func text(for report: FileReport) -> String {
    report.findings.map { text(for: $0, in: report) + "\n" }.joined()
  }

  func text(for finding: Finding, in report: FileReport) -> String {
    let location = Terminal.harmless(report.location(of: finding.start))
    var lines = [
      style.bold(location) + ": " + code(finding) + " " + Terminal.harmless(finding.message)
    ]
    lines += frame(start: finding.start, end: finding.end, in: report, mark: color(finding))
    for note in finding.notes {
      let place = note.start.map { start in
        "\(note.path ?? report.path):\(start.line):\(start.column): "
      }
      lines.append(
        "  " + style.dim("=") + " note: " + Terminal.harmless((place ?? "") + note.message))
    }
    if let fix = finding.fix {
      let kind = fix.applicability == .safe ? "fix" : "\(fix.applicability.word) fix"
      lines.append("  " + style.dim("=") + " \(kind): " + Terminal.harmless(fix.title))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func code(_ finding: Finding) -> String { color(finding)(finding.code) }

  private func color(_ finding: Finding) -> (String) -> String {
    switch finding.severity {
    case .error: style.red
    case .warning: style.yellow
    case .suggestion: style.blue
    }
  }

  /// The line before, the lines of the span, and carets below them.
  private func frame(
    start: Position, end: Position, in report: FileReport, mark: (String) -> String,
  ) -> [String] {
    let (_, shown) = report.place(of: start)
    let shift = start.line - shown.line
    let shownEnd = end.line - shift
    let first = shown.line > 1 ? shown.line - 1 : shown.line
    // A long span shows its first and last lines.
    let spanLines = Array(start.line...max(start.line, end.line))
    let elided = spanLines.count > 5 ? Set(spanLines.dropFirst(3).dropLast(1)) : []
    let width = String(shownEnd).count
    func gutter(_ number: Int?) -> String {
      let text = number.map(String.init) ?? ""
      return style.blue(String(repeating: " ", count: width - text.count) + text + " |")
    }
    var lines = [gutter(nil)]
    for number in (first + shift)...max(start.line, end.line) {
      if elided.contains(number) {
        if number == spanLines[3] { lines.append(gutter(nil) + " …") }
        continue
      }
      let text = report.line(number)
      let isMarked = number >= start.line
      let from = number == start.line ? start.column : firstColumn(of: text)
      let to = number == end.line ? end.column : text.unicodeScalars.count + 1
      let clipped = clip(text, from: isMarked ? from : 1)
      lines.append((gutter(number - shift) + " " + clipped.text).trimmingEnd())
      if isMarked, to >= from {
        lines.append(
          gutter(nil) + " " + padding(text, to: from, clipped: clipped)
            + mark(String(repeating: "^", count: max(1, columns(text, from: from, to: to)))))
      }
    }
    return lines
  }

  private func firstColumn(of text: String) -> Int {
    text.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.count + 1
  }

  private func clip(_ text: String, from column: Int) -> (text: String, dropped: Int) {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count > Self.widest else { return (Terminal.harmless(text), 0) }
    let start = max(0, min(column - 1 - 20, scalars.count - Self.widest))
    let end = min(scalars.count, start + Self.widest)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<end])
    let cut = (start > 0 ? "…" : "") + String(view) + (end < scalars.count ? "…" : "")
    return (Terminal.harmless(cut), start > 0 ? start - 1 : 0)
  }

  /// Blanks that reach the column, tabs kept so that the caret stands below its character.
  private func padding(
    _ text: String, to column: Int, clipped: (text: String, dropped: Int),
  ) -> String {
    String(
      text.unicodeScalars.dropFirst(clipped.dropped).prefix(column - 1 - clipped.dropped)
        .map { scalar -> Character in scalar == "\t" ? "\t" : " " })
      + String(repeating: " ", count: Terminal.extraColumns(in: text, before: column))
  }

  /// The columns a terminal needs for a piece of the line.
  private func columns(_ text: String, from: Int, to: Int) -> Int {
    let count = to - from
    let wide =
      Terminal.extraColumns(in: text, before: to) - Terminal.extraColumns(in: text, before: from)
    return min(count + wide, Self.widest)
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
