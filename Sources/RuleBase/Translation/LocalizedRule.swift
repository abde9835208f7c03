extension Rule {
  /// The same rule with its words in another language; code, spans, messages of findings and facts
  /// are shared.
  ///
  /// What is not translated, or translates an older text, stays English and is listed in
  /// ``untranslated``.
  package func localized(in language: Language) -> Rule {
    guard language != .english else { return self }
    let translation = translation(to: language)
    var result = self
    result.language = language
    var translated: [TranslationUnit: TranslatedText] = [:]
    for text in translatable {
      if let gap = translation.gap(of: text) {
        result.untranslated[text.unit] = gap
      } else {
        translated[text.unit] = translation?.text(of: text.unit)
      }
    }
    result.title = translated[.title]?.text ?? title
    result.summary = translated[.summary]?.text ?? summary
    result.status.reason = translated[.reason]?.text ?? status.reason
    result.messageTranslations = Dictionary(
      uniqueKeysWithValues: messages.compactMap { message in
        translated[.message(id: message.id)].map { (message.id, $0.text) }
      })
    for (index, callable) in callables.enumerated() {
      guard let note = callable.note,
        let text = translated[.note(digest: TextDigest.of(note))]?.text
      else { continue }
      result.callables[index].note = text
    }
    for (index, example) in examples.enumerated() {
      guard let text = translated[.caption(id: example.id)]?.text else { continue }
      result.examples[index].caption = text
    }
    for (index, section) in sections.enumerated() {
      guard let text = translated[.section(section.kind)] else { continue }
      result.sections[index].blocks = blocks(of: text, for: section)
    }
    return result
  }

  /// The language that a unit is shown in.
  package func language(of unit: TranslationUnit) -> Language {
    untranslated[unit] == nil ? language : .english
  }

  /// The language of the note of a callable, which is named by its English text.
  package func language(ofNote note: String) -> Language {
    language(of: .note(digest: TextDigest.of(note)))
  }

  /// The translated pieces with the headings' anchors, the code and the examples of the English.
  private func blocks(of text: TranslatedText, for section: RuleSection) -> [RuleBlock] {
    let code = SectionCode.sources(of: section)
    var headings = section.blocks.filter { if case .heading = $0 { true } else { false } }[...]
    return text.pieces.compactMap { piece in
      switch piece {
      case .prose(let markdown, let line):
        return .prose(markdown: SectionCode.showing(code, in: markdown), line: line)
      case .heading(let title, _):
        // The loader has counted them.
        guard case .heading(let english, let anchor, let framework, let line)? = headings.popFirst()
        else { return nil }
        return .heading(
          text: framework == nil ? title : english, anchor: anchor, framework: framework,
          line: line)
      case .example(let id, _):
        return examples.firstIndex { $0.id == id }.map(RuleBlock.example)
      }
    }
  }
}
