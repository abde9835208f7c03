/// A timeline as inline SVG.
///
/// Everything but stalls takes the colour of the text around it, so it is right on light and on
/// dark; stalls are told apart by their hatching too, and the description says all of it in words.
package enum TimelineSVG {
  private static let width = 640
  private static let label = 190
  private static let rowHeight = 20
  private static let titleHeight = 22
  private static let axisHeight = 20

  /// The `svg` element.
  package static func markup(
    of timeline: Timeline, words: ObservedWords = .english,
  ) -> HTML {
    var drawing = Drawing()
    var top = 0
    for panel in timeline.panels {
      if timeline.panels.count > 1 {
        drawing.titles += text(panel.title, x: 0, y: top + 15)
        top += titleHeight
      }
      for row in panel.rows {
        draw(row, at: top, end: timeline.end, in: &drawing)
        top += rowHeight
      }
      top += 6
    }
    let body = drawing.markup + axis(at: top, end: timeline.end)
    let height = top + axisHeight
    let description = description(of: timeline, words: words)
    return """
      <svg class="timeline" viewBox="0 0 \(width) \(height)" role="img" \
      aria-label="\(words.timelineTitle). \(description)" font-size="12" fill="currentColor">\
      \(body)</svg>
      """
  }

  /// The same in a sentence for each activity.
  package static func description(
    of timeline: Timeline, words: ObservedWords = .english,
  ) -> String {
    timeline.panels.map { panel in
      let rows = panel.rows.map { row in
        words.life(row.name, Int(row.life.start), Int(row.life.end))
      }
      let stalls = panel.stalls.map { stall in
        words.standstill(Int(stall.start), Int(stall.end))
      }
      let title = timeline.panels.count > 1 ? "\(panel.title): " : ""
      return title + (rows + stalls).joined(separator: "; ") + "."
    }.joined(separator: " ")
  }

  /// Shapes of one look in one path each: a page may have many timelines.
  private struct Drawing {
    var titles: HTML = ""
    var names: HTML = ""
    var lives = ""
    var threads = ""
    var stalls = ""

    var markup: HTML {
      var result: HTML = "<g font-weight=\"600\">\(titles)</g>"
      result += "<g font-family=\"ui-monospace, monospace\">\(names)</g>"
      result += """
        <path stroke="currentColor" stroke-opacity=".28" stroke-width="14" d="\(lives)"/>
        """
      if !threads.isEmpty {
        result += """
          <path fill="none" stroke="currentColor" stroke-dasharray="3 2" d="\(threads)"/>
          """
      }
      if !stalls.isEmpty {
        result += """
          <path stroke="#d9480f" stroke-width="14" d="\(stalls)"/>\
          <path stroke="#fff" stroke-opacity=".55" stroke-width="14" stroke-dasharray="2 5" \
          d="\(stalls)"/>
          """
      }
      return result
    }
  }

  private static func draw(
    _ row: Timeline.Row, at top: Int, end: Double, in drawing: inout Drawing,
  ) {
    let name = row.name.count <= 28 ? row.name : row.name.prefix(27) + "…"
    drawing.names += text(String(name), x: 0, y: top + 14)
    drawing.lives += bar(row.life, at: top, end: end)
    if row.isThread {
      let (x, width) = extent(of: row.life, end: end)
      drawing.threads += "M\(x) \(top + 3)h\(width)v14h-\(width)z"
    }
    for stall in row.stalls { drawing.stalls += bar(stall, at: top, end: end) }
  }

  /// A part of a path that is drawn as thick as a bar.
  private static func bar(_ interval: Timeline.Interval, at top: Int, end: Double) -> String {
    let (x, width) = extent(of: interval, end: end)
    return "M\(x) \(top + 10)h\(width)"
  }

  private static func extent(of interval: Timeline.Interval, end: Double) -> (x: Int, width: Int) {
    let scale = Double(width - label) / end
    let left = Int((interval.start * scale).rounded())
    let right = Int((interval.end * scale).rounded())
    return (label + left, max(2, right - left))
  }

  private static func axis(at top: Int, end: Double) -> HTML {
    let step = tick(for: end)
    var labels: HTML = ""
    var time = 0
    while Double(time) <= end {
      let (x, _) = extent(of: .init(start: Double(time), end: Double(time)), end: end)
      let anchor: HTML = x > width - 40 ? " text-anchor=\"end\"" : ""
      labels += "<text x=\"\(x)\" y=\"\(top + 14)\"\(anchor)>\(time) ms</text>"
      time += step
    }
    return """
      <path stroke="currentColor" stroke-opacity=".5" d="M\(label) \(top)H\(width)"/>\
      <g fill-opacity=".75">\(labels)</g>
      """
  }

  /// A round number of milliseconds of which four or five fit.
  private static func tick(for end: Double) -> Int {
    var step = 10
    for factor in [2, 5, 10, 20, 50, 100, 200, 500, 1000] where Double(step) * 5 < end {
      step = 10 * factor
    }
    return step
  }

  private static func text(_ words: String, x: Int, y: Int) -> HTML {
    var content = HTML()
    content.append(utf8: words.utf8)
    return "<text x=\"\(x)\" y=\"\(y)\">\(content)</text>"
  }
}
