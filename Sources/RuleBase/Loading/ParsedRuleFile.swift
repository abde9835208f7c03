/// One rule file as read, before the rules are checked against each other.
struct ParsedRuleFile: Sendable {
  /// With gaps filled by empty values where ``errors`` says so.
  var rule: Rule
  var marks: RuleMarks
  /// The path for error messages.
  var file: String
  var errors: [RuleFileError]
}

/// The 1-based lines of what can only be checked with all rules at hand.
struct RuleMarks: Sendable {
  /// A name of another rule or a link to it.
  struct Mention: Sendable {
    /// The key or, for a link of the body, the destination as written.
    let what: String
    let name: String
    /// The part of a link after `#`.
    var anchor: String?
    let line: Int
    /// Whether it is a link of the body.
    var isLink = false
  }

  var code = 1
  var name = 1
  var mentions: [Mention] = []
  /// In the order of ``Rule/callables``.
  var callables: [Int] = []
  /// What links within the page may point to, with the line of each.
  var anchors: [String: Int] = [:]
}
