import RuleBase

/// The lines of a rule file around a failure, with what was wanted and found drawn below.
package struct FailureFrame: Sendable {
  package enum Role: Sendable {
    /// A line of the rule file.
    case source
    /// What the rule file states.
    case wanted
    /// What the checker gives.
    case found
  }

  package struct Line: Sendable {
    package let role: Role
    /// The 1-based line of the rule file; `nil` for lines that are not in it.
    package let number: Int?
    package let text: String
  }

  package let lines: [Line]

  /// - Parameter source: The whole text of the rule file.
  package init(_ failure: VerificationFailure, source: String) {
    let sourceLines = source.split(separator: "\n", omittingEmptySubsequences: false)
    func sourceLine(_ number: Int) -> Line? {
      guard sourceLines.indices.contains(number - 1) else { return nil }
      return Line(role: .source, number: number, text: String(sourceLines[number - 1]))
    }
    var lines: [Line] = []
    switch failure.problem {
    case .missing(let wanted):
      lines += [sourceLine(failure.line - 1), sourceLine(failure.line)].compactMap { $0 }
      lines.append(
        Line(role: .wanted, number: nil, text: "\(wanted.code) \(wanted.message)"))
    case .unexpected(let found):
      lines += [sourceLine(failure.line)].compactMap { $0 }
      lines.append(Self.underline(found))
    case .different(let wanted, let found):
      lines += [sourceLine(failure.line - 1), sourceLine(failure.line)].compactMap { $0 }
      lines.append(Self.underline(found))
      if wanted.message != found.message {
        lines.append(Line(role: .wanted, number: nil, text: wanted.message))
        lines.append(Line(role: .found, number: nil, text: found.message))
      }
    case .wrongFix(let wanted, let found):
      lines += [sourceLine(failure.line)].compactMap { $0 }
      lines += Self.changes(wanted: wanted, found: found)
    case .syntaxError(_, let column):
      lines += [sourceLine(failure.line)].compactMap { $0 }
      lines.append(
        Line(role: .found, number: nil, text: String(repeating: " ", count: column - 1) + "^"))
    case .fixNotComplete(let finding):
      lines += [sourceLine(failure.line)].compactMap { $0 }
      lines.append(Line(role: .found, number: nil, text: "\(finding.code) \(finding.message)"))
    case .nothingExpected, .expectationInCleanExample, .noFix, .fixNotIdempotent,
      .wrongApplicability, .fixNotShown:
      lines += [sourceLine(failure.line)].compactMap { $0 }
    }
    self.lines = lines
  }

  /// The line that the rule file would state for a finding, ready to paste.
  private static func underline(_ finding: Finding) -> Line {
    let statement: String
    if finding.start.line == finding.end.line, finding.start.column != 2,
      finding.end.column > finding.start.column + (finding.start.column == 1 ? 1 : 0)
    {
      let width = finding.end.column - finding.start.column
      statement =
        finding.start.column == 1
        ? "#" + String(repeating: "^", count: width - 1)
        : "#" + String(repeating: " ", count: finding.start.column - 2)
          + String(repeating: "^", count: width)
    } else {
      let lines = finding.end.line - finding.start.line
      let end = lines == 0 ? "\(finding.end.column)" : "+\(lines):\(finding.end.column)"
      statement = "#@ \(finding.start.column)..\(end)"
    }
    return Line(
      role: .found, number: nil, text: "\(statement) \(finding.code) \(finding.message)")
  }

  /// The lines in which two texts differ, between their common beginning and end.
  private static func changes(wanted: String, found: String) -> [Line] {
    let wantedLines = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    let foundLines = found.split(separator: "\n", omittingEmptySubsequences: false)
    let shorter = min(wantedLines.count, foundLines.count)
    var start = 0
    while start < shorter, wantedLines[start] == foundLines[start] { start += 1 }
    var end = 0
    while end < shorter - start,
      wantedLines[wantedLines.count - 1 - end] == foundLines[foundLines.count - 1 - end]
    { end += 1 }
    return wantedLines[start..<(wantedLines.count - end)].map {
      Line(role: .wanted, number: nil, text: String($0))
    }
      + foundLines[start..<(foundLines.count - end)].map {
        Line(role: .found, number: nil, text: String($0))
      }
  }
}
