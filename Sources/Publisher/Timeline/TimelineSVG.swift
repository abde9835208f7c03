/// A timeline as inline SVG.
///
/// The stylesheet paints the shapes: everything but stalls in the colour of the text around them,
/// so they are right on light and on dark; stalls are told apart by their hatching too, and the
/// description says all of it in words.
package enum TimelineSVG {
  // The name of an activity stands above its bar, so that both can be read on a phone.
  private static let width = 360
  private static let rowHeight = 30
  private static let barHeight = 10
  private static let titleHeight = 20
  private static let axisHeight = 18

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
      aria-label="\(words.timelineTitle). \(description)">\(body)</svg>
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
      var result = titles.isEmpty ? HTML() : "<g class=\"title\">\(titles)</g>"
      result += "<g class=\"name\">\(names)</g><path class=\"life\" d=\"\(lives)\"/>"
      if !threads.isEmpty { result += "<path class=\"thread\" d=\"\(threads)\"/>" }
      if !stalls.isEmpty {
        result += "<path class=\"stall\" d=\"\(stalls)\"/><path class=\"hatch\" d=\"\(stalls)\"/>"
      }
      return result
    }
  }

  private static func draw(
    _ row: Timeline.Row, at top: Int, end: Double, in drawing: inout Drawing,
  ) {
    let name = row.name.count <= 48 ? row.name : row.name.prefix(47) + "…"
    drawing.names += text(String(name), x: 0, y: top + 12)
    drawing.lives += bar(row.life, at: top, end: end)
    if row.isThread {
      let (x, width) = extent(of: row.life, end: end)
      drawing.threads += "M\(x) \(top + 17)h\(width)v\(barHeight)h-\(width)z"
    }
    for stall in row.stalls { drawing.stalls += bar(stall, at: top, end: end) }
  }

  /// A part of a path that is drawn as thick as a bar.
  private static func bar(_ interval: Timeline.Interval, at top: Int, end: Double) -> String {
    let (x, width) = extent(of: interval, end: end)
    return "M\(x) \(top + 17 + barHeight / 2)h\(width)"
  }

  private static func extent(of interval: Timeline.Interval, end: Double) -> (x: Int, width: Int) {
    let scale = Double(width) / end
    let left = Int((interval.start * scale).rounded())
    let right = Int((interval.end * scale).rounded())
    return (left, max(2, right - left))
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
      <path class="axis" d="M0 \(top)H\(width)"/><g class="tick">\(labels)</g>
      """
  }

  /// A round number of milliseconds of which three or four fit.
  private static func tick(for end: Double) -> Int {
    var step = 10
    for factor in [2, 5, 10, 20, 50, 100, 200, 500, 1000] where Double(step) * 4 < end {
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
