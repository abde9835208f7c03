import Verifier

/// What was seen when an example ran, with a drawing of it.
struct ObservedBlock {
  let proof: Proof
  /// The id of the figure it stands in.
  let anchor: String

  var html: HTML {
    let groups = ObservedText.summaries(of: proof).map(html(of:))
    let skipped = proof.skipped.filter(\.on.isEmpty).map { entry in
      "<p class=\"skipped\">Not run: \(BackquotedText(entry.reason).html)</p>\n" as HTML
    }
    guard !groups.isEmpty || !skipped.isEmpty else { return "" }
    let drawing = Timeline(proof).map { TimelineSVG.markup(of: $0, id: "\(anchor)-timeline") }
    return """
      <div class="observed" id="\(anchor)-observed">
      <p class="bar"><span class="verdict">Observed</span> \
      <span class="how">each example was run, on each Python named</span></p>
      \(drawing ?? "")\(groups)\(skipped)</div>

      """
  }

  private func html(of summary: ObservedText.Summary) -> HTML {
    let fixed = summary.variant == .fixed ? "After the fix, on " : "On "
    let statements = summary.statements.map { statement in
      let code = statement.code.map { "<pre><code>\($0)</code></pre>" as HTML } ?? ""
      return "<li>\(statement.words)\(code)</li>\n" as HTML
    }
    return """
      <p class="where">\(fixed)\(summary.place):</p>
      <ul>
      \(statements)</ul>

      """
  }
}
