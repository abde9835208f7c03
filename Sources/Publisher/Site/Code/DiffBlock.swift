/// A computed difference between two versions of a file as HTML, readable as a unified diff.
struct DiffBlock {
  private let diff: UnifiedDiff

  init(from old: String, to new: String) {
    diff = UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8), context: 2)
  }

  var isEmpty: Bool { diff.isEmpty }

  /// The rows, with line feeds between them.
  var html: HTML {
    var rows: [HTML] = []
    for hunk in diff.hunks {
      rows.append("<span class=\"hunk\">\(hunk.header)</span>")
      let changes = ChangedParts(of: hunk, in: diff.lines)
      for operation in hunk.operations {
        switch operation {
        case .keep(let old, _):
          rows.append("<span> \(Self.text(of: diff.lines.oldLines[old]))</span>")
        case .delete(let old):
          let text = Self.text(of: diff.lines.oldLines[old], emphasised: changes.old[old] ?? [])
          rows.append("<del>-\(text)</del>")
        case .insert(let new):
          let text = Self.text(of: diff.lines.newLines[new], emphasised: changes.new[new] ?? [])
          rows.append("<ins>+\(text)</ins>")
        }
      }
    }
    return rows.joined(by: "\n")
  }

  private static func text(of line: ArraySlice<UInt8>, emphasised: [Range<Int>] = []) -> HTML {
    var line = line
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
    var result = HTML()
    var position = line.startIndex
    for part in emphasised.map({ $0.clamped(to: line.indices) }) where !part.isEmpty {
      result += "\(escaped(line[position..<part.lowerBound]))<b>\(escaped(line[part]))</b>"
      position = part.upperBound
    }
    return result + escaped(line[position...])
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> HTML {
    var result = HTML()
    result.append(utf8: bytes)
    return result
  }
}

/// The words of replaced lines that differ, for lines that were replaced one by one.
private struct ChangedParts {
  /// Keyed by the index of the line; byte indices of the text.
  var old: [Int: [Range<Int>]] = [:]
  var new: [Int: [Range<Int>]] = [:]

  init(of hunk: UnifiedDiff.Hunk, in diff: LineDiff) {
    var deleted: [Int] = []
    var inserted: [Int] = []
    for operation in hunk.operations {
      switch operation {
      case .keep:
        pair(deleted, inserted, in: diff)
        (deleted, inserted) = ([], [])
      case .delete(let index): deleted.append(index)
      case .insert(let index): inserted.append(index)
      }
    }
    pair(deleted, inserted, in: diff)
  }

  private mutating func pair(_ deleted: [Int], _ inserted: [Int], in diff: LineDiff) {
    guard deleted.count == inserted.count else { return }
    for (oldIndex, newIndex) in zip(deleted, inserted) {
      let before = Self.words(of: diff.oldLines[oldIndex])
      let after = Self.words(of: diff.newLines[newIndex])
      var search = MiddleSnakeSearch(old: before, new: after)
      var (removed, added): ([Range<Int>], [Range<Int>]) = ([], [])
      var keptBytes = 0
      for operation in search.operations() {
        switch operation {
        case .keep(let word, _): keptBytes += before[word].count
        case .delete(let word): Self.append(before[word].indices, to: &removed)
        case .insert(let word): Self.append(after[word].indices, to: &added)
        }
      }
      // A pair that has little in common is not one line changed but two lines.
      let shorter = min(diff.oldLines[oldIndex].count, diff.newLines[newIndex].count)
      guard keptBytes > shorter / 3 else { continue }
      old[oldIndex] = removed
      new[newIndex] = added
    }
  }

  private static func append(_ part: Range<Int>, to parts: inout [Range<Int>]) {
    if let last = parts.last, last.upperBound == part.lowerBound {
      parts[parts.count - 1] = last.lowerBound..<part.upperBound
    } else {
      parts.append(part)
    }
  }

  /// Runs of letters and digits, and everything else one by one.
  private static func words(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    var start = line.startIndex
    while start < line.endIndex {
      let end =
        isWord(line[start]) ? line[start...].firstIndex { !isWord($0) } ?? line.endIndex : start + 1
      words.append(line[start..<end])
      start = end
    }
    return words
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
