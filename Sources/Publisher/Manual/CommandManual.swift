/// What the manual says of a command: its options, its subcommands and what they mean.
package struct CommandManual: Hashable, Sendable {
  package var name: String
  /// One sentence or phrase; like all texts of commands without markup, code in single quotes.
  package var abstract: String
  /// Paragraphs with blank lines between them.
  package var discussion: String
  package var arguments: [CommandArgument]
  package var subcommands: [CommandManual]
  /// The subcommand that runs when none is named.
  package var defaultSubcommand: String?

  package init(
    name: String, abstract: String, discussion: String = "", arguments: [CommandArgument] = [],
    subcommands: [CommandManual] = [], defaultSubcommand: String? = nil,
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.arguments = arguments
    self.subcommands = subcommands
    self.defaultSubcommand = defaultSubcommand
  }
}

/// An option, a flag or a positional argument of a command.
package struct CommandArgument: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case positional, option, flag
  }

  package var kind: Kind
  /// With their dashes, short ones first: `-h`, `--help`; empty for a positional argument.
  package var names: [String]
  /// The word for the value: `path`.
  package var valueName: String?
  package var isOptional: Bool
  package var isRepeating: Bool
  package var defaultValue: String?
  /// The values that are allowed, with what each means (may be empty).
  package var values: [Value]
  package var abstract: String
  package var discussion: String

  /// An allowed value.
  package struct Value: Hashable, Sendable {
    package var name: String
    package var meaning: String

    package init(name: String, meaning: String) {
      self.name = name
      self.meaning = meaning
    }
  }

  package init(
    kind: Kind, names: [String] = [], valueName: String? = nil, isOptional: Bool = true,
    isRepeating: Bool = false, defaultValue: String? = nil, values: [Value] = [],
    abstract: String = "", discussion: String = "",
  ) {
    self.kind = kind
    self.names = names
    self.valueName = valueName
    self.isOptional = isOptional
    self.isRepeating = isRepeating
    self.defaultValue = defaultValue
    self.values = values
    self.abstract = abstract
    self.discussion = discussion
  }
}
