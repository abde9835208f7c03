import AsyncChecks
import RuleBase
package import Verifier

/// Makes the manual: `man1/asyncrules.1`, `man5/asyncrules-rule.5`, `man7/asyncrules.7` and a page
/// for each rule.
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
    func add(_ page: Page, as name: String) {
      let source = MdocPage.source(of: page, version: version, date: date)
      files.append(
        OutputFile(path: "man\(page.manualSection)/\(name).\(page.manualSection)", text: source))
    }
    func add(_ page: Page) {
      for name in page.names { add(page, as: name) }
    }
    add(ProgramManual.page(of: command, facts: facts))
    add(FormatManual.page(of: formatGuide))
    add(IndexManual.page(of: names.rules))
    for rule in rules { add(RuleManual.page(of: rule, among: names)) }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
