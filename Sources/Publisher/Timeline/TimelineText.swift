/// A timeline in lines of ASCII, for manual pages and terminals.
package enum TimelineText {
  /// The lines of a drawing that is at most `width` columns wide.
  ///
  /// ```text
  /// main()       =========#####################
  /// heartbeat()  =========#####################
  ///              0 ms                    1310 ms
  /// = runs or waits   # the event loop stands still
  /// ```
  package static func lines(
    of timeline: Timeline, width: Int, words: ObservedWords = .english,
  ) -> [String] {
    let names = timeline.panels.flatMap(\.rows).map { shortened($0.name, width / 3).count }
    let label = (names.max() ?? 0) + 2
    let columns = max(10, width - label)
    var lines: [String] = []
    for panel in timeline.panels {
      if timeline.panels.count > 1 { lines.append("\(panel.title):") }
      for row in panel.rows {
        let name = shortened(row.name, width / 3)
        let gap = String(repeating: " ", count: label - name.count)
        lines.append(name + gap + bar(row, end: timeline.end, columns: columns))
      }
    }
    let last = "\(Int(timeline.end)) ms"
    let space = String(repeating: " ", count: max(1, columns - 4 - last.count))
    lines.append(String(repeating: " ", count: label) + "0 ms" + space + last)
    let hasStall = timeline.panels.contains { !$0.stalls.isEmpty }
    let hasThread = timeline.panels.contains { $0.rows.contains(where: \.isThread) }
    lines.append(words.legend(hasThread, hasStall))
    return lines
  }

  private static func bar(_ row: Timeline.Row, end: Double, columns: Int) -> String {
    var cells = [Character](repeating: " ", count: columns)
    func fill(_ interval: Timeline.Interval, with mark: Character) {
      let first = min(columns - 1, Int(interval.start / end * Double(columns)))
      let last = min(columns, max(first + 1, Int((interval.end / end * Double(columns)).rounded())))
      for index in first..<last { cells[index] = mark }
    }
    fill(row.life, with: row.isThread ? "-" : "=")
    for stall in row.stalls { fill(stall, with: "#") }
    while cells.last == " " { cells.removeLast() }
    return String(cells)
  }

  /// A name in ASCII of at most `limit` characters.
  private static func shortened(_ name: String, _ limit: Int) -> String {
    let plain = name.map { $0 == "…" ? "..." : $0.isASCII ? String($0) : "?" }.joined()
    return plain.count <= limit ? plain : plain.prefix(limit - 2) + ".."
  }
}
