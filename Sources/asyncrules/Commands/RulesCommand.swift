import ArgumentParser
import AsyncChecks
import Glibc
import Publisher
import RuleBase
import Verifier

/// `asyncrules rules`: the list of all rules.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules.")

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(help: ArgumentHelp("A table, or the catalogue as JSON.", valueName: "format"))
  var outputFormat: OutputFormat = .text

  @OptionGroup var rules: RuleOptions

  func run() throws {
    let base = try rules.ruleBase()
    switch outputFormat {
    case .json:
      let verified = Verifier(ruleBase: base).verify().rules
      Streams.output(
        CataloguePublisher.catalogue(
          of: verified, among: RuleNames(base.rules), version: Asyncrules.version,
          date: Asyncrules.releaseDate
        ).bytes)
    case .text:
      Streams.output(table(of: base))
    }
  }

  private func table(of base: RuleBase) -> String {
    let style = TerminalStyle(for: STDOUT_FILENO)
    let width = base.rules.map(\.name.count).max() ?? 0
    var lines: [String] = []
    var group: String?
    for rule in base.rules {
      if rule.group != group {
        if group != nil { lines.append("") }
        lines.append(style.text(rule.group.visible, .path))
        group = rule.group
      }
      let severity =
        switch rule.severity {
        case .error: style.text("error     ", .error)
        case .warning: style.text("warning   ", .warning)
        case .suggestion: style.text("suggestion", .gutter)
        }
      let fix = rule.fix == .none ? "   " : style.text("fix", .added)
      let state =
        rule.status.state == .stable ? "" : style.text(" (\(rule.status.state.rawValue))", .gutter)
      let name = rule.name.padding(to: width)
      lines.append("  \(rule.code)  \(name)  \(severity)  \(fix)  \(rule.title.visible)\(state)")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
