package import AsyncChecks

/// All rules, in order of their codes.
package struct RuleBase: Sendable {
  package let rules: [Rule]
  /// Translations of rules that there are not.
  package let strayTranslations: [RuleTranslation]

  /// Sorts the rules by code.
  package init(rules: [Rule], strayTranslations: [RuleTranslation] = []) {
    self.rules = rules.sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    self.strayTranslations = strayTranslations
  }

  /// The same rules with their words in another language.
  package func localized(in language: Language) -> RuleBase {
    RuleBase(
      rules: rules.map { $0.localized(in: language) }, strayTranslations: strayTranslations)
  }

  /// What the checker needs to know; indices follow ``rules``.
  package var table: RuleTable {
    var callables: [KnownCallable] = []
    for (index, rule) in rules.enumerated() where rule.status.state != .removed {
      callables += rule.callables.map { $0.knownCallable(of: RuleIndex(UInt16(index))) }
    }
    return RuleTable(rules: rules.map(\.entry), callables: callables)
  }

  /// The same rules with a removed one in force again, as its examples were written for.
  ///
  /// What the rules that have taken its place say of its callables is left out.
  package func restoring(_ removed: Rule) -> RuleBase {
    let restored = rules.map { rule in
      var rule = rule
      if rule.name == removed.name {
        rule.status.state = .stable
      } else {
        rule.callables.removeAll { other in
          removed.callables.contains {
            $0.name == other.name && $0.role == other.role && $0.trait == other.trait
          }
        }
      }
      return rule
    }
    return RuleBase(rules: restored, strayTranslations: strayTranslations)
  }

  /// The rules with this code (`AR101`), slug, or alias of another tool (`ASYNC251`).
  ///
  /// Case does not count. A code or slug gives one rule; several may share an alias.
  package func rule(named text: String) -> [Rule] {
    let text = text.lowercased()
    let own = rules.filter { $0.code.lowercased() == text || $0.name == text }
    if !own.isEmpty { return own }
    return rules.filter { rule in rule.aliases.contains { $0.rule.lowercased() == text } }
  }

  /// The code, slug or alias that a misspelt one was meant to be.
  package func nearestName(to text: String) -> String? {
    NearestWord.to(text, among: rules.map(\.name))
      ?? NearestWord.to(text, among: rules.map(\.code))
      ?? NearestWord.to(text, among: rules.flatMap(\.aliases).map(\.rule))
  }
}

extension Rule {
  /// The checker's share of the rule.
  fileprivate var entry: RuleEntry {
    RuleEntry(
      code: Array(code.utf8), name: Array(name.utf8), severity: severity,
      isDefault: status.state == .stable || status.state == .deprecated, check: Array(check.utf8),
      isForTests: isForTests,
      messages: messages.map { MessageTemplate(id: Array($0.id.utf8), text: Array($0.text.utf8)) },
      fix: fix.applicability, foreignCodes: foreignCodes)
  }

  /// The codes that a `# noqa` comment may name instead of ours: those of aliases that are letters
  /// and digits. Other names, such as `unused-coroutine`, belong to tools with other comments.
  private var foreignCodes: [[UInt8]] {
    let codes = aliases.filter { alias in
      alias.isSilencing && alias.rule.allSatisfy { $0.isLetter || $0.isNumber }
        && alias.rule.first?.isLetter == true && alias.rule.last?.isNumber == true
    }
    .map { $0.rule.uppercased() }
    return Set(codes).sorted().map { Array($0.utf8) }
  }
}

extension FixAvailability {
  fileprivate var applicability: Applicability? {
    switch self {
    case .safe: .safe
    case .unsafe: .unsafe
    case .none: nil
    }
  }
}

extension RuleCallable {
  fileprivate func knownCallable(of rule: RuleIndex) -> KnownCallable {
    KnownCallable(
      qualifiedName: Array(name.utf8), role: role, rule: rule,
      replacements: replacements.map {
        Replacement(dialect: $0.dialect, text: Array($0.text.utf8))
      },
      isDropIn: isDropIn, returns: Array((returns ?? "").utf8),
      unless: unless.compactMap { ArgumentCondition($0) },
      argument: UInt8(argument), trait: Array((trait ?? "").utf8))
  }
}
