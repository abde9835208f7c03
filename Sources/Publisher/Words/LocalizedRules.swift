package import RuleBase
package import Verifier

extension VerifiedRule {
  /// The same rule with its words in another language; what was verified and seen stays.
  package func localized(in language: Language) -> VerifiedRule {
    guard language != .english else { return self }
    let rule = rule.localized(in: language)
    let examples = zip(rule.examples, examples).map { example, verified in
      VerifiedExample(example: example, files: verified.files, proof: verified.proof)
    }
    var localized = VerifiedRule(rule: rule, examples: examples)
    localized.origin = origin
    localized.peers = peers
    return localized
  }
}

extension [VerifiedRule] {
  /// Whether somebody has begun to translate the rules to a language.
  package func areTranslated(to language: Language) -> Bool {
    language == .english || contains { $0.rule.translation(to: language) != nil }
  }
}
