/// Compares the parts of a translation that claim to be current with the rule they translate.
///
/// Only those: a change of the English must not make the file an error, it shows as outdated.
struct TranslationAgreement {
  let rule: Rule
  let translation: RuleTranslation

  func check(report: inout RuleFileReport) {
    for text in rule.translatable where Optional(translation).gap(of: text) == nil {
      guard let translated = translation.text(of: text.unit) else { continue }
      checkLinks(translated, report: &report)
      switch text.unit {
      case .section(let kind):
        checkStructure(translated, of: text, kind, report: &report)
        checkCode(translated, of: text, kind, report: &report)
      case .message(let id):
        let (found, wanted) = (placeholders(translated.text), placeholders(text.text))
        if found != wanted {
          report.add(
            .translation(.placeholders(message: id, found: found, wanted: wanted)),
            line: translated.line)
        }
      case .title, .summary, .reason, .note, .caption: break
      }
    }
  }

  private func checkStructure(
    _ translated: TranslatedText, of text: TranslatableText, _ kind: RuleSection.Kind,
    report: inout RuleFileReport,
  ) {
    func outline(_ pieces: [SectionPiece]) -> [String] {
      pieces.compactMap { piece in
        switch piece {
        case .prose: nil
        case .heading: "###"
        case .example: piece.text
        }
      }
    }
    let (found, wanted) = (outline(translated.pieces), outline(text.pieces))
    guard found != wanted else { return }
    report.add(
      .translation(.structure(section: kind.rawValue, found: found, wanted: wanted)),
      line: translated.line)
  }

  private func checkCode(
    _ translated: TranslatedText, of text: TranslatableText, _ kind: RuleSection.Kind,
    report: inout RuleFileReport,
  ) {
    let found = SectionCode.numbers(in: translated.text)
    let count = SectionCode.numbers(in: text.text).count
    if found.sorted() != Array(1..<count + 1) {
      report.add(
        .translation(.code(section: kind.rawValue, found: found, count: count)),
        line: translated.line)
    }
  }

  /// Links into the site must be those of the English, which have been checked.
  private func checkLinks(_ translated: TranslatedText, report: inout RuleFileReport) {
    guard translated.text.contains("](") else { return }
    for link in MarkdownReading(of: translated.text).markdown.links {
      let destination = link.destination
      if destination.hasPrefix("https://") || rule.source.contains("](\(destination))") { continue }
      report.add(.translation(.foreignLink(destination)), line: translated.line + link.line - 1)
    }
  }

  /// The names in braces, sorted, each once.
  private func placeholders(_ text: String) -> [String] {
    let parts = text.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
    return Set(parts.map { String($0.prefix { $0 != "}" }) }).sorted()
  }
}
