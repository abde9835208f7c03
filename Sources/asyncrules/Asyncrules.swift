import ArgumentParser

/// The command line: `asyncrules SUBCOMMAND …`.
@main
struct Asyncrules: ParsableCommand {}
