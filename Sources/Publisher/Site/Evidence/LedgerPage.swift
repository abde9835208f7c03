import RuleBase
import Verifier

/// Every proof with its hash: when, where and on what each example ran.
struct LedgerPage {
  static let path = "proofs.html"

  let context: PageContext

  var file: OutputFile {
    EvidencePages.file(
      Self.path, heading: words.ledger,
      main: "\(introduction)\(sections)", context: context)
  }

  private var words: EvidenceWords { context.evidence }

  private var examples: [VerifiedExample] { context.site.rules.flatMap(\.examples) }

  private var introduction: HTML {
    let proven = examples.count { !($0.proof?.seen.isEmpty ?? true) }
    let skipped = examples.filter { $0.proof?.seen.isEmpty ?? false }.count
    let missing = examples.count { $0.proof == nil }
    return "<p>\(words.ledgerText((proven, examples.count), skipped, missing))</p>\n"
  }

  private var sections: [HTML] {
    context.site.rules.map { rule in
      let anchor = PathPart(rule.rule.code).text
      let origin: HTML = rule.origin.map { "<p>\($0.day), \($0.system)</p>\n" } ?? ""
      let table = EvidenceTable(
        caption: words.proofsOf(rule.rule.code),
        columns: [words.example, words.hash, words.ranOn, words.notRun].map { "\($0)" },
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
    let name: HTML = "\(verified.example.id)<br><small>\(kind(of: verified))</small>"
    guard let proof = verified.proof else { return [name, "", "", "\(words.noProof)"] }
    return [name, "<code>\(proof.hash)</code>", ran(proof), notRun(proof)]
  }

  private func kind(of verified: VerifiedExample) -> String {
    context.site.words.manual.kind(verified.example.kind)
  }

  private func ran(_ proof: Proof) -> HTML {
    proof.seen.map { group in
      let fixed = group.variant == .fixed ? words.fixed : ""
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
      let reason: HTML = "<span lang=\"en\">\(BackquotedText(entry.reason).html)</span>"
      return "\(places.isEmpty ? "" : places + ": ")\(reason)" as HTML
    }.joined(by: "<br>")
  }
}
