import AsyncChecks
import PythonSyntax
import Verifier

/// What there is to say of one file, or of one cell of a notebook, ready for any output format.
struct FileReport {
  /// As shown.
  let path: String
  /// The number of the notebook cell, from 1; `nil` for an ordinary file.
  let cell: Int?
  /// For the lines of code frames.
  let source: ArraySlice<UInt8>
  /// In source order, syntax errors among them.
  let findings: [Finding]

  /// `path:line:column`, or `path:cell 3:line:column`.
  func location(of position: Position) -> String {
    "\(path):\(cell.map { "cell \($0):" } ?? "")\(position.line):\(position.column)"
  }

  /// The reports of a notebook's cells, each with places of its own; cells without findings have
  /// none.
  ///
  /// - Parameter findings: With places in the joined code of the cells.
  static func reports(
    of notebook: NotebookFile, path: String, findings: [Finding],
  ) -> [FileReport] {
    notebook.cells.enumerated().compactMap { index, cell in
      let next = index + 1 < notebook.cells.count ? notebook.cells[index + 1] : nil
      let own = findings.filter { finding in
        finding.start.line >= cell.firstLine && finding.start.line < next?.firstLine ?? .max
      }
      guard !own.isEmpty else { return nil }
      return FileReport(
        path: path, cell: cell.number,
        source: notebook.code[cell.firstByte..<(next?.firstByte ?? notebook.code.count)],
        findings: own.map { $0.moved(to: cell) })
    }
  }
}

extension Finding {
  /// The finding with places that count from the start of a cell.
  fileprivate func moved(to cell: NotebookFile.Cell) -> Finding {
    func place(_ position: Position) -> Position {
      Position(
        line: position.line - cell.firstLine + 1, column: position.column,
        offset: position.offset - cell.firstByte)
    }
    return Finding(
      code: code, name: name, severity: severity, message: message, start: place(start),
      end: place(end),
      notes: notes.map { note in
        note.path == nil
          ? FindingNote(
            path: nil, start: note.start.map(place), end: note.end.map(place),
            message: note.message)
          : note
      },
      fix: fix.map { fix in
        FindingFix(
          applicability: fix.applicability, title: fix.title,
          edits: fix.edits.map { edit in
            FindingEdit(
              start: place(edit.start), end: place(edit.end), replacement: edit.replacement)
          })
      })
  }
}
