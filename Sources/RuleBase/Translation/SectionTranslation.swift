/// How much of a section stands in the language of its rule.
package enum SectionTranslation: Hashable, Sendable {
  /// All of it; always so in English.
  case complete
  /// The running text, but not every caption.
  case partial
  /// Not the running text: nobody has translated it, or it has changed since.
  case absent(TranslationGap)
}

extension Rule {
  /// How much of a section stands in ``language``.
  package func translation(of section: RuleSection) -> SectionTranslation {
    guard !untranslated.isEmpty else { return .complete }
    if let gap = untranslated[.section(section.kind)] { return .absent(gap) }
    let captions = section.blocks.compactMap { block -> TranslationUnit? in
      guard case .example(let index) = block else { return nil }
      return .caption(id: examples[index].id)
    }
    return captions.contains { untranslated[$0] != nil } ? .partial : .complete
  }
}
