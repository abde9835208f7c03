import RuleBase
import Verifier

/// Every proof with its hash: when, where and on what each example ran.
struct LedgerPage {
  static let path = "proofs.html"

  let context: PageContext

  var file: OutputFile {
    EvidencePages.file(
      Self.path, title: "Proofs",
      description: "When, where and on which versions each example of the rules ran.",
      main: "\(introduction)\(sections)", context: context)
  }

  private var examples: [VerifiedExample] { context.site.rules.flatMap(\.examples) }

  private var introduction: HTML {
    let proven = examples.count { !($0.proof?.seen.isEmpty ?? true) }
    let skipped = examples.filter { $0.proof?.seen.isEmpty ?? false }.count
    let missing = examples.count { $0.proof == nil }
    let rest: HTML =
      missing == 0 ? "" : " Of \(missing) there is no proof of the text as it stands."
    return """
      <p>\(proven) of \(examples.count) examples ran; \(skipped) cannot be run, for the reasons \
      below.\(rest) The hash is that of the example, of what is stated of its runs, and of the \
      programs that run it: another text has another hash, and the proof of the old one is not \
      shown. Runs that saw the same are one entry. \
      <code>asyncrules prove --all</code> makes all of them again.</p>

      """
  }

  private var sections: [HTML] {
    context.site.rules.map { rule in
      let anchor = PathPart(rule.rule.code).text
      let origin: HTML = rule.origin.map { "<p>\($0.day), \($0.system)</p>\n" } ?? ""
      let table = EvidenceTable(
        caption: "Proofs of \(rule.rule.code)",
        columns: ["Example", "Hash", "Ran on", "Not run"],
        rows: rule.examples.map { row($0, of: rule.rule) })
      return """
        <section>
        <h2 id="\(anchor)"><a href="\(context.link(to: rule.rule))"><span class="code-name">\
        \(rule.rule.code)</span> \(BackquotedText(rule.rule.title).html)</a></h2>
        \(origin)\(table.html)</section>

        """
    }
  }

  private func row(_ verified: VerifiedExample, of rule: Rule) -> [HTML] {
    let name: HTML = "\(verified.example.id)<br><small>\(verified.example.kind.rawValue)</small>"
    guard let proof = verified.proof else { return [name, "", "", "no proof of this text"] }
    return [name, "<code>\(proof.hash)</code>", ran(proof), notRun(proof)]
  }

  private func ran(_ proof: Proof) -> HTML {
    proof.seen.map { group in
      let fixed = group.variant == .fixed ? "fixed: " : ""
      let places = group.on.map { environment in
        ([environment.python] + (environment.packages ?? [])).joined(separator: " with ")
      }
      let servers = (group.observation.servers ?? []).map { ", \($0)" }.joined()
      return "\(fixed)\(places.joined(separator: "; "))\(servers)" as HTML
    }.joined(by: "<br>")
  }

  private func notRun(_ proof: Proof) -> HTML {
    proof.skipped.map { entry in
      let places = entry.on.map(\.python).joined(separator: ", ")
      return "\(places.isEmpty ? "" : places + ": ")\(BackquotedText(entry.reason).html)" as HTML
    }.joined(by: "<br>")
  }
}
