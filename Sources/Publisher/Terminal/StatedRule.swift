package import RuleBase
package import Verifier

extension VerifiedRule {
  /// What a rule file states of its examples, taken at its word: the verifier proves the same.
  package init(stating rule: Rule) {
    self.init(
      rule: rule,
      examples: rule.examples.map { example in
        VerifiedExample(
          example: example,
          files: example.files.map { file in
            VerifiedFile(
              file: file,
              findings: file.expectations.map { Finding($0, of: rule, in: file.text) },
              fixed: file.fixed)
          })
      })
  }
}

extension Finding {
  fileprivate init(_ expectation: Expectation, of rule: Rule, in text: String) {
    self.init(
      code: expectation.code, name: rule.name, severity: rule.severity,
      message: expectation.message, start: Position(expectation.start, in: text),
      end: Position(expectation.end, in: text))
  }
}

extension Position {
  fileprivate init(_ place: TextPosition, in text: String) {
    var offset = 0
    var line = 1
    var column = 1
    for scalar in text.unicodeScalars {
      if line == place.line && column == place.column || line > place.line { break }
      offset += scalar.utf8.count
      column += 1
      if scalar == "\n" {
        line += 1
        column = 1
      }
    }
    self.init(line: place.line, column: place.column, offset: offset)
  }
}
