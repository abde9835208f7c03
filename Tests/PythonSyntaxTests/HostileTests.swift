import Testing

@testable import PythonSyntax

@Suite("Hostile input")
struct HostileTests {
  @Test(
    "deep chains need no stack",
    arguments: [
      ("a", ".a", ""), ("a", "+a", ""), ("a", "**a", ""), ("a", " if a else a", ""),
      ("a", "()", ""), ("a", "[0]", ""), ("a", " or a", ""), ("a", " < a", ""),
      ("x", "\nif a: b", ""), ("x", " = y", ""), ("'a'", " 'b'", ""),
      ("if a: b", "\nelif a: b", ""),
    ])
  func chains(start: String, link: String, end: String) {
    // The attribute chain has the full length; all of them would take a minute in a debug build.
    let count = link == ".a" ? 200_000 : 30_000
    let tree = parse(start + String(repeating: link, count: count) + end)
    #expect(tree.errors.isEmpty)
    #expect(tree.verify().isEmpty)
    #expect(!tree.json(path: []).isEmpty)
    #expect(tree.compilerErrors().isEmpty)
  }

  @Test("prefix operators and lambdas need no stack", arguments: ["-", "not ", "lambda: ", "~"])
  func prefixes(operator prefix: String) {
    let tree = parse(String(repeating: prefix, count: 50_000) + "a")
    #expect(tree.errors.isEmpty)
    #expect(tree.verify().isEmpty)
  }

  @Test("two hundred brackets are accepted, one more is an error", arguments: ["()", "[]", "{}"])
  func brackets(pair: String) {
    let open = String(pair.prefix(1))
    let close = String(pair.suffix(1))
    func nested(_ count: Int) -> SyntaxTree {
      parse(
        String(repeating: open, count: count) + "1" + String(repeating: close, count: count))
    }
    #expect(nested(200).errors.isEmpty)
    #expect(nested(201).messages.first == "too many nested parentheses")
  }

  @Test(
    "a million unmatched brackets end in an error", arguments: ["(", ")", "[", "{", "f'{", "(\n"])
  func unmatched(bracket: String) {
    let tree = parse(String(repeating: bracket, count: 1_000_000))
    #expect(!tree.errors.isEmpty)
    #expect(tree.nodes.count < 4_000_000)
  }

  @Test("a hundred indents are too many")
  func indents() {
    func nested(_ count: Int) -> SyntaxTree {
      var text = ""
      for depth in 0..<count { text += String(repeating: " ", count: depth) + "if a:\n" }
      return parse(text + String(repeating: " ", count: count) + "b\n")
    }
    #expect(nested(99).errors.isEmpty)
    #expect(nested(100).messages.contains("too many levels of indentation"))
    #expect(nested(300).verify().isEmpty)
  }

  @Test("one line of ten megabytes is read")
  func longLine() {
    let tree = parse("x = '" + String(repeating: "a", count: 10_000_000) + "'")
    #expect(tree.errors.isEmpty)
    #expect(tree.nodes.count == 4)
  }

  @Test("a float or integer literal of a hundred thousand digits ends")
  func longNumbers() {
    let digits = String(repeating: "9", count: 100_000)
    #expect(parse("x = \(digits).0").errors.isEmpty)
    #expect(parse("x = \(digits)").messages.first?.hasPrefix("Exceeds the limit") == true)
  }
}
