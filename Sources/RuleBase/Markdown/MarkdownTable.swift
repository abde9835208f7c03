/// A table in a paragraph of Markdown: lines of cells between vertical bars, the second line of
/// hyphens.
///
/// CommonMark has no tables and gives such lines as a paragraph, so this reads them out of its
/// words. A vertical bar in a cell must stand in code.
///
/// ```text
/// | call | result |
/// |------|--------|
/// | `f()` | 1 |
/// ```
package struct MarkdownTable: Hashable, Sendable {
  /// The words of a cell.
  package typealias Cell = [MarkdownInline]

  package let header: [Cell]
  /// Each with as many cells as ``header``.
  package let rows: [[Cell]]

  /// Reads a paragraph; `nil` when it is none of a table.
  package init?(_ paragraph: [MarkdownInline]) {
    let lines = paragraph.split(separator: .softBreak, omittingEmptySubsequences: false)
    guard lines.count >= 2, lines.allSatisfy(Self.startsWithBar) else { return nil }
    let header = Self.cells(of: lines[0])
    let rule = Self.cells(of: lines[1])
    guard !header.isEmpty, rule.count == header.count, rule.allSatisfy(Self.isRule) else {
      return nil
    }
    self.header = header
    rows = lines.dropFirst(2).map { line in
      let cells = Self.cells(of: line).prefix(header.count)
      return cells + Array(repeating: [], count: header.count - cells.count)
    }
  }

  private static func startsWithBar(_ line: ArraySlice<MarkdownInline>) -> Bool {
    guard case .text(let text)? = line.first else { return false }
    return text.hasPrefix("|")
  }

  /// Whether a cell of the second line separates the header from the rows.
  private static func isRule(_ cell: Cell) -> Bool {
    guard cell.count == 1, case .text(let text) = cell[0] else { return false }
    return text.contains("-") && text.allSatisfy { "-:".contains($0) }
  }

  private static func cells(of line: ArraySlice<MarkdownInline>) -> [Cell] {
    var cells: [Cell] = [[]]
    for piece in line {
      guard case .text(let text) = piece else {
        cells[cells.count - 1].append(piece)
        continue
      }
      let parts = text.split(separator: "|", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { cells.append([]) }
        if !part.isEmpty { cells[cells.count - 1].append(.text(String(part))) }
      }
    }
    // Before the first bar there is nothing, and behind the last one only white space.
    cells.removeFirst()
    cells = cells.map(trimmed)
    if cells.last?.isEmpty ?? false { cells.removeLast() }
    return cells
  }

  /// The cell without white space at its ends.
  private static func trimmed(_ cell: Cell) -> Cell {
    var cell = cell
    if case .text(let text)? = cell.first {
      let rest = String(text.drop { $0 == " " || $0 == "\t" })
      if rest.isEmpty { cell.removeFirst() } else { cell[0] = .text(rest) }
    }
    if case .text(let text)? = cell.last {
      let rest = String(text.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
      if rest.isEmpty { cell.removeLast() } else { cell[cell.count - 1] = .text(rest) }
    }
    return cell
  }
}
