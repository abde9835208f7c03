import Foundation
import RuleBase

/// Writes the Swift source that holds the rules: `RuleEmbedder RULES-FOLDER OUTPUT`.
///
/// Run by the build. Prints what is wrong with the rule files and fails when anything is.
@main
enum RuleEmbedder {
  static func main() {
    guard CommandLine.arguments.count == 3 else {
      fail(["usage: RuleEmbedder RULES-FOLDER OUTPUT"])
    }
    let (directory, output) = (CommandLine.arguments[1], CommandLine.arguments[2])
    let (base, errors) = RuleBase.load(directory: directory)
    // `error:` makes build tools and editors show the line and jump to the place.
    let messages = errors.map { error in
      let place = error.line.map { "\(error.file):\($0):1" } ?? error.file
      return "\(place): error: \(error.problem)"
    }
    guard errors.isEmpty, let base else { fail(messages) }
    do {
      let guide = try String(contentsOfFile: directory + "/README.md", encoding: .utf8)
      let source = EmbeddedSource(base: base, formatGuide: guide).text
      try source.write(toFile: output, atomically: true, encoding: .utf8)
    } catch {
      fail(["\(directory): error: \(error.localizedDescription)"])
    }
  }

  private static func fail(_ lines: [String]) -> Never {
    FileHandle.standardError.write(Data(lines.map { $0 + "\n" }.joined().utf8))
    exit(1)
  }
}
