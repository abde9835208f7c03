import Verifier

/// What was seen when an example ran, with a drawing of it.
struct ObservedBlock {
  let proof: Proof
  /// The id of the figure it stands in.
  let anchor: String
  let words: Words
  /// Whether only the first thing that was seen is told.
  var isBrief = false
  /// Whether the run is drawn although the loop was served all the time.
  var drawsSmoothRuns = true

  var html: HTML {
    let summaries = ObservedText.summaries(of: proof, words: words.observed)
    let groups = (isBrief ? Array(summaries.prefix(1)) : summaries).map(html(of:))
    let skipped = proof.skipped.filter(\.on.isEmpty).map { entry in
      "<p class=\"skipped\">\(words.site.notRun(BackquotedText(entry.reason).html))</p>\n" as HTML
    }
    guard !groups.isEmpty || !skipped.isEmpty else { return "" }
    let drawing = Timeline(proof, words: words.observed)
      .flatMap { drawsSmoothRuns || $0.hasStall ? $0 : nil }
      .map { TimelineSVG.markup(of: $0, words: words.observed) }
    return """
      <div class="observed" id="\(anchor)-observed">
      <p class="bar"><span class="verdict">\(words.site.observed)</span></p>
      \(drawing ?? "")\(groups)\(skipped)</div>

      """
  }

  private func html(of summary: ObservedText.Summary) -> HTML {
    let place = words.site.observedOn(summary.place, summary.variant == .fixed)
    let told = isBrief ? Array(summary.statements.prefix(1)) : summary.statements
    let statements = told.map { statement in
      var code = HTML()
      if let output = statement.code {
        code += "<pre><code>"
        code.append(utf8: output.utf8)
        code += "</code></pre>"
      }
      return "<li>\(statement.words)\(code)</li>\n" as HTML
    }
    return """
      <p class="where">\(place)</p>
      <ul>
      \(statements)</ul>

      """
  }
}
