package import AsyncChecks
import PythonSyntax

/// A diagnostic as the edge shows it: text instead of bytes, lines and columns beside offsets.
package struct Finding: Hashable, Sendable {
  package let code: String
  package let name: String
  package let severity: Severity
  package let message: String
  package let start: Position
  package let end: Position
  package let notes: [FindingNote]
  package let fix: FindingFix?

  package init(
    code: String, name: String, severity: Severity, message: String, start: Position,
    end: Position, notes: [FindingNote] = [], fix: FindingFix? = nil,
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.message = message
    self.start = start
    self.end = end
    self.notes = notes
    self.fix = fix
  }
}

/// A place: line and column from 1 (characters), offset in UTF-8 bytes from 0.
package struct Position: Hashable, Sendable, Comparable {
  package let line: Int
  package let column: Int
  package let offset: Int

  package init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  package static func < (left: Position, right: Position) -> Bool { left.offset < right.offset }
}

/// A further place or sentence.
package struct FindingNote: Hashable, Sendable {
  /// The other file; `nil` for the file of the finding.
  package let path: String?
  package let start: Position?
  package let end: Position?
  package let message: String

  package init(path: String?, start: Position?, end: Position?, message: String) {
    self.path = path
    self.start = start
    self.end = end
    self.message = message
  }
}

/// A fix as shown and applied at the edge.
package struct FindingFix: Hashable, Sendable {
  package let applicability: Applicability
  package let title: String
  package let edits: [FindingEdit]

  package init(applicability: Applicability, title: String, edits: [FindingEdit]) {
    self.applicability = applicability
    self.title = title
    self.edits = edits
  }
}

/// A replacement of the text between two places.
package struct FindingEdit: Hashable, Sendable {
  package let start: Position
  package let end: Position
  package let replacement: String

  package init(start: Position, end: Position, replacement: String) {
    self.start = start
    self.end = end
    self.replacement = replacement
  }
}

extension Applicability {
  /// The word used in every output: `safe`, `unsafe` or `display-only`.
  package var word: String {
    switch self {
    case .safe: "safe"
    case .unsafe: "unsafe"
    case .displayOnly: "display-only"
    }
  }
}

extension Severity {
  /// The word used in rule files and in every output.
  package var word: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .suggestion: "suggestion"
    }
  }
}
