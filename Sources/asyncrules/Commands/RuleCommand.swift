import ArgumentParser
import Glibc
import Publisher
import RuleBase
import Verifier

/// `asyncrules rule`: a rule's page in the terminal.
struct RuleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Show the page of a rule.",
    discussion: """
      The rule is named by its code (AR101), its name (blocking-sleep) or the code of the same \
      rule in another tool (ASYNC251).
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json
  }

  @Argument(help: ArgumentHelp("A code, a name, or another tool's code.", valueName: "rule"))
  var rule: String

  @Option(help: ArgumentHelp("How the page is shown.", valueName: "format"))
  var outputFormat: OutputFormat = .text

  @OptionGroup var rules: RuleOptions

  func run() throws {
    let base = try rules.ruleBase()
    let matches = base.rule(named: rule)
    guard !matches.isEmpty else {
      let hint =
        base.nearestName(to: rule).map { "did you mean '\($0)'?" }
        ?? "see 'asyncrules rules' for the list"
      throw Complaint("no rule is called '\(rule)'; \(hint)")
    }
    let verifier = Verifier(ruleBase: base)
    let verified = matches.map { verifier.verify($0).0 }
    switch outputFormat {
    case .markdown:
      Streams.output(matches.map(\.source).joined(separator: "\n"))
    case .json:
      Streams.output(
        CataloguePublisher.catalogue(
          of: verified, among: RuleNames(base.rules), version: Asyncrules.version,
          date: Asyncrules.releaseDate
        ).bytes)
    case .text:
      let style = TerminalStyle(for: STDOUT_FILENO)
      let width = TerminalSize.columns(of: STDOUT_FILENO)
      let names = RuleNames(base.rules)
      for rule in verified {
        Streams.output(
          TerminalPage.text(
            for: rule, among: names, width: width, color: style.isColored))
      }
    }
  }
}
