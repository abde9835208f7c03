import AsyncChecks
import PythonSyntax
import RuleBase
import Verifier

/// What the checker in the page needs of the rules, as a script.
struct PlaygroundTable {
  let rules: [VerifiedRule]

  /// `window.asyncrulesTable = {…};`
  var bytes: [UInt8] {
    let table = RuleBase(rules: rules.map(\.rule)).table.encode()
    let shown = rules.map(\.rule).filter { $0.status.state != .removed }
    let entries = shown.map { rule in
      object([
        ("code", ScriptText.quote(rule.code)),
        ("title", ScriptText.quote(BackquotedText(rule.title).plain)),
        ("on", rule.isDefault ? "true" : "false"),
      ])
    }
    let pages = shown.map { ($0.code, ScriptText.quote(SiteMap.path(of: $0))) }
    let kinds = NodeKind.allCases.map { ScriptText.quote("\($0.className)") }
    let members = [
      ("table", ScriptText.quote(String(decoding: table, as: UTF8.self))),
      ("rules", array(entries)),
      ("pages", object(pages)),
      ("nodes", "[" + kinds.joined(separator: ",") + "]"),
      ("examples", array(rules.compactMap(start))),
    ]
    return Array("window.asyncrulesTable = \(object(members, separator: ",\n"));\n".utf8)
  }

  /// The shortest example of one file with a finding, to start from.
  private func start(of verified: VerifiedRule) -> String? {
    let rule = verified.rule
    let candidates = verified.examples.filter { example in
      example.files.count == 1 && example.example.kind == .bad
        && !example.files[0].file.path.hasSuffix(".ipynb")
        && example.files[0].findings.contains { $0.code == rule.code }
    }
    func size(_ example: VerifiedExample) -> Int { example.files[0].file.text.utf8.count }
    guard let shortest = candidates.min(by: { size($0) < size($1) }) else { return nil }
    return object([
      ("code", ScriptText.quote(rule.code)),
      ("title", ScriptText.quote(BackquotedText(rule.title).plain)),
      ("text", ScriptText.quote(shortest.files[0].file.text)),
    ])
  }

  private func object(_ members: [(String, String)], separator: String = ",") -> String {
    "{" + members.map { "\(ScriptText.quote($0.0)):\($0.1)" }.joined(separator: separator) + "}"
  }

  private func array(_ elements: [String]) -> String {
    "[\n" + elements.joined(separator: ",\n") + "\n]"
  }
}
