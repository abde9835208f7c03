import ArgumentParser

/// The command line: `asyncrules SUBCOMMAND …`.
@main
struct Asyncrules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(subcommands: [ProveCommand.self])
}
