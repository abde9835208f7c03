import ArgumentParser
import Glibc
import PythonSyntax

/// `asyncrules ast`: the syntax tree, for debugging and for comparing with CPython's `ast`.
struct AstCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ast",
    abstract: "Print the syntax trees of Python files.",
    discussion: """
      With '--output-format json', one object per file and line: {"path": …, "tree": {…}} or \
      {"path": …, "error": {"message", "line", "column"}}, nodes and fields named as in CPython's \
      ast module.

      Exit status: 0 when all files parse, 1 when one does not, 2 when one could not be read.
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: ArgumentHelp("Files; '-' reads standard input.", valueName: "file"))
  var paths: [String]

  @Option(help: ArgumentHelp("How trees are printed.", valueName: "format"))
  var outputFormat: OutputFormat = .text

  func run() throws {
    var isUnreadable = false
    var isBroken = false
    for path in paths {
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try path == "-" ? FileSystem.readStandardInput() : FileSystem.read(path)
      } catch {
        Streams.error("asyncrules: error: \(Terminal.harmless(error.description))")
        isUnreadable = true
        continue
      }
      let dump = SyntaxDump(bytes: bytes, path: Array(path.utf8))
      switch outputFormat {
      case .json: Streams.output(dump.json)
      case .text: Streams.output(dump.text)
      }
      if dump.hasError { isBroken = true }
    }
    if isUnreadable { throw ExitCode(2) }
    if isBroken { throw ExitCode(1) }
  }
}
