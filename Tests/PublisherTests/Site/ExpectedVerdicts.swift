import AsyncChecks
import Publisher
import RuleBase
import Verifier

// Makes verified rules out of what the rule files expect, so that the site is tested without the
// checker.

extension VerifiedRule {
  /// The rule with findings and fixed texts as its file states them.
  init(expectedOf rule: Rule) {
    self.init(
      rule: rule,
      examples: rule.examples.map { example in
        VerifiedExample(
          example: example,
          files: example.files.map { VerifiedFile(expectedOf: $0, in: rule) })
      })
  }
}

extension VerifiedFile {
  fileprivate init(expectedOf file: ExampleFile, in rule: Rule) {
    self.init(
      file: file,
      findings: file.expectations.map { expectation in
        Finding(
          code: expectation.code, name: rule.name, severity: rule.severity,
          message: expectation.message,
          start: Position(expectation.start, in: file.text),
          end: Position(expectation.end, in: file.text),
          fix: file.fixed == nil
            ? nil
            : FindingFix(
              applicability: rule.fix == .unsafe ? .unsafe : .safe, title: "fix", edits: []))
      },
      fixed: file.fixed)
  }
}

extension Position {
  /// The byte offset of a line and column.
  fileprivate init(_ position: TextPosition, in text: String) {
    var (line, column, offset) = (1, 1, 0)
    for scalar in text.unicodeScalars {
      if line == position.line, column == position.column { break }
      offset += UTF8.width(scalar)
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    self.init(line: position.line, column: position.column, offset: offset)
  }
}
