import Publisher
import Testing

@testable import RuleBase
@testable import Verifier

/// The pages about other tools, messages and proofs.
@Suite struct EvidencePageTests {
  private static let measured: VerifiedRule = {
    var verified = SampleRules.sleep
    let alias = verified.rule.aliases[0]
    let measurement = PeerMeasurement(
      tool: alias.tool, code: alias.rule, version: "9.8.7",
      bad: [
        PeerCount(id: "one", found: 1, of: 1), PeerCount(id: "two", found: 0, of: 2),
        PeerCount(id: "three", found: 1, of: 1),
      ],
      alarms: ["fine"], clean: 4)
    verified.peers = PeerRecord(
      rule: verified.rule.name, hash: "", date: "2026-11-23", measured: [measurement])
    return verified
  }()

  private static func page(_ path: String) throws -> String {
    try #require(SiteFixture.page(path, of: SiteFixture.files(for: [measured])))
  }

  @Test func `the comparison says how many examples a tool marks, and of which kind`() throws {
    let page = try Self.page("comparison.html")
    let alias = Self.measured.rule.aliases[0]
    #expect(page.contains("2 of 3 bad<br>and 1 of 4 correct"))
    #expect(page.contains("\(alias.tool)<small>9.8.7</small>") && page.contains("2026-11-23"))
  }

  @Test func `their codes lead to ours, with what was measured and what was not`() throws {
    let page = try Self.page("migration.html")
    #expect(page.contains("9.8.7 marks 2 of 3 bad examples and 1 of 4 correct ones"))
    #expect(page.contains("<td>not measured</td>"))
    for alias in Self.measured.rule.aliases { #expect(page.contains("<code>\(alias.rule)</code>")) }
  }

  @Test func `messages are a list that needs no script`() throws {
    let page = try Self.page("symptoms.html")
    for symptom in Self.measured.rule.symptoms {
      let pattern = SymptomIndex.normalized(symptom)
      guard pattern.filter(\.isLetter).count >= 12 else { continue }
      #expect(page.contains("<dt><samp>\(HTML(text: pattern).text)</samp></dt>"))
    }
    #expect(page.contains("rules/blocking-sleep.html"))
  }

  @Test func `an example without a proof of its text is in the ledger as that`() throws {
    let page = try Self.page("proofs.html")
    for example in Self.measured.examples where example.proof == nil {
      #expect(page.contains("\(example.example.id)<br>"))
    }
    #expect(page.contains("no proof of this text"))
  }
}
