import ArgumentParser
import Foundation
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
      rule in another tool (ASYNC251). With '--symptom' it is found by a message that Python \
      printed, or by a traceback on standard input where '-' stands for the message.
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json
  }

  @Argument(help: ArgumentHelp("A code, a name, or another tool's code.", valueName: "rule"))
  var rule: String?

  @Option(
    help: ArgumentHelp(
      "Name the rules whose examples gave this message; '-' reads it from standard input.",
      valueName: "message"))
  var symptom: String?

  @Option(help: ArgumentHelp("How the page is shown.", valueName: "format"))
  var outputFormat: OutputFormat = .text

  @Option(
    help: ArgumentHelp(
      "The language of the page; that of the locale when left out.", valueName: "language"))
  var language: PageLanguage?

  @OptionGroup var rules: RuleOptions

  func run() throws {
    let base = try rules.ruleBase()
    if let symptom {
      let records = try ProofStanding.records(with: rules.folders)
      try Self.showRules(for: symptom, of: base, records: records)
      return
    }
    guard let rule else { throw ValidationError("Missing expected argument '<rule>'") }
    let matches = base.rule(named: rule)
    guard !matches.isEmpty else {
      let hint =
        base.nearestName(to: rule).map { "did you mean '\($0)'?" }
        ?? "see 'asyncrules rules' for the list"
      throw Complaint("no rule is called '\(rule)'; \(hint)")
    }
    let verifier = Verifier(ruleBase: base)
    let records = try ProofStanding.records(with: rules.folders)
    let peers = try PeerStanding.records(with: rules.folders)
    let verified = matches.map { verifier.verify($0).0.attaching(records, peers) }
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
      let language =
        language?.language ?? Language(environment: ProcessInfo.processInfo.environment)
      for rule in verified {
        Streams.output(
          TerminalPage.text(
            for: rule.localized(in: language), among: names, width: width, color: style.isColored))
      }
    }
  }

  /// Prints code, name and title of each rule that a message points to; the likeliest first.
  private static func showRules(
    for symptom: String, of base: RuleBase, records: ProofRecords,
  ) throws {
    var text = symptom
    if symptom == "-" {
      text = ""
      while let line = readLine(strippingNewline: false) { text += line }
    }
    let index = SymptomIndex(rules: base.rules, records: records)
    let names = index.rules(for: text)
    guard !names.isEmpty else { throw Complaint("no rule has an example that gave this message") }
    for rule in names.flatMap({ base.rule(named: $0) }) {
      Streams.output("\(rule.code) \(rule.name): \(rule.title)\n")
    }
  }
}

/// A language of pages, as the command line names it.
enum PageLanguage: String, ExpressibleByArgument, CaseIterable {
  case en, ja

  var language: Language {
    switch self {
    case .en: .english
    case .ja: .japanese
    }
  }
}
