import RuleBase
import Verifier

/// Pages at the codes of the rules and at those of other tools: `/AR101/`, `/ASYNC251/`.
struct Redirects {
  /// For pages in a folder of the top level.
  private let context: PageContext
  private let targets: [Target]

  /// A code, and the rules it stands for as their places in the site.
  private struct Target {
    let name: String
    var rules: [Int]
  }

  init(context: PageContext) {
    self.context = context
    // Compared without case, since some file systems do; these are taken by the site itself.
    var isTaken: Set<String> = ["rules", "assets", "playground"]
    var order: [String] = []
    var targets: [String: Target] = [:]
    func add(_ name: String, _ rule: Int) {
      let name = Self.pathPart(of: name)
      let key = name.lowercased()
      guard !isTaken.contains(key) else { return }
      if targets[key] == nil { order.append(key) }
      if targets[key, default: Target(name: name, rules: [])].rules.last != rule {
        targets[key, default: Target(name: name, rules: [])].rules.append(rule)
      }
    }
    let rules = context.site.rules
    for (index, rule) in rules.enumerated() { add(rule.rule.code, index) }
    // A foreign code never takes the place of one of ours.
    isTaken.formUnion(order)
    for (index, rule) in rules.enumerated() {
      for alias in rule.rule.aliases { add(alias.rule, index) }
    }
    self.targets = order.compactMap { targets[$0] }
  }

  var count: Int { targets.count }

  /// The page of one code.
  func file(at index: Int) -> OutputFile {
    page(
      named: targets[index].name, to: targets[index].rules.map { context.site.rules[$0].rule })
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
