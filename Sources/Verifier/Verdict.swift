package import RuleBase

/// A rule whose examples have all been classified.
package struct VerifiedRule: Sendable {
  package let rule: Rule
  /// In the order of ``Rule/examples``.
  package let examples: [VerifiedExample]
}

/// What the checker said of one example.
package struct VerifiedExample: Sendable {
  package let example: Example
  /// In the order of ``Example/files``.
  package let files: [VerifiedFile]
}

/// What the checker said of one file of an example.
package struct VerifiedFile: Sendable {
  package let file: ExampleFile
  /// In source order.
  package let findings: [Finding]
  /// The text after all fixes; `nil` when there is nothing to fix.
  package let fixed: String?
}

/// A diagnostic as the edge shows it: lines and columns instead of bytes.
package struct Finding: Hashable, Sendable {
  package let code: String
  package let name: String
  package let severity: String
  package let message: String
  package let start: Position
  package let end: Position
  package let notes: [FindingNote]
  package let fix: FindingFix?
}

/// A place: line and column from 1 (characters), offset in UTF-8 bytes from 0.
package struct Position: Hashable, Sendable {
  package let line: Int
  package let column: Int
  package let offset: Int
}

/// A further place or sentence.
package struct FindingNote: Hashable, Sendable {
  package let path: String?
  package let start: Position?
  package let end: Position?
  package let message: String
}

/// A fix as shown and applied at the edge.
package struct FindingFix: Hashable, Sendable {
  /// `safe`, `unsafe` or `display-only`.
  package let applicability: String
  package let title: String
  package let edits: [FindingEdit]
}

/// A replacement of the text between two places.
package struct FindingEdit: Hashable, Sendable {
  package let start: Position
  package let end: Position
  package let replacement: String
}
