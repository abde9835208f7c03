import AsyncChecks
import Publisher
import Testing
import Verifier

@Suite struct CodeFrameTests {
  private static func finding(
    _ start: (Int, Int), _ end: (Int, Int), message: String = "m",
  ) -> Finding {
    Finding(
      code: "AR101", name: "n", severity: .warning, message: message,
      start: Position(line: start.0, column: start.1, offset: 0),
      end: Position(line: end.0, column: end.1, offset: 0))
  }

  private static func frame(
    _ source: String, _ start: (Int, Int), _ end: (Int, Int),
  ) -> String {
    CodeFrame(finding(start, end), path: "a.py", source: source).text
  }

  @Test func `carets stand below the span`() {
    #expect(
      Self.frame("a\n  b(c)\n", (2, 3), (2, 7)) == """
        warning[AR101]: m
         --> a.py:2:3
          |
        2 |   b(c)
          |   ^^^^

        """)
  }

  @Test func `a wide character takes two carets and a tab four columns`() {
    #expect(
      Self.frame("\t漢 = f(漢)\n", (1, 6), (1, 10)) == """
        warning[AR101]: m
         --> a.py:1:6
          |
        1 |     漢 = f(漢)
          |          ^^^^^

        """)
  }

  @Test func `a span over lines is marked on each of them`() {
    #expect(
      Self.frame("f(\n  1,\n\n)\n", (1, 1), (4, 2)) == """
        warning[AR101]: m
         --> a.py:1:1
          |
        1 | f(
          | ^^
        2 |   1,
          |   ^^
        3 |
        4 | )
          | ^

        """)
  }

  @Test func `the middle of a long span is left out`() {
    let source = (1...20).map { "x\($0)" }.joined(separator: "\n")
    #expect(
      Self.frame(source, (8, 1), (20, 4)) == """
        warning[AR101]: m
          --> a.py:8:1
           |
         8 | x8
           | ^^
         9 | x9
           | ^^
        10 | x10
           | ^^^
           ⋮
        19 | x19
           | ^^^
        20 | x20
           | ^^^

        """)
  }

  @Test func `a span past the end of the text has a caret`() {
    #expect(Self.frame("a", (1, 2), (1, 2)).contains("1 | a\n  |  ^\n"))
    #expect(Self.frame("a\n", (2, 1), (2, 1)).contains("2 |\n  | ^\n"))
  }

  @Test func `lines end at carriage returns too`() {
    #expect(Self.frame("a\r\nb\rc\n", (3, 1), (3, 2)).contains("3 | c\n  | ^\n"))
  }

  @Test func `control characters in code are made visible and still underlined`() {
    #expect(
      Self.frame("a\u{1B}b\n", (1, 2), (1, 3)).contains("1 | a<U+001B>b\n  |  ^^^^^^^^\n"))
  }

  @Test func `a long message is broken to the width`() {
    let finding = Self.finding((1, 1), (1, 2), message: "one two three four five six seven")
    let frame = CodeFrame(finding, path: "a.py", source: "a", width: 30)
    #expect(frame.text.hasPrefix("warning[AR101]: one two three\n  four five six seven\n --> "))
  }
}
