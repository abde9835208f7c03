/// The difference between two texts, line by line, with the fewest changed lines.
///
/// Lines keep their ends, so that a missing or different line end is a difference too.
///
/// **Source:** E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), section 4b.
package struct LineDiff: Sendable {
  /// What happened to a line.
  package enum Operation: Hashable, Sendable {
    /// In both texts; indices into the old and the new lines.
    case keep(old: Int, new: Int)
    /// Only in the old text.
    case delete(old: Int)
    /// Only in the new text.
    case insert(new: Int)
  }

  package let oldLines: [ArraySlice<UInt8>]
  package let newLines: [ArraySlice<UInt8>]
  /// In text order; within a change deletions come first.
  package let operations: [Operation]

  /// Compares two texts.
  ///
  /// - Complexity: O((n + m) · d) time for d changed lines, O(n + m) space.
  package init(from old: [UInt8], to new: [UInt8]) {
    oldLines = Self.lines(of: old)
    newLines = Self.lines(of: new)
    var search = MiddleSnakeSearch(old: oldLines, new: newLines)
    operations = search.operations()
  }

  package var isEmpty: Bool { operations.allSatisfy(\.isKept) }

  /// The lines of a text, each with its line feed; the last may lack one.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.endIndex
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }
}
