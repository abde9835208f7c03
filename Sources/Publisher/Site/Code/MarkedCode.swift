import AsyncChecks
import PythonSyntax

/// Python code as lines of HTML: highlighted, numbered and with findings underlined.
struct MarkedCode {
  /// A place that a finding is about.
  struct Mark {
    /// UTF-8 bytes of the text.
    let span: Range<Int>
    /// The line on which it begins, from 1.
    let line: Int
    let severity: Severity
    /// The id of the element that describes the finding.
    let description: String
  }

  /// UTF-8.
  let text: [UInt8]
  let marks: [Mark]
  /// What the ids of lines begin with; only lines on which a finding begins have ids.
  let anchor: String?

  init(text: String, marks: [Mark] = [], anchor: String? = nil) {
    self.text = Array(text.utf8)
    self.marks = marks
    self.anchor = anchor
  }

  /// One element per line, with line feeds between them.
  var html: HTML {
    let tokens = PythonHighlighting(of: text).spans
    var writer = LineWriter(text: text, tokens: tokens, marks: marks)
    let targets = Set(marks.map(\.line))
    var result = HTML()
    for (index, line) in Self.lines(of: text).enumerated() {
      if index > 0 { result += "\n" }
      if let anchor, targets.contains(index + 1) {
        result += "<b id=\"\(anchor)-L\(index + 1)\">"
      } else {
        result += "<b>"
      }
      writer.write(line, to: &result)
      result += "</b>"
    }
    return result
  }

  /// The byte intervals of the lines without their ends; a line feed at the end ends the last one.
  static func lines(of text: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < text.count {
      let feed = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      let isCarriageReturn = feed > start && text[feed - 1] == UInt8(ascii: "\r")
      lines.append(start..<(isCarriageReturn ? feed - 1 : feed))
      start = feed + 1
    }
    return lines
  }
}

/// Writes lines in ascending order, cutting tokens and marks at each other's ends.
private struct LineWriter {
  let text: [UInt8]
  let tokens: [PythonHighlighting.HighlightedSpan]
  let marks: [MarkedCode.Mark]
  /// The first token that may reach into the next line.
  private var firstToken = 0

  init(
    text: [UInt8], tokens: [PythonHighlighting.HighlightedSpan], marks: [MarkedCode.Mark],
  ) {
    self.text = text
    self.tokens = tokens
    self.marks = marks
  }

  mutating func write(_ line: Range<Int>, to result: inout HTML) {
    while firstToken < tokens.count, tokens[firstToken].span.upperBound <= line.lowerBound {
      firstToken += 1
    }
    for part in Self.parts(of: line, cutBy: marks.map(\.span)) {
      let covering = marks.filter { $0.span.contains(part.lowerBound) }
      guard let worst = covering.map(\.severity).min(by: { $0.rawValue < $1.rawValue }) else {
        writeTokens(in: part, to: &result)
        continue
      }
      let ids = covering.map(\.description).joined(separator: " ")
      result += "<mark class=\"\(worst.styleClass)\" aria-describedby=\"\(ids)\">"
      writeTokens(in: part, to: &result)
      result += "</mark>"
    }
  }

  private func writeTokens(in part: Range<Int>, to result: inout HTML) {
    var position = part.lowerBound
    var index = firstToken
    while index < tokens.count, tokens[index].span.lowerBound < part.upperBound {
      let span = tokens[index].span.clamped(to: part)
      if !span.isEmpty {
        append(position..<span.lowerBound, to: &result)
        result +=
          tokens[index].kind.styleClass.map { "<i class=\"\(raw: $0)\">" as HTML } ?? "<i>"
        append(span, to: &result)
        result += "</i>"
        position = span.upperBound
      }
      index += 1
    }
    append(position..<part.upperBound, to: &result)
  }

  /// Appends code; characters that change the direction of text are shown by their numbers.
  private func append(_ span: Range<Int>, to result: inout HTML) {
    var start = span.lowerBound
    var index = span.lowerBound
    while index + 2 < span.upperBound {
      if HTMLEscaping.isDeceptive(text[index], text[index + 1], text[index + 2]) {
        let scalar = String(decoding: text[index..<index + 3], as: UTF8.self).unicodeScalars.first
        let number = String(scalar?.value ?? 0xFFFD, radix: 16, uppercase: true)
        result.append(utf8: text[start..<index])
        result += "<span class=\"hidden-character\">U+\(number)</span>"
        start = index + 3
        index = start
      } else {
        index += 1
      }
    }
    result.append(utf8: text[start..<span.upperBound])
  }

  /// The line cut at every start and end of the spans that lies inside it.
  private static func parts(of line: Range<Int>, cutBy spans: [Range<Int>]) -> [Range<Int>] {
    var cuts = [line.lowerBound, line.upperBound]
    for span in spans {
      cuts += [span.lowerBound, span.upperBound].filter(line.contains)
    }
    cuts.sort()
    return zip(cuts, cuts.dropFirst()).compactMap { $0 < $1 ? $0..<$1 : nil }
  }
}

extension Severity {
  /// The name of the class in the stylesheet.
  var styleClass: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .suggestion: "suggestion"
    }
  }
}
