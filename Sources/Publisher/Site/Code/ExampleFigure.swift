import AsyncChecks
import RuleBase
import Verifier

/// An example as readers see it: its code, what the tool said of it and the fix it computed.
struct ExampleFigure {
  let verified: VerifiedExample
  let rule: Rule
  let context: PageContext
  /// Whether it stands on the first page, where only the most telling is shown.
  var isBrief = false

  private var example: Example { verified.example }

  private var words: SiteWords { context.words }

  /// The id of the figure.
  var anchor: String { PathPart(example.id).text }

  var html: HTML {
    let framework = example.framework.map { " data-framework=\"\($0.rawValue)\"" as HTML } ?? ""
    var result: HTML = """
      <figure class="example \(raw: kindClass)" id="\(anchor)"\(framework)>
      \(caption)
      """
    for (index, file) in verified.files.enumerated() {
      result += html(of: file, index: index)
    }
    if let proof = verified.proof {
      result +=
        ObservedBlock(
          proof: proof, anchor: anchor, words: context.site.words, isBrief: isBrief,
          drawsSmoothRuns: example.kind != .nearMiss
        ).html
    }
    result += "</figure>\n"
    return result
  }

  private var caption: HTML {
    let text = example.caption.map { context.html(markdown: $0) } ?? ""
    let language = rule.language(of: .caption(id: example.id))
    let attribute: HTML =
      language == rule.language || example.caption == nil ? "" : " lang=\"\(language.rawValue)\""
    return "<figcaption\(attribute)>\(text)</figcaption>\n"
  }

  private var kindClass: String {
    switch example.kind {
    case .bad: "bad"
    case .good: "good"
    case .nearMiss: "near-miss"
    }
  }

  /// What the tool said, in words.
  private func verdict(on file: VerifiedFile) -> String {
    let isNearMiss = file.findings.isEmpty && example.kind == .nearMiss
    return isNearMiss ? words.notReported : words.findings(file.findings.count)
  }

  private func html(of file: VerifiedFile, index: Int) -> HTML {
    let prefix = index == 0 ? anchor : "\(anchor)-\(index + 1)"
    let marks = file.findings.enumerated().map { number, finding in
      MarkedCode.Mark(
        span: finding.start.offset..<max(finding.start.offset, finding.end.offset),
        line: finding.start.line, severity: finding.severity,
        description: "\(prefix)-F\(number + 1)")
    }
    let code = MarkedCode(text: file.file.text, marks: marks, anchor: prefix)
    let verdict = verdict(on: file)
    let state = file.findings.isEmpty ? "clean" : "found"
    return """
      <div class="file" data-path="\(file.file.path)">
      <div class="bar"><span class="verdict \(raw: state)">\(verdict)</span>\(label(of: file))</div>
      <pre class="code" tabindex="0" aria-label="\(codeLabel(of: file)), \(verdict.lowercased())">\
      <code>\(code.html)</code></pre>
      \(findings(of: file, prefix: prefix))\(fix(of: file))</div>

      """
  }

  private func label(of file: VerifiedFile) -> HTML {
    let path = showsPath(of: file) ? "<span class=\"path\">\(file.file.path)</span>" as HTML : ""
    // Where all examples use the same, the page has said so.
    guard rule.frameworks.count > 1, let framework = example.framework else { return path }
    return path + "<span class=\"framework\">\(framework.title)</span>"
  }

  private func showsPath(of file: VerifiedFile) -> Bool {
    verified.files.count > 1 || !["example.py", "example.ipynb.py"].contains(file.file.path)
  }

  private func codeLabel(of file: VerifiedFile) -> String {
    showsPath(of: file) ? file.file.path : words.example(example.id)
  }

  private func findings(of file: VerifiedFile, prefix: String) -> HTML {
    guard !file.findings.isEmpty else { return "" }
    // Several findings of one message are explained once.
    var glosses: Set<String> = []
    let items = file.findings.enumerated().map { number, finding in
      var gloss = finding.code == rule.code ? rule.gloss(on: finding.message) : nil
      if let id = gloss?.id, !glosses.insert(id).inserted { gloss = nil }
      return item(
        for: finding, id: "\(prefix)-F\(number + 1)", prefix: prefix, gloss: gloss?.text)
    }
    return "<ol class=\"findings\">\n\(items)</ol>\n"
  }

  /// - Parameter gloss: The message in the language of the page.
  private func item(
    for finding: Finding, id: String, prefix: String, gloss: String?,
  ) -> HTML {
    let other = finding.code == rule.code ? nil : context.link(toRuleNamed: finding.name)
    let code: HTML =
      if let other { "<a href=\"\(other)\">\(finding.code)</a>" } else { "\(finding.code)" }
    let line = finding.start.line
    let notes = finding.notes.map { note in
      "<p class=\"note\">\(words.note)\(BackquotedText(note.message).html)</p>\n" as HTML
    }
    return """
      <li id="\(id)" class="\(raw: finding.severity.styleClass)">\
      <a class="place" href="#\(prefix)-L\(line)" \
      aria-label="\(words.place(line, finding.start.column))">\(line):\(finding.start.column)</a> \
      <span class="severity">\(severity(of: finding))</span> <span class="code-name">\(code)</span> \
      <span class="message"\(english)>\(BackquotedText(finding.message).html)</span>\
      \(gloss.map { "<span class=\"gloss\">\(BackquotedText($0).html)</span>" as HTML } ?? "")\
      \(notes)</li>

      """
  }

  /// Messages are what the tool prints, which is English.
  private var english: HTML { rule.language == .english ? "" : " lang=\"en\"" }

  private func severity(of finding: Finding) -> String {
    rule.language == .english
      ? finding.severity.word : context.model.severity(finding.severity)
  }

  private func fix(of file: VerifiedFile) -> HTML {
    guard let fixed = file.fixed else { return "" }
    let diff = DiffBlock(from: file.file.text, to: fixed)
    guard !diff.isEmpty else { return "" }
    let fixes = file.findings.compactMap(\.fix)
    let isUnsafe = fixes.contains { $0.applicability == .unsafe }
    let title = context.model.fix(isUnsafe ? .unsafe : .safe)
    let flag = isUnsafe ? "--fix --unsafe-fixes" : "--fix"
    let name = showsPath(of: file) ? file.file.path : words.example(example.id).lowercased()
    return """
      <div class="fix">
      <p class="bar"><span class="verdict fixed">\(title)</span> \
      <span class="how">\(words.asWritten("<code>asyncrules check \(flag)</code>"))</span></p>
      <pre class="diff" tabindex="0" aria-label="\(words.difference(name))">\
      <code>\(diff.html)</code></pre>
      </div>

      """
  }
}
