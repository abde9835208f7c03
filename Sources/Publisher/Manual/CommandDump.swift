import Foundation

/// Why the option parser's description of a command could not be read.
package enum CommandDumpError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Not JSON, or without something that every version has.
  case malformed(String)
  /// A `serializationVersion` other than 0.
  case unknownVersion(Int)

  package var description: String {
    switch self {
    case .malformed(let reason): "the option parser's dump cannot be read: \(reason)"
    case .unknownVersion(let version):
      "the option parser's dump has version \(version); only version 0 is known"
    }
  }
}

extension CommandManual {
  /// Reads what swift-argument-parser says of a command (`_dumpHelp()`, or
  /// `--experimental-dump-help`).
  ///
  /// Hidden commands and arguments are left out.
  ///
  /// - Throws: ``CommandDumpError`` when it is not such a description.
  package init(dump: String) throws(CommandDumpError) {
    let tool: ToolDump
    do {
      let decoder = JSONDecoder()
      let version = try decoder.decode(DumpHeader.self, from: Data(dump.utf8)).serializationVersion
      guard version == 0 else { throw CommandDumpError.unknownVersion(version) }
      tool = try decoder.decode(ToolDump.self, from: Data(dump.utf8))
    } catch let error as CommandDumpError {
      throw error
    } catch {
      throw .malformed("\(error)")
    }
    self.init(tool.command)
  }

  private init(_ dump: CommandDump) {
    self.init(
      name: dump.commandName, abstract: dump.abstract ?? "", discussion: dump.discussion ?? "",
      arguments: Self.arguments(dump.arguments ?? []),
      subcommands: (dump.subcommands ?? []).filter { $0.shouldDisplay ?? true }
        .map(CommandManual.init),
      defaultSubcommand: dump.defaultSubcommand)
  }

  /// The arguments that are shown; a flag and its opposite, which the dump has one after the
  /// other with the same text, are one.
  private static func arguments(_ dump: [ArgumentDump]) -> [CommandArgument] {
    var result: [CommandArgument] = []
    for argument in dump.filter(\.shouldDisplay).map(CommandArgument.init) {
      if let last = result.last, last.kind == .flag, argument.kind == .flag,
        last.abstract == argument.abstract, let name = last.names.last,
        argument.names == ["--no-\(name.dropFirst(2))"]
      {
        result[result.count - 1].names += argument.names
      } else {
        result.append(argument)
      }
    }
    return result
  }
}

extension CommandArgument {
  fileprivate init(_ dump: ArgumentDump) {
    let names = dump.names ?? []
    let short = names.filter { $0.kind == .short }.map { "-\($0.name)" }
    let long = names.filter { $0.kind != .short }.map { name in
      name.kind == .long ? "--\(name.name)" : "-\(name.name)"
    }
    self.init(
      kind: dump.kind, names: short + long, valueName: dump.valueName,
      isOptional: dump.isOptional, isRepeating: dump.isRepeating, defaultValue: dump.defaultValue,
      values: (dump.allValues ?? []).map { value in
        Value(name: value, meaning: dump.allValueDescriptions?[value] ?? "")
      },
      abstract: dump.abstract ?? "", discussion: dump.discussion ?? "")
  }
}

// The shapes of the dump; only what the manual shows.
// **Source:** swift-argument-parser, `ToolInfoV0`.

private struct DumpHeader: Decodable {
  let serializationVersion: Int
}

private struct ToolDump: Decodable {
  let command: CommandDump
}

private struct CommandDump: Decodable {
  let shouldDisplay: Bool?
  let commandName: String
  let abstract: String?
  let discussion: String?
  let defaultSubcommand: String?
  let subcommands: [CommandDump]?
  let arguments: [ArgumentDump]?
}

private struct ArgumentDump: Decodable {
  let kind: CommandArgument.Kind
  let shouldDisplay: Bool
  let isOptional: Bool
  let isRepeating: Bool
  let names: [NameDump]?
  let valueName: String?
  let defaultValue: String?
  let allValues: [String]?
  let allValueDescriptions: [String: String]?
  let abstract: String?
  let discussion: String?
}

private struct NameDump: Decodable {
  enum Kind: String, Decodable {
    case long, short, longWithSingleDash
  }

  let kind: Kind
  let name: String
}

extension CommandArgument.Kind: Decodable {}
