import RuleBase
import Testing
import Verifier

/// Every example again, in forms that must not change what is found.
struct TransformedExampleTests {
  /// A finding without offsets, which every transformation moves.
  private struct Place: Hashable, CustomStringConvertible {
    let file: String
    let code: String
    let start: TextPosition
    let end: TextPosition

    var description: String { "\(file):\(start)-\(end): \(code)" }
  }

  private typealias Files = [(path: String, text: String)]

  private func places(_ files: Files) -> Set<Place> {
    let outcomes = RulesUnderTest.verifier.classify(files)
    return Set(
      zip(files, outcomes).flatMap { file, outcome in
        outcome.findings.map { finding in
          Place(
            file: file.path, code: finding.code,
            start: TextPosition(line: finding.start.line, column: finding.start.column),
            end: TextPosition(line: finding.end.line, column: finding.end.column))
        }
      })
  }

  private func files(of example: Example) -> Files { example.files.map { ($0.path, $0.text) } }

  private func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private func moved(
    _ places: Set<Place>, _ move: (Place, TextPosition) -> TextPosition,
  ) -> Set<Place> {
    Set(
      places.map { place in
        Place(
          file: place.file, code: place.code, start: move(place, place.start),
          end: move(place, place.end))
      })
  }

  @Test("a comment of many bytes above moves findings down a line", arguments: RulesUnderTest.names)
  func multiByteComment(name: String) {
    for example in RulesUnderTest.rule(name).examples {
      let files = files(of: example)
      let transformed = files.map { ($0.path, "# d\u{e9}j\u{e0} vu \u{1F40D} 非同期\n" + $0.text) }
      let expected = moved(places(files)) { _, position in
        TextPosition(line: position.line + 1, column: position.column)
      }
      #expect(places(transformed) == expected, "example '\(example.id)'")
    }
  }

  @Test("line ends of Windows change nothing", arguments: RulesUnderTest.names)
  func carriageReturns(name: String) {
    for example in RulesUnderTest.rule(name).examples {
      let files = files(of: example)
      let transformed = files.map { ($0.path, $0.text.replacing("\n", with: "\r\n")) }
      #expect(places(transformed) == places(files), "example '\(example.id)'")
    }
  }

  @Test("tabs for indentation move columns only", arguments: RulesUnderTest.names)
  func tabs(name: String) {
    for example in RulesUnderTest.rule(name).examples {
      let files = files(of: example)
      let indents = files.map { file in
        lines(of: file.text).map { line in line.prefix { $0 == " " }.count }
      }
      let transformed = zip(files, indents).map { file, indents -> (String, String) in
        let tabbed = zip(lines(of: file.text), indents).map { line, indent -> String in
          let tabs = String(repeating: "\t", count: indent / 4)
          return tabs + line.dropFirst(indent / 4 * 4)
        }
        return (file.path, tabbed.joined(separator: "\n"))
      }
      let expected = moved(places(files)) { place, position in
        let file = files.firstIndex { $0.path == place.file }!
        let indent = indents[file][position.line - 1]
        guard position.column > indent else { return position }
        return TextPosition(line: position.line, column: position.column - indent / 4 * 3)
      }
      #expect(places(transformed) == expected, "example '\(example.id)'")
    }
  }

  @Test("inside a string nothing is found", arguments: RulesUnderTest.names)
  func insideString(name: String) {
    for example in RulesUnderTest.rule(name).examples {
      let transformed = files(of: example).map { file in
        ("text.py", "TEXT = r\"\"\"\n" + file.text.replacing("\"\"\"", with: "'''") + "\"\"\"\n")
      }
      #expect(places(transformed) == [], "example '\(example.id)'")
    }
  }

  @Test("inside comments nothing is found", arguments: RulesUnderTest.names)
  func insideComments(name: String) {
    for example in RulesUnderTest.rule(name).examples {
      let transformed = files(of: example).map { file in
        ("text.py", file.text.split(separator: "\n").map { "# \($0)\n" }.joined())
      }
      #expect(places(transformed) == [], "example '\(example.id)'")
    }
  }

  @Test("a comment silences what is found on its line", arguments: RulesUnderTest.names)
  func suppressed(name: String) {
    for example in RulesUnderTest.rule(name).examples where example.kind == .bad {
      let files = files(of: example)
      let found = places(files)
      let transformed = files.map { file -> (String, String) in
        let marked = Set(found.filter { $0.file == file.path }.map(\.start.line))
        let silenced = lines(of: file.text).enumerated().map { number, line in
          marked.contains(number + 1) ? "\(line)  # noqa" : String(line)
        }
        return (file.path, silenced.joined(separator: "\n"))
      }
      #expect(places(transformed) == [], "example '\(example.id)'")
    }
  }
}
