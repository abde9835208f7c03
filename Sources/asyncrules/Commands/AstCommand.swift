import ArgumentParser
import Glibc
import Publisher
import PythonSyntax
import TextCodecs
import Verifier

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
        complain(error.description)
        isUnreadable = true
        continue
      }
      if !show(bytes, path: path) { isBroken = true }
    }
    if isUnreadable { throw ExitCode(2) }
    if isBroken { throw ExitCode(1) }
  }

  /// Prints one file's tree; false when it has a syntax error.
  private func show(_ bytes: [UInt8], path: String) -> Bool {
    let shownPath = Array(path.utf8)
    switch (SourceText.decode(bytes, codecs: TextCodecs.all), outputFormat) {
    case (.failure(let error), .json):
      Streams.output(SyntaxTree.errorJSON(error, bytes: bytes, path: shownPath) + newline)
      return false
    case (.failure(let error), .text):
      let line = LineIndex(bytes).line(of: error.span.start)
      complain("\(path):\(line): \(String(decoding: error.message, as: UTF8.self))")
      return false
    case (.success(let source), .json):
      let tree = Parser.parse(source)
      Streams.output(tree.json(path: shownPath, named: UnicodeNames.codePoint) + newline)
      return tree.errors.isEmpty
    case (.success(let source), .text):
      let tree = Parser.parse(source)
      let lines = LineIndex(source)
      for error in tree.errors {
        complain(
          "\(path):\(lines.position(at: error.span.start)): "
            + String(decoding: error.message, as: UTF8.self))
      }
      Streams.output(tree.outline())
      return tree.errors.isEmpty
    }
  }

  private var newline: [UInt8] { [UInt8(ascii: "\n")] }

  private func complain(_ message: String) {
    let style = TerminalStyle(for: STDERR_FILENO)
    Streams.error("asyncrules: \(style.text("error:", .error)) \(message.visible)")
  }
}
