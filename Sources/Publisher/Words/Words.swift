package import RuleBase

/// The words of pages in one language, but for those that rule files say.
///
/// Each table is a structure with one value for each language: a word that is missing in one of
/// them does not compile.
package struct Words: Sendable {
  package let language: Language
  let model: ModelWords
  let manual: ManualWords
  let callables: CallableWords
  package let observed: ObservedWords
  let site: SiteWords
  let evidence: EvidenceWords

  /// What a group is called, by the name of its folder.
  package func groupName(_ folder: String) -> String { model.group(folder) }

  /// The words of a language.
  package static func of(_ language: Language) -> Words {
    switch language {
    case .english:
      Words(
        language: language, model: .english, manual: .english, callables: .english,
        observed: .english, site: .english, evidence: .english)
    case .japanese:
      Words(
        language: language, model: .japanese, manual: .japanese, callables: .japanese,
        observed: .japanese, site: .japanese, evidence: .japanese)
    }
  }
}
