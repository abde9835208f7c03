package import RuleBase

/// A rule whose examples have all been classified.
package struct VerifiedRule: Sendable {
  package let rule: Rule
  /// In the order of ``Rule/examples``.
  package let examples: [VerifiedExample]
  /// Where and when its examples ran, if that is recorded.
  package var origin: ProofOrigin?
  /// What other tools find in its examples, if that is recorded and still of these texts.
  package var peers: PeerRecord?

  package init(rule: Rule, examples: [VerifiedExample]) {
    self.rule = rule
    self.examples = examples
  }
}

/// When and where the examples of a rule ran.
package struct ProofOrigin: Hashable, Sendable {
  /// The day of the latest change, `2026-11-23`.
  package let day: String
  /// `Linux x86_64`.
  package let system: String
}

/// What the checker said of one example.
package struct VerifiedExample: Sendable {
  package let example: Example
  /// In the order of ``Example/files``.
  package let files: [VerifiedFile]
  /// What was seen when it ran, if that is recorded and still of this text.
  package var proof: Proof?

  package init(example: Example, files: [VerifiedFile], proof: Proof? = nil) {
    self.example = example
    self.files = files
    self.proof = proof
  }
}

/// What the checker said of one file of an example.
package struct VerifiedFile: Sendable {
  package let file: ExampleFile
  /// In source order.
  package let findings: [Finding]
  /// The text after all fixes; `nil` when there is nothing to fix.
  package let fixed: String?

  package init(file: ExampleFile, findings: [Finding], fixed: String?) {
    self.file = file
    self.findings = findings
    self.fixed = fixed
  }
}
