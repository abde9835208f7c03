import AsyncChecks
import PythonSyntax
import Verifier

/// What there is to say of one file, ready for any output format.
struct FileReport {
  /// As shown.
  let path: String
  /// For the lines of code frames.
  let source: [UInt8]
  let lineIndex: LineIndex
  /// In source order; syntax errors have the code `syntax-error`.
  let findings: [Finding]
  /// Maps positions of a notebook's joined code back to its cells.
  let notebook: NotebookFile?

  /// The code and name under which syntax errors are reported.
  static let syntaxErrorCode = "syntax-error"

  /// The place to show for a position: in a notebook, the cell and the line in it.
  func place(of position: Position) -> (cell: Int?, position: Position) {
    guard let cell = notebook?.cell(ofLine: position.line) else { return (nil, position) }
    return (
      cell.number,
      Position(
        line: position.line - cell.firstLine + 1, column: position.column,
        offset: position.offset - cell.firstByte)
    )
  }

  /// `path:line:column`, or `path:cell 3:line:column`.
  func location(of position: Position) -> String {
    let (cell, place) = place(of: position)
    return "\(path):\(cell.map { "cell \($0):" } ?? "")\(place.line):\(place.column)"
  }

  /// The text of a 1-based line, without its end.
  func line(_ number: Int) -> String {
    guard let start = lineIndex.offset(line: number, column: 1) else { return "" }
    let rest = source[Int(start)...]
    let end = rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return String(decoding: rest[..<(end ?? rest.endIndex)], as: UTF8.self)
  }
}
