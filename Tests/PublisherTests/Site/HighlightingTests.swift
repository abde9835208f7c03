import PythonSyntax
import Testing

@Suite struct HighlightingTests {
  /// The highlighted words of a kind.
  private static func words(_ kind: HighlightedToken.Kind, in code: String) -> [String] {
    let source = SourceText(validated: Array(code.utf8), encoding: .utf8)
    return source.highlightedTokens().filter { $0.kind == kind }
      .map { String(decoding: source.text(of: $0.span), as: UTF8.self) }
  }

  @Test func `keywords, names that are defined and comments stand out`() {
    let code = "async def load(x):  # why\n    return await x\n"
    #expect(Self.words(.keyword, in: code) == ["async", "def", "return", "await"])
    #expect(Self.words(.definition, in: code) == ["load"])
    #expect(Self.words(.comment, in: code) == ["# why"])
  }

  @Test func `a number sign in a string begins no comment`() {
    let code = "x = '#é' + \"\"\"a\n# b\n\"\"\"\n# c"
    #expect(Self.words(.comment, in: code) == ["# c"])
    #expect(Self.words(.string, in: code) == ["'#é'", "\"\"\"a\n# b\n\"\"\""])
  }

  @Test func `an f-string shows its fields as code`() {
    let code = "f'a {x if y else 1:>{w}} b'\n"
    #expect(Self.words(.string, in: code) == ["f'a ", ">", " b'"])
    #expect(Self.words(.keyword, in: code) == ["if", "else"])
    #expect(Self.words(.number, in: code) == ["1"])
  }

  @Test func `a decorator is its sign and its dotted name`() {
    #expect(Self.words(.decorator, in: "@app.get('/')\ndef f(): a @ b\n") == ["@app.get"])
  }

  @Test func `soft keywords are keywords only where they begin their statements`() {
    let code = """
      match value:
          case [x]:
              pass
      match = 1
      match(x)
      type X = int
      type(x)
      case.x = type

      """
    #expect(Self.words(.keyword, in: code) == ["match", "case", "pass", "type"])
  }

  @Test(arguments: ["", "(", "'", "f'{", "\u{FEFF}x", "\\", "\0", "#", "@", "é = 1", "\r\n#x\r\n"])
  func `any text can be highlighted, in order and without overlap`(code: String) {
    let tokens = SourceText(validated: Array(code.utf8), encoding: .utf8).highlightedTokens()
    #expect(tokens.allSatisfy { $0.span.start < $0.span.end && $0.span.end <= code.utf8.count })
    #expect(zip(tokens, tokens.dropFirst()).allSatisfy { $0.span.end <= $1.span.start })
  }
}
