import Verifier

/// What several of the published files say of a rule, made once.
struct RuleTexts {
  let verified: VerifiedRule
  /// The page of the manual, also the help that SARIF gives.
  let page: Page
  /// The twin of the website's page but for its opening, also the help that SARIF gives.
  let markdown: String

  init(of verified: VerifiedRule, among names: RuleNames) {
    self.verified = verified
    page = RuleManual.page(of: verified, among: names)
    markdown = RuleMarkdown.text(of: verified, among: names)
  }
}
