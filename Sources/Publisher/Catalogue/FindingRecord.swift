import AsyncChecks
package import Verifier

/// A finding as JSON shows it; the same in the catalogue and in the output of `check`.
package struct FindingRecord: Encodable, Sendable {
  /// The file; absent where the finding stands within its file's record.
  package let path: String?
  /// The notebook cell, from 1; absent for ordinary files.
  package let cell: Int?
  package let code: String
  package let name: String
  package let severity: String
  package let message: String
  package let start: PositionRecord
  /// Exclusive.
  package let end: PositionRecord
  package let notes: [FindingNoteRecord]
  package let fix: FindingFixRecord?

  /// Without UTF-16 columns.
  package init(_ finding: Finding, path: String?, cell: Int? = nil) {
    self.init(finding, path: path, cell: cell) { position, _ in PositionRecord(position) }
  }

  /// `position` turns a place in the file of a path (`nil`: the finding's own) into its record.
  init(
    _ finding: Finding, path: String?, cell: Int? = nil,
    position: (Position, String?) -> PositionRecord,
  ) {
    self.path = path
    self.cell = cell
    code = finding.code
    name = finding.name
    severity = finding.severity.word
    message = finding.message
    start = position(finding.start, nil)
    end = position(finding.end, nil)
    notes = finding.notes.map { note in
      FindingNoteRecord(
        path: note.path, start: note.start.map { position($0, note.path) },
        end: note.end.map { position($0, note.path) }, message: note.message)
    }
    fix = finding.fix.map { fix in
      FindingFixRecord(
        applicability: fix.applicability.word, title: fix.title,
        edits: fix.edits.map { edit in
          EditRecord(
            start: position(edit.start, nil), end: position(edit.end, nil),
            replacement: edit.replacement)
        })
    }
  }
}

/// A place in a text.
package struct PositionRecord: Encodable, Sendable {
  /// From 1.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int
  /// From 0, in UTF-8 bytes from the start of the file.
  package let offset: Int
  /// From 1, in UTF-16 code units.
  package let utf16Column: Int?

  package init(_ position: Position, utf16Column: Int? = nil) {
    line = position.line
    column = position.column
    offset = position.offset
    self.utf16Column = utf16Column
  }
}

/// A further place or sentence.
package struct FindingNoteRecord: Encodable, Sendable {
  package let path: String?
  package let start: PositionRecord?
  package let end: PositionRecord?
  package let message: String
}

/// How a finding is cured.
package struct FindingFixRecord: Encodable, Sendable {
  package let applicability: String
  package let title: String
  package let edits: [EditRecord]
}

/// A replacement of the text between two places.
package struct EditRecord: Encodable, Sendable {
  package let start: PositionRecord
  package let end: PositionRecord
  package let replacement: String
}
