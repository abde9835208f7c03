/// What the manual says of the program beyond its options.
package struct CommandFacts: Hashable, Sendable {
  /// A word and what it means, in Markdown.
  package struct Entry: Hashable, Sendable {
    package var term: String
    package var meaning: String

    package init(_ term: String, _ meaning: String) {
      self.term = term
      self.meaning = meaning
    }
  }

  /// Markdown; follows what the option parser has for a discussion.
  package var description: String
  package var exitStatuses: [Entry]
  package var environment: [Entry]
  package var files: [Entry]
  /// Markdown, each a sentence and a command.
  package var examples: [String]

  package init(
    description: String, exitStatuses: [Entry], environment: [Entry], files: [Entry],
    examples: [String],
  ) {
    self.description = description
    self.exitStatuses = exitStatuses
    self.environment = environment
    self.files = files
    self.examples = examples
  }
}

extension CommandFacts {
  /// What holds for the program as it is.
  package static let asyncrules = CommandFacts(
    description: """
      The rules are part of the program; `--rules` adds those of a folder. \
      `check` reads Python code and never runs it. \
      Output is for people unless `--output-format json` is given.
      """,
    exitStatuses: [
      Entry("0", "Nothing was found, or what was asked for was done."),
      Entry("1", "`check` found something, or `verify` or `publish` found an example that fails."),
      Entry("2", "The command line is wrong, or a file could not be read or written."),
    ],
    environment: [
      Entry("ASYNCRULES_CACHE_DIR", "The folder in which `check` keeps what it found."),
      Entry("NO_COLOR", "When set and not empty, output has no colours."),
      Entry(
        "CLICOLOR_FORCE", "When set and not `0`, output has colours even in a pipe or a file."),
      Entry("TERM", "When `dumb`, output has no colours."),
    ],
    files: [
      Entry(
        ".gitignore", "Files and folders that it names are not checked, unless named themselves."),
      Entry("catalogue.json", "All rules as `publish` writes them for other programs."),
      Entry("catalogue.schema.json", "The JSON Schema of the catalogue."),
      Entry("catalogue.sarif", "The rules, without results, in the SARIF format."),
    ],
    examples: [
      "Check everything below the working directory:\n\n```\nasyncrules check .\n```",
      "Show what the safe fixes would change, then make the changes:\n\n"
        + "```\nasyncrules check --diff src\nasyncrules check --fix src\n```",
      "Check one rule only, for an editor or a script:\n\n"
        + "```\nasyncrules check --select AR101 --output-format json app.py\n```",
      "Read about a rule by its code, by its name or by another tool's code:\n\n"
        + "```\nasyncrules rule AR101\nasyncrules rule blocking-sleep\nasyncrules rule ASYNC251\n```",
      "Silence one finding in the code, on its line:\n\n"
        + "```\ntime.sleep(0.001)  # noqa: AR101\n```",
    ])
}
