/// The words of one rule in another language, each with the digest of the English it translates.
package struct RuleTranslation: Sendable {
  /// The file relative to the rules folder: `translations/ja/blocking/blocking-sleep.md`.
  package let path: String
  package let language: Language
  /// The path of the rule's file: `blocking/blocking-sleep.md`.
  package let rulePath: String
  /// The whole text of the file.
  package let source: String
  /// In the order of the file.
  var texts: [TranslatedText] = []

  func text(of unit: TranslationUnit) -> TranslatedText? { texts.first { $0.unit == unit } }
}

/// One unit in another language.
struct TranslatedText: Hashable, Sendable {
  let unit: TranslationUnit
  /// A single piece of prose but for sections.
  let pieces: [SectionPiece]
  /// Digest of the English it translates; `nil` when the file does not say.
  let digest: String?
  /// The 1-based line of the file.
  let line: Int
  /// Where the digest stands; `nil` when it has no place yet.
  let digestLine: Int?

  var text: String { pieces.text }
}

/// Why a unit is shown in English.
package enum TranslationGap: Hashable, Sendable {
  /// Nobody has translated it.
  case missing
  /// The English has changed since.
  case outdated
}

/// How far a rule is translated to one language.
package struct TranslationStanding: Sendable {
  package let rule: Rule
  package let language: Language
  /// What is shown in English, in the order of the rule file.
  package let gaps: [(unit: TranslationUnit, gap: TranslationGap)]
  /// Units of the translation that the rule does not have any more, with their lines.
  package let leftovers: [(unit: TranslationUnit, line: Int)]
  /// All units of the rule.
  package let unitCount: Int

  package init(of rule: Rule, in language: Language) {
    self.rule = rule
    self.language = language
    let translation = rule.translation(to: language)
    let wanted = rule.translatable
    unitCount = wanted.count
    gaps = wanted.compactMap { text in
      translation.gap(of: text).map { (text.unit, $0) }
    }
    let units = Set(wanted.map(\.unit))
    leftovers = (translation?.texts ?? []).filter { !units.contains($0.unit) }
      .map { ($0.unit, $0.line) }
  }

  /// Whether nothing is missing, outdated or left over.
  package var isComplete: Bool { gaps.isEmpty && leftovers.isEmpty }

  /// The line of a unit in the translation; `nil` when it is not there.
  package func line(of unit: TranslationUnit) -> Int? {
    rule.translation(to: language)?.text(of: unit)?.line
  }
}

extension RuleTranslation? {
  /// Why the translation of an English text cannot be shown; `nil` when it can.
  func gap(of text: TranslatableText) -> TranslationGap? {
    guard let self, let translated = self.text(of: text.unit), let digest = translated.digest,
      !translated.isEnglish(of: text)
    else { return .missing }
    return digest == text.digest ? nil : .outdated
  }
}

extension TranslatedText {
  /// Whether it is a skeleton's copy of the English text.
  fileprivate func isEnglish(of english: TranslatableText) -> Bool {
    guard TextDigest.of(text) == english.digest else { return false }
    // `asyncio.run` alone is the same in every language.
    var isCode = false
    return english.text.contains { character in
      if character == "`" { isCode.toggle() }
      return !isCode && character.isLetter
    }
  }
}

extension Rule {
  /// The translation to a language, if there is one.
  package func translation(to language: Language) -> RuleTranslation? {
    translations.first { $0.language == language }
  }
}
