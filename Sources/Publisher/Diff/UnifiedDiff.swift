/// A ``LineDiff`` cut into hunks with lines of context around each change.
///
/// **Source:** POSIX.1-2024, `diff`, "Diff -u or -U Output Format".
package struct UnifiedDiff: Sendable {
  /// A run of changes that are close together, with their context.
  package struct Hunk: Sendable {
    /// The first line, from 0, and the number of lines in the old text.
    package let old: Range<Int>
    package let new: Range<Int>
    package let operations: ArraySlice<LineDiff.Operation>

    /// The line that announces the hunk: `@@ -1,4 +1,5 @@`.
    package var header: String { "@@ -\(Self.numbers(old)) +\(Self.numbers(new)) @@" }

    /// An empty interval is named by the line before it.
    private static func numbers(_ lines: Range<Int>) -> String {
      switch lines.count {
      case 0: "\(lines.lowerBound),0"
      case 1: "\(lines.lowerBound + 1)"
      default: "\(lines.lowerBound + 1),\(lines.count)"
      }
    }
  }

  package let lines: LineDiff
  package let hunks: [Hunk]

  /// Compares two texts.
  package init(from old: [UInt8], to new: [UInt8], context: Int = 3) {
    lines = LineDiff(from: old, to: new)
    hunks = Self.hunks(of: lines.operations, context: context)
  }

  package var isEmpty: Bool { hunks.isEmpty }

  /// The whole diff as `patch` reads it; empty when the texts are equal.
  package func formatted(oldName: [UInt8], newName: [UInt8]) -> [UInt8] {
    guard !isEmpty else { return [] }
    var result = Array("--- ".utf8) + oldName + Array("\n+++ ".utf8) + newName
    result.append(UInt8(ascii: "\n"))
    for hunk in hunks {
      result.append(contentsOf: hunk.header.utf8)
      result.append(UInt8(ascii: "\n"))
      for operation in hunk.operations {
        switch operation {
        case .keep(let old, _): Self.append(" ", lines.oldLines[old], to: &result)
        case .delete(let old): Self.append("-", lines.oldLines[old], to: &result)
        case .insert(let new): Self.append("+", lines.newLines[new], to: &result)
        }
      }
    }
    return result
  }

  private static func append(
    _ sign: Unicode.Scalar, _ line: ArraySlice<UInt8>, to result: inout [UInt8],
  ) {
    result.append(UInt8(ascii: sign))
    result.append(contentsOf: line)
    if line.last != UInt8(ascii: "\n") {
      result.append(contentsOf: "\n\\ No newline at end of file\n".utf8)
    }
  }

  private static func hunks(of operations: [LineDiff.Operation], context: Int) -> [Hunk] {
    var hunks: [Hunk] = []
    var counter = LineCounter(operations: operations)
    var changed = operations.indices.filter { !operations[$0].isKept }[...]
    while let first = changed.popFirst() {
      var last = first
      while let next = changed.first, next - last - 1 <= 2 * context {
        last = next
        changed.removeFirst()
      }
      let start = max(first - context, operations.startIndex)
      let end = min(last + context + 1, operations.endIndex)
      let (oldStart, newStart) = counter.lines(before: start)
      let (oldEnd, newEnd) = counter.lines(before: end)
      hunks.append(
        Hunk(
          old: oldStart..<oldEnd, new: newStart..<newEnd, operations: operations[start..<end]))
    }
    return hunks
  }

  /// Counts the lines of both texts that come before an operation, in ascending order.
  private struct LineCounter {
    let operations: [LineDiff.Operation]
    var index = 0
    var old = 0
    var new = 0

    init(operations: [LineDiff.Operation]) { self.operations = operations }

    mutating func lines(before end: Int) -> (old: Int, new: Int) {
      while index < end {
        switch operations[index] {
        case .keep:
          old += 1
          new += 1
        case .delete: old += 1
        case .insert: new += 1
        }
        index += 1
      }
      return (old, new)
    }
  }
}

extension LineDiff.Operation {
  /// Whether the line is in both texts.
  package var isKept: Bool {
    if case .keep = self { true } else { false }
  }
}
