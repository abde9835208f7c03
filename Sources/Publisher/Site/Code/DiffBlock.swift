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
      rows.append("<span class=\"l hunk\">\(hunk.header)</span>")
      let changes = ChangedParts(of: hunk, in: diff.lines)
      for operation in hunk.operations {
        switch operation {
        case .keep(let old, _):
          rows.append("<span class=\"l\"> \(Self.text(of: diff.lines.oldLines[old]))</span>")
        case .delete(let old):
          let text = Self.text(of: diff.lines.oldLines[old], emphasised: changes.old[old])
          rows.append("<del class=\"l\">-\(text)</del>")
        case .insert(let new):
          let text = Self.text(of: diff.lines.newLines[new], emphasised: changes.new[new])
          rows.append("<ins class=\"l\">+\(text)</ins>")
        }
      }
    }
    return rows.joined(by: "\n")
  }

  private static func text(of line: ArraySlice<UInt8>, emphasised: Range<Int>? = nil) -> HTML {
    var line = line
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard let emphasised else { return escaped(line) }
    let part = emphasised.clamped(to: line.startIndex..<line.endIndex)
    guard !part.isEmpty else { return escaped(line) }
    return """
      \(escaped(line[..<part.lowerBound]))<b>\(escaped(line[part]))</b>\
      \(escaped(line[part.upperBound...]))
      """
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> HTML {
    var result = HTML()
    result.append(utf8: bytes)
    return result
  }
}

/// The parts of replaced lines that differ, for lines that were replaced one by one.
private struct ChangedParts {
  /// Keyed by the index of the line; byte indices of the text.
  var old: [Int: Range<Int>] = [:]
  var new: [Int: Range<Int>] = [:]

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
      let (before, after) = (diff.oldLines[oldIndex], diff.newLines[newIndex])
      let prefix = Self.wordStart(in: before, before: Self.commonPrefix(before, after))
      let suffix = Self.wordStart(
        in: before.reversed()[...],
        before: Self.commonPrefix(
          before.dropFirst(prefix).reversed()[...], after.dropFirst(prefix).reversed()[...]))
      // A pair that has little in common is not one line changed but two lines.
      guard prefix + suffix > min(before.count, after.count) / 3 else { continue }
      old[oldIndex] = before.startIndex + prefix..<before.endIndex - suffix
      new[newIndex] = after.startIndex + prefix..<after.endIndex - suffix
    }
  }

  private static func commonPrefix(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    zip(left, right).prefix { $0 == $1 }.count
  }

  /// Moves back to where a word begins, so that no word and no character is cut.
  private static func wordStart(in line: ArraySlice<UInt8>, before count: Int) -> Int {
    var count = count
    while count > 0, count < line.count, isWord(line[line.startIndex + count - 1]),
      isWord(line[line.startIndex + count])
    {
      count -= 1
    }
    return count
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
