import AsyncChecks
import RuleBase

/// The facts about a rule beside its text.
struct RuleFacts {
  let rule: Rule
  let context: PageContext

  var html: HTML {
    var rows: [HTML] = [
      row("Code", "<span class=\"code-name\">\(rule.code)</span>"),
      row("Name", "<code>\(rule.name)</code>"),
      row("Severity", "\(rule.severity.title)"),
      row("Fix", "\(rule.fix.sentence)"),
      row("Since", "\(rule.since)"),
    ]
    if rule.status.state != .stable {
      rows.append(row("Status", "\(rule.status.state.title)"))
    }
    if !rule.aliases.isEmpty {
      let names = uniqueAliases.map { "<code>\($0)</code>" as HTML }
      rows.append(row("Also known as", names.joined(by: " ")))
    }
    return """
      <dl class="facts">
      \(rows)</dl>
      <p class="try">In the terminal<code>asyncrules rule \(rule.code)</code></p>

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

extension FixAvailability {
  /// What the tool can do, in few words.
  fileprivate var sentence: String {
    switch self {
    case .safe: "Automatic, safe"
    case .unsafe: "Automatic, unsafe"
    case .none: "By hand"
    }
  }
}
