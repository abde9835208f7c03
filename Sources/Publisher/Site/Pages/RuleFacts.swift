import AsyncChecks
import RuleBase

/// The facts about a rule beside its text.
struct RuleFacts {
  let rule: Rule
  let context: PageContext

  private var words: SiteWords { context.words }

  var html: HTML {
    var rows: [HTML] = [
      row(words.code, "<span class=\"code-name\">\(rule.code)</span>"),
      row(words.name, "<code>\(rule.name)</code>"),
      row(words.severity, "\(context.model.severity(rule.severity))"),
      row(words.fix, "\(words.fixInShort(rule.fix))"),
      row(words.since, "\(rule.since)"),
    ]
    if rule.status.state != .stable {
      rows.append(row(words.status, "\(context.model.status(rule.status.state))"))
    }
    if !rule.aliases.isEmpty {
      let names = uniqueAliases.map { "<code>\($0)</code>" as HTML }
      rows.append(row(words.alsoKnownAs, names.joined(by: " ")))
    }
    return """
      <dl class="facts">
      \(rows)</dl>
      <p class="try">\(words.inTerminal)<code>asyncrules rule \(rule.code)</code></p>

      """
  }

  /// The codes of other tools, each once.
  private var uniqueAliases: [String] {
    var seen: Set<String> = []
    return rule.aliases.map(\.rule).filter { seen.insert($0).inserted }
  }

  private func row(_ name: String, _ value: HTML) -> HTML {
    "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
  }
}
