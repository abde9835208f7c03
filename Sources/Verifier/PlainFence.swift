/// A fence of plain `python` in a piece of prose.
struct PlainFence {
  /// Lines between the start of the prose and the first line of the code.
  let firstLine: Int
  let text: String

  /// The fences whose info string is exactly `python`.
  static func pythonFences(in markdown: String) -> [PlainFence] {
    guard mayHaveFence(markdown) else { return [] }
    var fences: [PlainFence] = []
    var open: (marker: Substring, isPython: Bool, firstLine: Int, lines: [Substring])?
    for (number, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let trimmed = line.drop { $0 == " " }
      if let fence = open {
        if trimmed.hasPrefix(fence.marker), trimmed.allSatisfy({ $0 == fence.marker.first }) {
          if fence.isPython {
            fences.append(
              PlainFence(
                firstLine: fence.firstLine,
                text: fence.lines.map { $0 + "\n" }.joined()))
          }
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
        let marker = trimmed.prefix { $0 == trimmed.first }
        let info = trimmed.dropFirst(marker.count).drop { $0 == " " }
        open = (marker, info == "python", number + 1, [])
      }
    }
    return fences
  }

  /// Whether a mark of fences occurs.
  private static func mayHaveFence(_ markdown: String) -> Bool {
    var (last, count) = (UInt8(0), 0)
    for byte in markdown.utf8 {
      count = byte == last ? count + 1 : 1
      last = byte
      if count == 3, byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") { return true }
    }
    return false
  }
}
