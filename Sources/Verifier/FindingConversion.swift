package import AsyncChecks
package import PythonSyntax

/// Turns what the checker yields for the files of one project into findings for the edge.
package struct FindingConverter: Sendable {
  private let table: RuleTable
  private let files: [File]

  private struct File: Sendable {
    let path: String
    let lineIndex: LineIndex
  }

  /// - Parameter files: The files in the order in which the checker got them.
  package init(table: RuleTable, files: [(path: String, lineIndex: LineIndex)]) {
    self.table = table
    self.files = files.map { File(path: $0.path, lineIndex: $0.lineIndex) }
  }

  /// The finding of a diagnostic of the file at `index`.
  package func finding(_ diagnostic: Diagnostic, inFileAt index: Int) -> Finding {
    let rule = table.rules[diagnostic.rule.index]
    let lineIndex = files[index].lineIndex
    return Finding(
      code: String(decoding: rule.code, as: UTF8.self),
      name: String(decoding: rule.name, as: UTF8.self),
      severity: rule.severity,
      message: String(decoding: diagnostic.message, as: UTF8.self),
      start: lineIndex.position(at: diagnostic.span.start),
      end: lineIndex.position(at: diagnostic.span.end),
      notes: diagnostic.notes.map { note(for: $0, inFileAt: index) },
      fix: diagnostic.fix.map { fix(for: $0, lineIndex: lineIndex) })
  }

  private func note(for note: Note, inFileAt index: Int) -> FindingNote {
    let fileIndex = note.file.map { Int($0.rawValue) } ?? index
    let file = files[fileIndex]
    return FindingNote(
      path: fileIndex == index ? nil : file.path,
      start: note.span.map { file.lineIndex.position(at: $0.start) },
      end: note.span.map { file.lineIndex.position(at: $0.end) },
      message: String(decoding: note.message, as: UTF8.self))
  }

  private func fix(for fix: Fix, lineIndex: LineIndex) -> FindingFix {
    FindingFix(
      applicability: fix.applicability,
      title: String(decoding: fix.title, as: UTF8.self),
      edits: fix.edits.map { edit in
        FindingEdit(
          start: lineIndex.position(at: edit.span.start),
          end: lineIndex.position(at: edit.span.end),
          replacement: String(decoding: edit.replacement, as: UTF8.self))
      })
  }
}

extension LineIndex {
  /// The place of a byte offset.
  package func position(at offset: UInt32) -> Position {
    Position(line: line(of: offset), column: column(of: offset), offset: Int(offset))
  }
}
