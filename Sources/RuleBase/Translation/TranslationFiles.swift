/// The files below `translations/` on their way to the rules they translate.
struct TranslationFiles {
  private(set) var errors: [RuleFileError] = []
  /// Those whose rule is not there.
  private(set) var stray: [RuleTranslation] = []
  private var pending: [(translation: RuleTranslation, report: RuleFileReport)] = []

  mutating func read(path: String, file: String, text: String) {
    var report = RuleFileReport(file: file)
    let reader = TranslationReader(path: path, text: text, report: &report)
    if let translation = reader?.translation, report.errors.isEmpty {
      pending.append((translation, report))
    }
    errors += report.errors
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
      var report = report
      TranslationAgreement(rule: files[index].rule, translation: translation)
        .check(report: &report)
      errors += report.errors
    }
    pending = []
  }
}
