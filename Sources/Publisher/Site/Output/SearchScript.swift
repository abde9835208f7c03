import AsyncChecks
import RuleBase
import Verifier

/// The data of the search as a script, because pages opened as files cannot fetch.
struct SearchScript {
  let rules: [Rule]

  /// `window.asyncrulesSearch = […];`, a JSON array with one rule per line.
  var bytes: [UInt8] {
    let records = rules.map(record).joined(separator: ",\n")
    return Array("window.asyncrulesSearch = [\n\(records)\n];\n".utf8)
  }

  private func record(of rule: Rule) -> String {
    let fields: [(String, String)] = [
      ("code", ScriptText.quote(rule.code)),
      ("name", ScriptText.quote(rule.name)),
      ("path", ScriptText.quote(SiteMap.path(of: rule))),
      ("title", ScriptText.quote(BackquotedText(rule.title).plain)),
      ("summary", ScriptText.quote(BackquotedText(rule.summary).plain)),
      ("severity", ScriptText.quote(rule.severity.word)),
      ("aliases", ScriptText.quote(rule.aliases.map { "\($0.tool) \($0.rule)" })),
      ("symptoms", ScriptText.quote(rule.symptoms)),
      ("tags", ScriptText.quote(rule.tags)),
      ("calls", ScriptText.quote(calls(of: rule))),
    ]
    return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  /// Callables by owner: `asyncio.Queue. get put join`; the script joins them again.
  private func calls(of rule: Rule) -> [String] {
    CallableGroups(rule.callables).byRole.flatMap(\.groups).map {
      "\($0.owner) \($0.names.joined(separator: " "))"
    }
  }
}

/// Texts as literals of JavaScript.
enum ScriptText {
  static func quote(_ texts: [String]) -> String {
    "[" + texts.map(quote).joined(separator: ",") + "]"
  }

  static func quote(_ text: String) -> String {
    if text.isPlainASCII, !text.hasByte("\""), !text.hasByte("\\"), !text.hasByte("<") {
      return "\"\(text)\""
    }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..."\u{1F}", "<", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}",
        "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
