import RuleBase
import Verifier

/// Pages at the codes of the rules and at those of other tools: `/AR101/`, `/ASYNC251/`.
struct Redirects {
  /// For pages in a folder of the top level.
  let context: PageContext

  var files: [OutputFile] {
    // Compared without case, since some file systems do; these are taken by the site itself.
    var isTaken: Set<String> = ["rules", "assets", "playground"]
    var order: [String] = []
    var targets: [String: (name: String, rules: [Rule])] = [:]
    func add(_ name: String, _ rule: Rule) {
      let name = Self.pathPart(of: name)
      let key = name.lowercased()
      guard !isTaken.contains(key) else { return }
      if targets[key] == nil { order.append(key) }
      var target = targets[key] ?? (name, [])
      if !target.rules.contains(where: { $0.name == rule.name }) { target.rules.append(rule) }
      targets[key] = target
    }
    let rules = context.site.rules.map(\.rule)
    for rule in rules { add(rule.code, rule) }
    // A foreign code never takes the place of one of ours.
    isTaken.formUnion(order)
    for rule in rules {
      for alias in rule.aliases { add(alias.rule, rule) }
    }
    return order.compactMap { key in
      targets[key].map { page(named: $0.name, to: $0.rules) }
    }
  }

  /// What follows the last `:` or `/` of a rule's name in its tool, fit for a path.
  private static func pathPart(of name: String) -> String {
    PathPart(name.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? name).text
  }

  private func page(named name: String, to rules: [Rule]) -> OutputFile {
    var head: HTML = "<meta name=\"robots\" content=\"noindex\">\n"
    if let rule = rules.first, rules.count == 1 {
      head += """
        <meta http-equiv="refresh" content="0; url=\(context.link(to: rule))">
        <link rel="canonical" href="\(context.link(to: rule))">

        """
    }
    let items = rules.map { rule in
      """
      <li><a href="\(context.link(to: rule))"><span class="code-name">\(rule.code)</span> \
      \(BackquotedText(rule.title).html)</a>
      <p>\(BackquotedText(rule.summary).html)</p></li>

      """ as HTML
    }
    let shell = PageShell(
      context: context, path: "\(name)/index.html", title: "\(name) · asyncrules",
      description: "Where to read about \(name).", kind: "text", head: head, isLasting: false)
    let sentence: HTML =
      rules.count == 1 ? "This rule has a page of its own:" : "Several rules cover it:"
    let main: HTML = """
      <article>
      <h1>\(name)</h1>
      <p>\(sentence)</p>
      <ul class="related">
      \(items)</ul>
      </article>

      """
    return OutputFile(path: "\(name)/index.html", bytes: shell.page(main: main))
  }
}
