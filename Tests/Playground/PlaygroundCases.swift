import AsyncChecks
import Foundation
import RuleBase

/// Prints the rule table and every example as JSON, for `compare.mjs`:
/// `playground-cases RULES-FOLDER`.
@main
enum PlaygroundCases {
  private struct Cases: Encodable {
    let table: String
    let examples: [Case]
  }

  private struct Case: Encodable {
    let rule: String
    let example: String
    let files: [File]
  }

  private struct File: Encodable {
    let path: String
    let text: String
    let isNotebook: Bool
  }

  static func main() throws {
    guard CommandLine.arguments.count == 2 else { fail(["usage: playground-cases RULES-FOLDER"]) }
    let (base, errors) = RuleBase.load(directory: CommandLine.arguments[1])
    guard errors.isEmpty, let base else { fail(errors.map(\.description)) }
    let examples = base.rules.flatMap { rule in
      rule.examples.map { example in
        Case(
          rule: rule.name, example: example.id,
          files: example.files.map { file in
            File(path: file.path, text: file.text, isNotebook: file.path.hasSuffix(".ipynb"))
          })
      }
    }
    let table = String(decoding: base.table.encode(), as: UTF8.self)
    let data = try JSONEncoder().encode(Cases(table: table, examples: examples))
    FileHandle.standardOutput.write(data)
  }

  private static func fail(_ lines: [String]) -> Never {
    FileHandle.standardError.write(Data(lines.map { $0 + "\n" }.joined().utf8))
    exit(2)
  }
}
