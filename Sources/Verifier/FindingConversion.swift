package import AsyncChecks
package import PythonSyntax

/// Turns what the checker yields for the files of one project into findings for the edge.
package struct FindingConverter: Sendable {
  private let table: RuleTable
  private let files: [(path: String, checked: CheckedFile)]

  /// The code and name under which syntax errors are reported.
  package static let syntaxErrorCode = "syntax-error"

  /// - Parameter files: The files in the order in which the checker got them.
  package init(table: RuleTable, files: [(path: String, checked: CheckedFile)]) {
    self.table = table
    self.files = files
  }

  /// The diagnostics of a file, in source order.
  package func findings(ofFileAt index: Int) -> [Finding] {
    let checked = files[index].checked
    guard !checked.diagnostics.isEmpty, let source = checked.source else { return [] }
    let lineIndex = LineIndex(source)
    return checked.diagnostics.map { finding($0, inFileAt: index, lineIndex) }
  }

  /// The syntax errors of a file as findings.
  ///
  /// - Parameter bytes: Those of the file, for its lines when it could not be decoded.
  package func syntaxErrors(ofFileAt index: Int, bytes: [UInt8]) -> [Finding] {
    let checked = files[index].checked
    guard !checked.syntaxErrors.isEmpty else { return [] }
    let lineIndex = checked.source.map { LineIndex($0) } ?? LineIndex(bytes)
    return checked.syntaxErrors.map { error in
      Finding(
        code: Self.syntaxErrorCode, name: Self.syntaxErrorCode, severity: .error,
        message: String(decoding: error.message, as: UTF8.self),
        start: lineIndex.position(at: error.span.start),
        end: lineIndex.position(at: error.span.end))
    }
  }

  private func finding(
    _ diagnostic: Diagnostic, inFileAt index: Int, _ lineIndex: LineIndex,
  ) -> Finding {
    let rule = table.rules[diagnostic.rule.index]
    return Finding(
      code: String(decoding: rule.code, as: UTF8.self),
      name: String(decoding: rule.name, as: UTF8.self),
      severity: diagnostic.severity ?? rule.severity,
      message: String(decoding: diagnostic.message, as: UTF8.self),
      start: lineIndex.position(at: diagnostic.span.start),
      end: lineIndex.position(at: diagnostic.span.end),
      notes: diagnostic.notes.map { note(for: $0, inFileAt: index, lineIndex) },
      fix: diagnostic.fix.map { fix(for: $0, lineIndex: lineIndex) })
  }

  private func note(
    for note: Note, inFileAt index: Int, _ ownLines: LineIndex,
  ) -> FindingNote {
    let fileIndex = note.file.map { Int($0.rawValue) } ?? index
    let isOwn = fileIndex == index
    let lines = isOwn ? ownLines : files[fileIndex].checked.source.map { LineIndex($0) }
    return FindingNote(
      path: isOwn ? nil : files[fileIndex].path,
      start: note.span.flatMap { span in lines.map { $0.position(at: span.start) } },
      end: note.span.flatMap { span in lines.map { $0.position(at: span.end) } },
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
