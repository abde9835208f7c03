import AsyncChecks
import RuleBase
import Verifier

/// The Markdown of pages, beside them: `rules/blocking-sleep.md` for `rules/blocking-sleep.html`.
struct Twin {
  let site: SiteMap
  let names: RuleNames

  init(of site: SiteMap) {
    self.site = site
    names = RuleNames(site.rules.map(\.rule))
  }

  /// The path of a page's twin.
  static func path(of page: String) -> String {
    page.hasSuffix(".html") ? page.dropLast("html".count) + "md" : page + ".md"
  }

  /// The twin of a rule's page.
  func file(for verified: VerifiedRule) -> OutputFile {
    let rule = verified.rule
    var facts = ["Code: \(rule.code)", "Name: `\(rule.name)`", "Severity: \(rule.severity.word)"]
    facts.append("Status: \(rule.status.state.rawValue) since \(rule.status.since)")
    facts.append("Fix: \(rule.fix.rawValue)")
    facts.append("For: \(rule.frameworks.map(\.rawValue).joined(separator: ", "))")
    var text = "# \(rule.title)\n\n" + facts.map { "- \($0)\n" }.joined() + "\n"
    text += RuleMarkdown.text(of: verified, among: names)
    text += list("Known calls", rule.callables.filter { !$0.replacements.isEmpty }.map(call))
    text += list("Messages that it causes", rule.symptoms.map { Self.code($0) })
    text += list(
      "In other tools",
      rule.aliases.map { "\($0.tool) \(Self.code($0.rule)): \($0.relation.sentence)" })
    text += list(
      "Related rules",
      rule.related.compactMap { site.rule(named: $0) }.map { link(to: $0, from: "rules/") })
    text += list(
      "References",
      rule.references.map { reference in
        SafeLink(address: reference.url).map { "[\(reference.title)](<\($0.text)>)" }
          ?? reference.title
      })
    return OutputFile(path: Self.path(of: SiteMap.path(of: rule)), text: text)
  }

  /// The twins of the pages that are not about one rule.
  func files(inputs: SiteInputs) -> [OutputFile] {
    let rules = "# Rules\n\n" + groups(from: "rules/")
    let home = """
      # asyncrules

      \(HomePage.claim)

      - [All rules](rules/index.md)
      - [About](about.md)

      ## Ten habits of asynchronous Python

      \(withPageLinks(inputs.habits))
      """
    var files = [
      OutputFile(path: "index.md", text: home),
      OutputFile(path: "about.md", text: withPageLinks(inputs.about)),
      OutputFile(path: "rules/index.md", text: rules),
    ]
    if site.options.playground != nil {
      let text =
        "# Playground\n\nThe checker in the page. In a terminal: `asyncrules check FILE`.\n"
      files.append(OutputFile(path: Self.path(of: PlaygroundPage.path), text: text))
    }
    return files
  }

  /// Every rule by group, each with its link and its sentence.
  func groups(from folder: String, base: String = "") -> String {
    site.groups.map { group, rules in
      let items = rules.map { "- \(link(to: $0, from: folder, base: base)): \($0.summary)\n" }
      return "## \(group.title)\n\n\(items.joined())"
    }.joined(separator: "\n")
  }

  private func link(to rule: Rule, from folder: String, base: String = "") -> String {
    let path = Self.path(of: SiteMap.path(of: rule))
    let relative = path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    return "[\(rule.code) \(rule.title)](\(base)\(relative))"
  }

  private func call(_ callable: RuleCallable) -> String {
    let instead = callable.replacements.map { replacement in
      Self.code(replacement.text) + (replacement.dialect.map { " (\($0.title))" } ?? "")
    }
    return "\(Self.code(callable.name)): \(instead.joined(separator: ", "))"
  }

  /// Links that name rules as links to their twins, for a page at the top.
  private func withPageLinks(_ markdown: String) -> String {
    var text = markdown
    for rule in site.rules.map(\.rule) where text.contains("](rule:\(rule.name))") {
      let path = Self.path(of: SiteMap.path(of: rule))
      text = text.replacing("](rule:\(rule.name))", with: "](\(path))")
    }
    return text
  }

  private func list(_ title: String, _ items: [String]) -> String {
    items.isEmpty ? "" : "\n## \(title)\n\n" + items.map { "- \($0)\n" }.joined()
  }

  /// A code span that nothing in the text can close.
  private static func code(_ text: String) -> String {
    let text = text.replacing("\n", with: " ")
    return text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }
}

/// `llms.txt`: what a language model should read of the site, and where.
struct LanguageModelIndex {
  let twin: Twin

  var file: OutputFile {
    let address = twin.site.options.address?.text ?? ""
    let text = """
      # asyncrules

      > \(HomePage.claim)

      Every page has a Markdown twin at the same address with `.md` for `.html`, every rule has \
      a JSON record at the same address with `.json`. All of it in one file: \
      [catalogue.json](\(address)catalogue.json), described by \
      [its schema](\(address)catalogue.schema.json). Code examples were classified by the checker \
      and, where a page says so, run under CPython.

      \(twin.groups(from: "", base: address))
      ## Optional

      - [About](\(address)about.md): how the pages are proven
      - [The rules as SARIF](\(address)catalogue.sarif)

      """
    return OutputFile(path: "llms.txt", text: text)
  }
}
