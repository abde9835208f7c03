/// One file below `translations/` as read, before it is compared with its rule.
struct ParsedTranslation: Sendable {
  /// `nil` when ``errors`` says why.
  let translation: RuleTranslation?
  /// The path for error messages.
  let file: String
  let errors: [RuleFileError]

  init(of source: RuleFileSource) {
    var report = RuleFileReport(file: source.file)
    let reader = TranslationReader(path: source.path, text: source.text, report: &report)
    translation = report.errors.isEmpty ? reader?.translation : nil
    file = source.file
    errors = report.errors
  }
}

/// The files below `translations/` on their way to the rules they translate.
struct TranslationFiles {
  private(set) var errors: [RuleFileError] = []
  /// Those whose rule is not there.
  private(set) var stray: [RuleTranslation] = []
  /// What comparisons with the rules gave, by the paths of the translations; those of texts that
  /// have not changed need not be made again.
  private(set) var comparisons: [String: Comparison]
  private var pending: [(translation: RuleTranslation, report: RuleFileReport)] = []

  /// A translation compared with its rule.
  struct Comparison {
    /// The texts of the files.
    fileprivate let rule: String
    fileprivate let translation: String
    fileprivate let errors: [RuleFileError]
  }

  /// - Parameter comparisons: Those that were made before.
  init(comparisons: [String: Comparison] = [:]) { self.comparisons = comparisons }

  mutating func add(_ parsed: ParsedTranslation) {
    errors += parsed.errors
    guard let translation = parsed.translation else { return }
    pending.append((translation, RuleFileReport(file: parsed.file)))
  }

  /// Gives each rule its translations and reports what does not agree.
  mutating func attach(to files: inout [ParsedRuleFile]) {
    let indices = Dictionary(
      files.enumerated().map { ($1.rule.path, $0) }, uniquingKeysWith: { first, _ in first })
    for (translation, report) in pending {
      guard let index = indices[translation.rulePath] else {
        stray.append(translation)
        continue
      }
      files[index].rule.translations.removeAll { $0.language == translation.language }
      files[index].rule.translations.append(translation)
      // A broken rule file would make its translation look wrong.
      guard files[index].errors.isEmpty else { continue }
      errors += compared(translation, with: files[index].rule, report)
    }
    pending = []
  }

  /// What does not agree.
  private mutating func compared(
    _ translation: RuleTranslation, with rule: Rule, _ report: RuleFileReport,
  ) -> [RuleFileError] {
    if let known = comparisons[translation.path], known.rule == rule.source,
      known.translation == translation.source
    {
      return known.errors
    }
    var report = report
    TranslationAgreement(rule: rule, translation: translation).check(report: &report)
    comparisons[translation.path] = Comparison(
      rule: rule.source, translation: translation.source, errors: report.errors)
    return report.errors
  }
}
