import TestSupport
import Foundation
import RuleBase

/// Rule files that tests start from.
enum Fixture {
  /// A rule that uses everything the format has.
  static let valid =
    (try? String(
      contentsOfFile: Repository.fixtures(of: "RuleBaseTests") + "/valid.md", encoding: .utf8))
    ?? ""

  /// The rule that ``valid`` links to.
  static let other = (
    path: "blocking/other-demo.md",
    text: valid.replacing("AR101", with: "AR102").replacing("other-demo", with: "third-demo")
      .replacing("blocking-demo", with: "other-demo").replacing("demo.", with: "other.")
      .replacing("related: [third-demo]", with: "related: [blocking-demo]")
      .replacing("rule:third-demo", with: "rule:blocking-demo")
  )

  /// Checks as a checker might have them.
  static let checks = [
    CheckSignature(
      name: "blocking-call",
      messages: [
        .init(id: "call", placeholders: ["call", "replacement"]),
        .init(id: "with", placeholders: ["type", "replacement"]),
        .init(id: "iterate", placeholders: ["type", "replacement"]),
      ]),
    CheckSignature(
      name: "dropped-call",
      messages: [
        .init(id: "statement", placeholders: ["call"]), .init(id: "value", placeholders: ["call"]),
      ]),
  ]
}
