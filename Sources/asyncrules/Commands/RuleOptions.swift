import ArgumentParser
import AsyncChecks
import EmbeddedRules
import Glibc
import Publisher
import RuleBase

/// Where the rules come from: the binary, and folders that replace or add.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "Add the rules of a folder; one with the code or name of a built-in rule replaces it.",
      valueName: "dir"))
  var folders: [String] = []

  /// The rules with all their prose.
  ///
  /// - Parameters:
  ///   - withBuiltIn: Whether those inside the binary are among them.
  ///   - more: Folders of a configuration, below those of the command line.
  func ruleBase(withBuiltIn: Bool = true, and more: [String] = []) throws -> RuleBase {
    let folders = more + folders
    guard withBuiltIn || !folders.isEmpty else {
      throw Complaint("there are no rules without the built-in ones; name a folder with '--rules'")
    }
    var base: RuleBase?
    if withBuiltIn { base = try RuleOptions.embedded() }
    for folder in folders {
      base = try RuleOptions.load(folder, over: base)
    }
    return base ?? RuleBase(rules: [])
  }

  /// What the checker needs of the rules; without folders it is ready in the binary.
  ///
  /// - Parameter more: Folders of a configuration, below those of the command line.
  func table(and more: [String] = []) throws -> RuleTable {
    folders.isEmpty && more.isEmpty ? EmbeddedRules.table() : try ruleBase(and: more).table
  }

  /// The rules inside the binary.
  static func embedded() throws -> RuleBase {
    let (base, errors) = RuleBase.load(
      files: EmbeddedRules.files(), executor: WorkerThreads.executor)
    guard let base else {
      throw Complaint(errors.map(\.description).joined(separator: "\n"))
    }
    return base
  }

  /// The rules of one folder, alone or put over others.
  ///
  /// - Throws: ``ExitCode`` 2 after all errors of the folder's files were printed.
  static func load(_ folder: String, over base: RuleBase? = nil) throws -> RuleBase {
    let (base, errors) = RuleBase.load(
      directory: folder, over: base, executor: WorkerThreads.executor)
    guard let base, errors.isEmpty else {
      show(errors)
      Streams.error("asyncrules: \(count(errors.count, "error")) in the rule files of '\(folder)'")
      throw ExitCode(2)
    }
    return base
  }

  static func show(_ errors: [RuleFileError]) {
    let style = TerminalStyle(for: STDERR_FILENO)
    for error in errors {
      Streams.error(style.text("error: ", .error) + error.description.visible)
    }
  }
}

/// `1 error`, `2 errors`.
func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
