package import RuleBase

/// The words of pages in one language, but for those that rule files say.
///
/// Each table is a structure with one value for each language: a word that is missing in one of
/// them does not compile.
///
/// An object, since the tables have hundreds of words that would be copied with every page.
package final class Words: Sendable {
  package let language: Language
  let model: ModelWords
  let manual: ManualWords
  let callables: CallableWords
  package let observed: ObservedWords
  let site: SiteWords
  let evidence: EvidenceWords

  /// What a group is called, by the name of its folder.
  package func groupName(_ folder: String) -> String { model.group(folder) }

  private init(
    _ language: Language, _ model: ModelWords, _ manual: ManualWords, _ callables: CallableWords,
    _ observed: ObservedWords, _ site: SiteWords, _ evidence: EvidenceWords,
  ) {
    self.language = language
    self.model = model
    self.manual = manual
    self.callables = callables
    self.observed = observed
    self.site = site
    self.evidence = evidence
  }

  private static let english = Words(
    .english, .english, .english, .english, .english, .english, .english)
  private static let japanese = Words(
    .japanese, .japanese, .japanese, .japanese, .japanese, .japanese, .japanese)

  /// The words of a language.
  package static func of(_ language: Language) -> Words {
    switch language {
    case .english: english
    case .japanese: japanese
    }
  }
}
