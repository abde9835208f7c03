import Foundation

/// Writes a Swift source that holds text files: `HarnessEmbedder OUTPUT FILE…`.
@main
enum HarnessEmbedder {
  static func main() throws {
    let paths = CommandLine.arguments.dropFirst()
    guard let output = paths.first else { fatalError("usage: HarnessEmbedder OUTPUT FILE…") }
    let entries = try paths.dropFirst().map { path in
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let name = URL(fileURLWithPath: path).lastPathComponent
      return "    (name: \"\(name)\", text: \(literal(text))),\n"
    }
    let source = """
      // Written by HarnessEmbedder from the files of the harness.

      enum EmbeddedHarness {
        static let files: [(name: StaticString, text: StaticString)] = [
      \(entries.joined())  ]
      }

      """
    try source.write(toFile: output, atomically: true, encoding: .utf8)
  }

  /// A raw literal; Python files have quotation marks in threes, but none with number signs.
  private static func literal(_ text: String) -> String {
    "####\"\"\"\n\(text)\n\"\"\"####"
  }
}
