package import PythonSemantics
import RuleBase
package import Verifier

/// Everything that is published of some rules: the website, the catalogue and the manual.
///
/// It is made rule by rule, so that what several files say of a rule is made once, and nothing of a
/// rule stays in memory but its part of the catalogue.
package struct Publication {
  /// How the program is called, for its page of the manual.
  package let command: CommandManual
  /// The guide to the format of rule files, CommonMark.
  package let formatGuide: String
  package let version: String
  package let date: ReleaseDate

  package init(command: CommandManual, formatGuide: String, version: String, date: ReleaseDate) {
    self.command = command
    self.formatGuide = formatGuide
    self.version = version
    self.date = date
  }

  /// Writes everything, each file as soon as it is made, in any order and on several threads.
  ///
  /// - Parameters:
  ///   - site: Takes the files of the website.
  ///   - manual: Takes those of the manual, and the other paths that each is found at.
  /// - Returns: The files of the catalogue, which stand on the website and beside it.
  package func write(
    _ rules: [VerifiedRule], options: SiteOptions, executor: Executor,
    site: @Sendable (OutputFile) -> Void,
    manual: @Sendable (_ file: OutputFile, _ otherPaths: [String]) -> Void,
  ) -> [OutputFile] {
    let website = Website(rules: rules, options: options)
    let catalogue = CatalogueParts(rules: website.rules)
    let pages = ManualPages(rules: website.rules, version: version, date: date)
    let parts = website.write(executor: executor, to: site) { verified in
      let texts = RuleTexts(of: verified, among: catalogue.names)
      let part = catalogue.part(of: texts)
      site(part.record)
      pages.write(texts.page, to: manual)
      return (texts.markdown, part)
    }
    pages.writeOthers(command: command, formatGuide: formatGuide, executor: executor, to: manual)
    return catalogue.files(of: parts, version: version, date: date)
  }
}
