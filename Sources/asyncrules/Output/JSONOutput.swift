import AsyncChecks
import Foundation
import Verifier

/// One array of objects, for other programs.
///
/// Lines and columns count from 1, columns in characters, offsets in UTF-8 bytes from 0.
struct JSONOutput {
  private let encoder: JSONEncoder

  init() {
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  func text(for reports: [FileReport]) -> String {
    let records = reports.flatMap { report in
      report.findings.map { FindingRecord($0, in: report) }
    }
    // Encoding values of these types cannot fail.
    let lines = records.map { record in
      (try? encoder.encode(record)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
    guard !lines.isEmpty else { return "[]\n" }
    return "[\n  " + lines.joined(separator: ",\n  ") + "\n]\n"
  }
}

/// One finding as `--output-format json` gives it.
private struct FindingRecord: Encodable {
  struct Place: Encodable {
    let line: Int
    let column: Int
    let offset: Int

    init(_ position: Position) {
      line = position.line
      column = position.column
      offset = position.offset
    }
  }

  struct NoteRecord: Encodable {
    let path: String?
    let start: Place?
    let end: Place?
    let message: String
  }

  struct EditRecord: Encodable {
    let start: Place
    let end: Place
    let replacement: String
  }

  struct FixRecord: Encodable {
    let applicability: String
    let title: String
    let edits: [EditRecord]
  }

  let path: String
  /// The notebook cell, from 1; absent for ordinary files.
  let cell: Int?
  let code: String
  let name: String
  let severity: String
  let message: String
  let start: Place
  let end: Place
  let notes: [NoteRecord]
  let fix: FixRecord?

  init(_ finding: Finding, in report: FileReport) {
    path = report.path
    cell = report.cell
    code = finding.code
    name = finding.name
    severity = finding.severity.word
    message = finding.message
    start = Place(finding.start)
    end = Place(finding.end)
    notes = finding.notes.map { note in
      NoteRecord(
        path: note.path, start: note.start.map(Place.init), end: note.end.map(Place.init),
        message: note.message)
    }
    fix = finding.fix.map { fix in
      FixRecord(
        applicability: fix.applicability.word, title: fix.title,
        edits: fix.edits.map { edit in
          EditRecord(
            start: Place(edit.start), end: Place(edit.end), replacement: edit.replacement)
        })
    }
  }
}
