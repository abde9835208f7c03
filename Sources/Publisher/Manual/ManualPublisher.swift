import AsyncChecks
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
    let names = RuleNames(rules.map(\.rule))
    var files: [OutputFile] = []
    func add(_ page: Page, below folder: String = "") {
      let source = MdocPage.source(of: page, version: version, date: date)
      for name in page.names {
        let section = page.manualSection
        files.append(
          OutputFile(path: "\(folder)man\(section)/\(name).\(section)", text: source))
      }
    }
    add(ProgramManual.page(of: command, facts: facts))
    add(FormatManual.page(of: formatGuide))
    add(IndexManual.page(of: names.rules))
    for rule in rules { add(RuleManual.page(of: rule, among: names)) }
    for language in Language.translated where rules.areTranslated(to: language) {
      let localized = rules.map { $0.localized(in: language) }
      let folder = language.rawValue + "/"
      add(IndexManual.page(of: localized.map(\.rule), in: language), below: folder)
      for rule in localized where rule.rule.translation(to: language) != nil {
        add(RuleManual.page(of: rule, among: names), below: folder)
      }
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
