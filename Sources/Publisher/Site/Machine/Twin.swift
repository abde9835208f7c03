import AsyncChecks
import RuleBase
import Verifier

/// The Markdown of pages, beside them: `rules/blocking-sleep.md` for `rules/blocking-sleep.html`.
struct Twin {
  let site: SiteMap
  let names: RuleNames

  private var words: Words { site.words }

  init(of site: SiteMap) {
    self.site = site
    names = RuleNames(site.rules.map(\.rule))
  }

  /// The path of a page's twin.
  static func path(of page: String) -> String {
    page.hasSuffix(".html") ? page.dropLast("html".count) + "md" : page + ".md"
  }

  /// The twin of a rule's page, with the text of its sections.
  func file(for verified: VerifiedRule, _ sections: String) -> OutputFile {
    let rule = verified.rule
    let frame = words.site
    let isEnglish = words.language == .english
    let severity = isEnglish ? rule.severity.word : words.model.severity(rule.severity)
    let state =
      isEnglish ? rule.status.state.rawValue : words.model.status(rule.status.state)
    let fix = isEnglish ? rule.fix.rawValue : words.model.fix(rule.fix)
    let facts = [
      (frame.code, rule.code), (frame.name, Self.code(rule.name)), (frame.severity, severity),
      (frame.status, words.manual.statusSince(state, rule.status.since)), (frame.fix, fix),
      (words.manual.frameworks, rule.frameworks.map(\.rawValue).joined(separator: ", ")),
    ]
    var text = "# \(rule.title)\n\n"
    for (name, value) in facts { text += "- \(name)\(words.manual.colon)\(value)\n" }
    text += "\n" + sections
    text += list(
      frame.knownCallables, rule.callables.filter { !$0.replacements.isEmpty }.map(call))
    text += list(frame.symptoms, rule.symptoms.map { Self.code($0) })
    text += list(
      frame.otherTools,
      rule.aliases.map { alias in
        let relation = words.model.relation(alias.relation)
        return "\(alias.tool) \(Self.code(alias.rule))\(words.manual.colon)\(relation)"
      })
    text += list(
      frame.related,
      rule.related.compactMap { site.rule(named: $0) }.map { link(to: $0, from: "rules/") })
    text += list(
      frame.references,
      rule.references.map { reference in
        SafeLink(address: reference.url).map { "[\(reference.title)](<\($0.text)>)" }
          ?? reference.title
      })
    return file(SiteMap.path(of: rule), text)
  }

  /// A twin in the folder of the language.
  private func file(_ page: String, _ text: String) -> OutputFile {
    OutputFile(path: site.folder + Self.path(of: page), text: text)
  }

  /// The twins of the pages that are not about one rule.
  func files(inputs: SiteInputs) -> [OutputFile] {
    let frame = words.site
    let texts = inputs.texts(in: words.language)
    let home = """
      # asyncrules

      \(frame.claim)

      - [\(frame.allRules)](rules/index.md)
      - [\(frame.about)](about.md)

      ## \(frame.habits)

      \(withPageLinks(texts.habits))
      """
    var files = [
      file("index.html", home),
      file("about.html", withPageLinks(texts.about)),
      file("rules/index.html", "# \(frame.rules)\n\n" + groups(from: "rules/")),
    ]
    if site.options.playground != nil {
      let text = "# \(frame.playground)\n\n\(frame.inTerminal): `asyncrules check FILE`\n"
      files.append(file(PlaygroundPage.path, text))
    }
    return files
  }

  /// Every rule by group, each with its link and its sentence.
  func groups(from folder: String, base: String = "") -> String {
    site.groups.map { group, rules in
      let items = rules.map { "- \(link(to: $0, from: folder, base: base)): \($0.summary)\n" }
      return "## \(words.model.group(group.name))\n\n\(items.joined())"
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
    guard markdown.hasBytes(of: "](rule:") else { return markdown }
    var result = ""
    var rest = markdown[...]
    while let opening = rest.firstRange(of: "](rule:"),
      let close = rest[opening.upperBound...].firstIndex(of: ")")
    {
      let rule = site.rule(named: String(rest[opening.upperBound..<close]))
      let target = rule.map { "](" + Self.path(of: SiteMap.path(of: $0)) }
      result += rest[..<opening.lowerBound] + (target ?? String(rest[opening.lowerBound..<close]))
      rest = rest[close...]
    }
    return result + rest
  }

  private func list(_ title: String, _ items: [String]) -> String {
    items.isEmpty ? "" : "\n## \(title)\n\n" + items.map { "- \($0)\n" }.joined()
  }

  /// A code span that nothing in the text can close.
  private static func code(_ text: String) -> String {
    let text = text.hasByte("\n") ? text.replacing("\n", with: " ") : text
    return text.hasByte("`") ? "`` \(text) ``" : "`\(text)`"
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
