import Foundation
import Testing

@testable import RuleBase

@Suite("The reader of simple YAML")
struct SimpleYAMLTests {
  /// Front matters of all rules, in one or the other language.
  private static var frontMatters: [(path: String, text: String)] {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Rules")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "md" }
      .compactMap { file in
        guard let text = try? String(contentsOf: file, encoding: .utf8), text.hasPrefix("---\n"),
          let end = text.firstRange(of: "\n---\n")
        else { return nil }
        return (file.lastPathComponent, text[..<end.lowerBound].dropFirst(4) + "\n")
      }
  }

  @Test func `it reads every front matter as the reader of the whole language does, or not at all`()
    throws
  {
    var count = 0
    for (path, text) in Self.frontMatters {
      guard let simple = SimpleYAML.parse(text, lineOffset: 1) else { continue }
      count += 1
      #expect(try YAMLValue.parseWhole(text, lineOffset: 1) == simple, "\(path)")
    }
    #expect(count > 50)
  }

  @Test(arguments: [
    "a: b\n", "a: [b, c]\nd: e f\n", "a:\n  - b\n  - c: d\n    e: f\n", "a:\n- b\n# c\n\n- d\n",
    "a: {b: c, d: [e, \"f: g\"]}\n", "a: \"b # c\"\nd:\n  e: f\n", "a:\n  b:\n    - {c: d}\ne: f\n",
    "a: b-c d:e\n", "a: null\nb: true\nc: 12\n", "a: it's\n", "a: x  \nb: y\n",
  ])
  func `what it reads is right`(text: String) throws {
    let simple = try #require(SimpleYAML.parse(text, lineOffset: 3))
    #expect(try YAMLValue.parseWhole(text, lineOffset: 3) == simple)
  }

  @Test(arguments: [
    "", "\n", "a\n", "- - a\n", "a:\n", "a: b\n  c\n", "a: b\n  c: d\n", "a: b: c\n", "a: b #c\n",
    "a: 'b'\n", "a: |\n  b\n", "a: >\n  b\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: \"b\\n\"\n",
    "a: [b\n", "a: [b,\n  c]\n", "a: [b, c,]\n", "a: b\na: c\n", "a: {b: c, b: d}\n", "a: [é]\n",
    "a: é\n", "? a\n", "a: - b\n", "a: b\n - c\n", "a:\n  b: c\n d: e\n", "a: {b}\n", "---\na: b\n",
    "a: \"b\" c\n", "\ta: b\n", "a: [b: c]\n", "  a: b\n", "a: ~\n", "a: b\nc\n", "a:b\n",
    "a: @b\n",
  ])
  func `it leaves what is unusual to the reader of the whole language`(text: String) {
    #expect(SimpleYAML.parse(text, lineOffset: 0) == nil)
  }
}
