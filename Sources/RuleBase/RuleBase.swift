package import AsyncChecks

/// All rules, in order of their codes.
package struct RuleBase: Sendable {
  package let rules: [Rule]

  package init(rules: [Rule]) {
    self.rules = rules
  }

  /// What the checker needs to know; indices follow ``rules``.
  package var table: RuleTable { RuleTable(rules: [], callables: []) }

  /// The rule with this code (`AR101`), slug, or alias of another tool (`ASYNC251`).
  package func rule(named text: String) -> [Rule] {
    rules.filter { rule in
      rule.code == text.uppercased() || rule.name == text.lowercased()
        || rule.aliases.contains { $0.rule.uppercased() == text.uppercased() }
    }
  }
}
