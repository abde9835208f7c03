import ArgumentParser
import Glibc
import Publisher

/// `asyncrules diff`: what changed between two catalogues.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two catalogues, rule by rule.",
    discussion: """
      Catalogues are what 'publish' writes as catalogue.json and 'rules --output-format json' \
      prints. Rules are the same when their codes are.

      Exit status: 0 when no rule differs, 1 when one does, 2 when a catalogue could not be read.
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: ArgumentHelp("The older catalogue.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The newer catalogue.", valueName: "new"))
  var new: String

  @Option(help: ArgumentHelp("How the changes are printed.", valueName: "format"))
  var outputFormat: OutputFormat = .text

  func run() throws {
    let changes = CatalogueChanges(
      from: try PublishCommand.snapshot(old), to: try PublishCommand.snapshot(new))
    switch outputFormat {
    case .text: Streams.output(ChangesText.text(of: changes).visibleLines)
    case .json: Streams.output(ChangesText.json(of: changes))
    }
    if !changes.rules.isEmpty { throw ExitCode(1) }
  }
}

extension String {
  /// Without characters that a terminal would obey, but for line feeds.
  fileprivate var visibleLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }
      .joined(separator: "\n")
  }
}
