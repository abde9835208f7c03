import AsyncChecks
package import PythonSemantics
import RuleBase
package import Verifier

/// Makes the manual: `man1/asyncrules.1`, `man5/asyncrules-rule.5`, `man7/asyncrules.7` and a page
/// for each rule; those of section 7 in other languages too, below `ja` and so on, where `man`
/// looks by the locale and goes back to English for a page that is not there.
package enum ManualPublisher {
  /// The files, in order of their paths.
  ///
  /// A rule's page stands twice in section 7, under its name and under its code: a `.so` line is
  /// found only from the manual's own folder, and `mandoc -T lint` warns of it.
  package static func files(
    for rules: [VerifiedRule], command: CommandManual, facts: CommandFacts = .asyncrules,
    formatGuide: String, version: String, date: ReleaseDate,
  ) -> [OutputFile] {
    let files = OutputFiles()
    write(
      rules, command: command, facts: facts, formatGuide: formatGuide, version: version, date: date,
      executor: .sequential
    ) { files.append($0) }
    return files.sorted
  }

  /// Hands out the same files as soon as they are made, in any order and on several threads.
  package static func write(
    _ rules: [VerifiedRule], command: CommandManual, facts: CommandFacts = .asyncrules,
    formatGuide: String, version: String, date: ReleaseDate, executor: Executor,
    to sink: @escaping @Sendable (OutputFile) -> Void,
  ) {
    let names = RuleNames(rules.map(\.rule))
    @Sendable func add(_ page: Page, below folder: String = "") {
      let source = Array(MdocPage.source(of: page, version: version, date: date).utf8)
      for name in page.names {
        let section = page.manualSection
        sink(OutputFile(path: "\(folder)man\(section)/\(name).\(section)", bytes: source))
      }
    }
    add(ProgramManual.page(of: command, facts: facts))
    add(FormatManual.page(of: formatGuide))
    add(IndexManual.page(of: names.rules))
    _ = executor.map(rules.count) { add(RuleManual.page(of: rules[$0], among: names)) }
    for language in Language.translated where rules.areTranslated(to: language) {
      let localized = rules.map { $0.localized(in: language) }
      let folder = language.rawValue + "/"
      add(IndexManual.page(of: localized.map(\.rule), in: language), below: folder)
      let translated = localized.filter { $0.rule.translation(to: language) != nil }
      _ = executor.map(translated.count) {
        add(RuleManual.page(of: translated[$0], among: names), below: folder)
      }
    }
  }
}
