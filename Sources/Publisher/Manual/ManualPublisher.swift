import AsyncChecks
import PythonSemantics
import RuleBase
package import Verifier

/// Makes the manual: `man1/asyncrules.1`, `man5/asyncrules-rule.5`, `man7/asyncrules.7` and a page
/// for each rule; in other languages too, below `ja` and so on, where `man` looks by the locale and
/// goes back to English for a page that is not there.
package enum ManualPublisher {
  /// The files, in order of their paths.
  ///
  /// A rule's page stands twice in section 7, under its name and under its code: a `.so` line is
  /// found only from the manual's own folder, and `mandoc -T lint` warns of it.
  package static func files(
    for rules: [VerifiedRule], command: CommandManual, facts: CommandFacts = .asyncrules,
    formatGuide: String, translations: [ManualTranslation] = ManualTranslation.embedded,
    version: String, date: ReleaseDate,
  ) -> [OutputFile] {
    let files = OutputFiles()
    let pages = ManualPages(rules: rules, version: version, date: date)
    let sink: @Sendable (OutputFile, [String]) -> Void = { file, otherPaths in
      files.append(file)
      for path in otherPaths { files.append(OutputFile(path: path, bytes: file.bytes)) }
    }
    for rule in rules { pages.write(RuleManual.page(of: rule, among: pages.names), to: sink) }
    pages.writeOthers(
      command: command, facts: facts, formatGuide: formatGuide, translations: translations,
      executor: .sequential, to: sink)
    return files.sorted
  }
}

/// Writes the pages of the manual one by one.
struct ManualPages: Sendable {
  let rules: [VerifiedRule]
  let names: RuleNames
  let version: String
  let date: ReleaseDate

  init(rules: [VerifiedRule], version: String, date: ReleaseDate) {
    self.rules = rules
    names = RuleNames(rules.map(\.rule))
    self.version = version
    self.date = date
  }

  /// Writes one page.
  func write(
    _ page: Page, below folder: String = "", to sink: @Sendable (OutputFile, [String]) -> Void,
  ) {
    let source = MdocPage.source(of: page, version: version, date: date)
    let section = page.manualSection
    let paths = page.names.map { "\(folder)man\(section)/\($0).\(section)" }
    guard let path = paths.first else { return }
    sink(OutputFile(path: path, bytes: source), Array(paths.dropFirst()))
  }

  /// Writes all but the English pages of the rules, in any order and on several threads.
  func writeOthers(
    command: CommandManual, facts: CommandFacts = .asyncrules, formatGuide: String,
    translations: [ManualTranslation] = ManualTranslation.embedded, executor: Executor,
    to sink: @Sendable (OutputFile, [String]) -> Void,
  ) {
    write(ProgramManual.page(of: command, facts: facts), to: sink)
    write(FormatManual.page(of: formatGuide), to: sink)
    write(IndexManual.page(of: names.rules), to: sink)
    for language in Language.translated where rules.areTranslated(to: language) {
      let localized = rules.map { $0.localized(in: language) }
      let folder = language.rawValue + "/"
      if let translation = translations.first(where: { $0.language == language }) {
        write(
          ProgramManual.page(
            of: translation.localized(command), facts: translation.localized(facts), in: language),
          below: folder, to: sink)
        let outdated = Words.of(language).manual.outdated
        write(
          FormatManual.page(
            of: translation.localized(guide: formatGuide, outdated: outdated), in: language),
          below: folder, to: sink)
      }
      write(
        IndexManual.page(of: localized.map(\.rule), in: language), below: folder, to: sink)
      let translated = localized.filter { $0.rule.translation(to: language) != nil }
      _ = executor.map(translated.count) {
        write(RuleManual.page(of: translated[$0], among: names), below: folder, to: sink)
      }
    }
  }
}
