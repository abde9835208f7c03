import ArgumentParser
import Glibc
import Publisher

/// The command line: `asyncrules SUBCOMMAND …`.
@main
struct Asyncrules: ParsableCommand {
  static let version = "0.1.0"

  /// The day of the release, for the manual pages.
  static let releaseDate = ReleaseDate(year: 2026, month: 11, day: 23)!

  static let configuration = CommandConfiguration(
    commandName: "asyncrules",
    abstract: "Find, explain and fix the mistakes that asynchronous Python makes easy.",
    discussion: """
      Each rule is a page: what the mistake is, what happens at run time, how to fix it, and \
      examples that the checker has proven. Read one with 'asyncrules rule CODE'.
      """,
    version: version,
    subcommands: [
      CheckCommand.self, RuleCommand.self, RulesCommand.self, VerifyCommand.self,
      ProveCommand.self, PublishCommand.self, ServeCommand.self, DiffCommand.self,
      NewCommand.self, TranslateCommand.self, AstCommand.self,
    ])

  /// Exit status 0: nothing found; 1: findings or failures; 2: wrong usage or input that could
  /// not be read.
  static func main() {
    // A reader that goes away, such as `head`, is not an error of ours.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as FileError {
      fail(error.description)
    } catch let error as Complaint {
      fail(error.message)
    } catch {
      let status = exitCode(for: error)
      guard status != .success, !(error is ExitCode) else { exit(withError: error) }
      Streams.error(fullMessage(for: error))
      Glibc.exit(2)
    }
  }

  private static func fail(_ message: String) -> Never {
    let style = TerminalStyle(for: STDERR_FILENO)
    Streams.error("asyncrules: \(style.text("error:", .error)) \(message.visible)")
    Glibc.exit(2)
  }
}

/// Something the user must mend before the command can run.
struct Complaint: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
