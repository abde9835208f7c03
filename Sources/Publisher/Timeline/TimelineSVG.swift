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
  ///
  /// - Parameter id: Begins the ids within the element; unique on the page.
  package static func markup(
    of timeline: Timeline, id: String, words: ObservedWords = .english,
  ) -> HTML {
    var body: HTML = ""
    var top = 0
    for panel in timeline.panels {
      if timeline.panels.count > 1 {
        body += text(panel.title, x: 0, y: top + 15, isStrong: true)
        top += titleHeight
      }
      for row in panel.rows {
        body += line(of: row, at: top, end: timeline.end, id: id)
        top += rowHeight
      }
      top += 6
    }
    body += axis(at: top, end: timeline.end)
    let height = top + axisHeight
    let description = description(of: timeline, words: words)
    return """
      <svg class="timeline" viewBox="0 0 \(width) \(height)" role="img" \
      aria-labelledby="\(id)-title \(id)-desc" font-size="12" fill="currentColor">\
      <title id="\(id)-title">\(words.timelineTitle)</title>\
      <desc id="\(id)-desc">\(description)</desc>\
      <defs><pattern id="\(id)-hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
      patternTransform="rotate(45)"><rect width="6" height="6" fill="#d9480f"/>\
      <rect width="2" height="6" fill="#fff" fill-opacity=".55"/></pattern></defs>\(body)</svg>
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

  private static func line(
    of row: Timeline.Row, at top: Int, end: Double, id: String,
  ) -> HTML {
    let name = row.name.count <= 28 ? row.name : row.name.prefix(27) + "…"
    var line = text(String(name), x: 0, y: top + 14, isStrong: false)
    line += bar(row.life, at: top, end: end, attributes: "fill-opacity=\".28\"")
    if row.isThread {
      let (x, width) = extent(of: row.life, end: end)
      line += """
        <rect x="\(x)" y="\(top + 3)" width="\(width)" height="14" rx="2" fill="none" \
        stroke="currentColor" stroke-dasharray="3 2"/>
        """
    }
    for stall in row.stalls {
      line += bar(stall, at: top, end: end, attributes: "fill=\"url(#\(id)-hatch)\"")
    }
    return line
  }

  private static func bar(
    _ interval: Timeline.Interval, at top: Int, end: Double, attributes: String,
  ) -> HTML {
    let (x, width) = extent(of: interval, end: end)
    return """
      <rect x="\(x)" y="\(top + 3)" width="\(width)" height="14" rx="2" \(raw: attributes)/>
      """
  }

  private static func extent(of interval: Timeline.Interval, end: Double) -> (x: Int, width: Int) {
    let scale = Double(width - label) / end
    let left = Int((interval.start * scale).rounded())
    let right = Int((interval.end * scale).rounded())
    return (label + left, max(2, right - left))
  }

  private static func axis(at top: Int, end: Double) -> HTML {
    let line: HTML = """
      <line x1="\(label)" y1="\(top)" x2="\(width)" y2="\(top)" stroke="currentColor" \
      stroke-opacity=".5"/>
      """
    let step = tick(for: end)
    var axis = line
    var time = 0
    while Double(time) <= end {
      let (x, _) = extent(of: .init(start: Double(time), end: Double(time)), end: end)
      axis += """
        <text x="\(x)" y="\(top + 14)" text-anchor="\(x > width - 40 ? "end" : "start")" \
        fill-opacity=".75">\(time) ms</text>
        """
      time += step
    }
    return axis
  }

  /// A round number of milliseconds of which four or five fit.
  private static func tick(for end: Double) -> Int {
    var step = 10
    for factor in [2, 5, 10, 20, 50, 100, 200, 500, 1000] where Double(step) * 5 < end {
      step = 10 * factor
    }
    return step
  }

  private static func text(_ words: String, x: Int, y: Int, isStrong: Bool) -> HTML {
    let weight: HTML =
      isStrong ? " font-weight=\"600\"" : " font-family=\"ui-monospace, monospace\""
    return "<text x=\"\(x)\" y=\"\(y)\"\(weight)>\(words)</text>"
  }
}
