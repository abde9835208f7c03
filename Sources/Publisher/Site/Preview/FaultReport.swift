package import RuleBase

/// What is wrong with the rule files, as a rule author sees it in the preview.
package struct FaultReport {
  /// One thing wrong with a rule file.
  package struct Fault: Hashable, Sendable {
    /// The file, as the author knows it.
    package let file: String
    /// From 1; `nil` when it is about the file as a whole.
    package let line: Int?
    package let message: String

    package init(file: String, line: Int?, message: String) {
      self.file = file
      self.line = line
      self.message = message
    }
  }

  private let faults: [Fault]
  /// The text of a file, for the lines that faults are about.
  private let source: (String) -> String?

  package init(_ faults: [Fault], source: @escaping (String) -> String?) {
    self.faults = faults
    self.source = source
  }

  /// A page with the report upon it, before everything else of its content.
  ///
  /// - Parameter language: That of the page.
  package func put(on page: [UInt8], in language: Language = .english) -> [UInt8] {
    guard !faults.isEmpty else { return page }
    let opening = Array("<main id=\"main\">\n".utf8)
    guard let place = page.firstRange(of: opening) else { return page }
    return Array(page[..<place.upperBound]) + html(in: language).bytes + page[place.upperBound...]
  }

  private func html(in language: Language) -> HTML {
    var files: [String] = []
    for fault in faults where !files.contains(fault.file) { files.append(fault.file) }
    let title = Words.of(language).site.faults(faults.count)
    return """
      <section class="faults" role="alert" aria-labelledby="faults">
      <h2 id="faults">\(title)</h2>
      \(files.map(report))</section>

      """
  }

  private func report(on file: String) -> HTML {
    let own = faults.filter { $0.file == file }.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    let lines = (source(file) ?? "").split(
      separator: "\n", omittingEmptySubsequences: false)
    let items = own.map { fault in
      let place = fault.line.map { "\(file):\($0)" } ?? file
      return """
        <li><p><span class="path">\(place)</span> \(BackquotedText(fault.message).html)</p>
        \(fault.line.map { excerpt(around: $0, of: lines) } ?? "")</li>

        """ as HTML
    }
    return "<ul>\n\(items)</ul>\n"
  }

  /// Two lines before and after, the line itself marked.
  private func excerpt(around line: Int, of lines: [Substring]) -> HTML {
    let shown = max(1, line - 2)...max(1, line + 2)
    let rows = shown.filter { $0 <= lines.count }.map { number in
      let text: HTML =
        number == line
        ? "<mark>\(String(lines[number - 1]))</mark>" : "\(String(lines[number - 1]))"
      return "<span class=\"l\"><b>\(number)</b>\(text)</span>" as HTML
    }
    guard !rows.isEmpty else { return "" }
    return "<pre class=\"plain\"><code>\(rows.joined(by: "\n"))</code></pre>\n"
  }
}
