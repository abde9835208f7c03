import RuleBase

// What the catalogue says of a rule in other languages: words only. Code, findings, proofs and
// facts stand once, in the rule's own members.

/// The words of a rule in another language; what is not there is not translated.
struct TranslationRecord: Encodable {
  /// `ja`.
  let language: String
  let title: String?
  let summary: String?
  let reason: String?
  let messages: [TranslatedMessageRecord]
  let notes: [TranslatedNoteRecord]
  let sections: [SectionRecord]
  let captions: [TranslatedCaptionRecord]
  /// What is not translated, or only in a form that the English has left behind.
  let untranslated: [String]
}

/// A message in another language.
struct TranslatedMessageRecord: Encodable {
  let id: String
  let template: String
}

/// What is said of callables in another language.
struct TranslatedNoteRecord: Encodable {
  /// The English, as the callables have it.
  let note: String
  let text: String
}

/// What stands before an example in another language.
struct TranslatedCaptionRecord: Encodable {
  let example: String
  let text: String
}

extension CatalogueBuilder {
  /// A record for each language that somebody has begun to translate the rule to.
  func translations(of rule: Rule) -> [TranslationRecord] {
    Language.translated.filter { rule.translation(to: $0) != nil }.map { language in
      translation(of: rule, to: language)
    }
  }

  private func translation(of rule: Rule, to language: Language) -> TranslationRecord {
    let words = Words.of(language)
    let localized = rule.localized(in: language)
    func ifTranslated<Value>(_ unit: TranslationUnit, _ value: Value) -> Value? {
      localized.untranslated[unit] == nil ? value : nil
    }
    var notes: [TranslatedNoteRecord] = []
    for (callable, other) in zip(rule.callables, localized.callables) {
      guard let note = callable.note, let text = other.note, note != text,
        !notes.contains(where: { $0.note == note })
      else { continue }
      notes.append(TranslatedNoteRecord(note: note, text: text))
    }
    return TranslationRecord(
      language: language.rawValue, title: ifTranslated(.title, localized.title),
      summary: ifTranslated(.summary, localized.summary),
      reason: localized.status.reason.flatMap { ifTranslated(.reason, $0) },
      messages: rule.messages.compactMap { message in
        localized.messageTranslations[message.id].map {
          TranslatedMessageRecord(id: message.id, template: $0)
        }
      },
      notes: notes,
      sections: localized.sections.filter { localized.untranslated[.section($0.kind)] == nil }
        .map { section($0, of: localized, title: words.model.section($0.kind)) },
      captions: localized.examples.compactMap { example in
        example.caption.flatMap { ifTranslated(.caption(id: example.id), $0) }.map {
          TranslatedCaptionRecord(example: example.id, text: $0)
        }
      },
      untranslated: rule.translatable.map(\.unit).filter { localized.untranslated[$0] != nil }
        .map(\.description))
  }
}

extension CatalogueSchema {
  /// The shape of ``TranslationRecord``.
  static let translation = SchemaValue.object(
    "The words of a rule in another language. Texts that are not translated are absent.",
    [
      .required(
        "language", .word("The language, as RFC 5646.", Language.translated.map(\.rawValue))),
      .optional("title", .string("The title. Markdown.")),
      .optional("summary", .string("The summary. Markdown.")),
      .optional("reason", .string("Why the rule is deprecated or removed. Markdown.")),
      .required(
        "messages",
        .array(
          "Messages; findings keep to the English ones.",
          of: .object(
            "A message.",
            [
              .required("id", .string("Its name in the rule.")),
              .required("template", .string("The text, with parameters in braces. Markdown.")),
            ]))),
      .required(
        "notes",
        .array(
          "What is said of callables.",
          of: .object(
            "A note.",
            [
              .required("note", .string("The English note of the callables.")),
              .required("text", .string("The translation. Markdown.")),
            ]))),
      .required(
        "sections", .array("Sections, in order.", of: .reference("section"))),
      .required(
        "captions",
        .array(
          "What stands before examples.",
          of: .object(
            "A caption.",
            [
              .required("example", .reference("name")),
              .required("text", .string("The text. Markdown.")),
            ]))),
      .required(
        "untranslated",
        .array(
          "What is not translated, or only in a form that the English has left behind.",
          of: .string("A title, message, note, section or caption."), isSet: true)),
    ])
}
