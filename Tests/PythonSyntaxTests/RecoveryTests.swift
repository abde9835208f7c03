import Foundation
import Testing

@testable import PythonSyntax

@Suite("After a syntax error")
struct RecoveryTests {
  static let file = """
    def first(a, b=1):
        return [a for b in c if (d := e)]

    class Middle(Base):
        async def second(self):
            async with x as y, z:
                await foo(f"{a!r:>{w}}", *b, **c)

        def third(self):
            if x:
                pass
            elif y:
                raise E from F
            else:
                try:
                    pass
                except (A, B) as e:
                    del x

    def fourth():
        match x:
            case [1, {'a': b}]:
                return lambda x, *y: x

    """

  @Test("functions above the cursor survive every prefix")
  func prefixes() { expectFunctionsSurvive(cutting: Array(Self.file.utf8), every: 1) }

  @Test(
    "functions above the cursor survive in real files",
    arguments: ["Conformance/compare_rejects.py", "Conformance/write_unicode_tables.py"])
  func realPrefixes(path: String) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appendingPathComponent(path))
    // A prime step meets every kind of place; each byte would take minutes in a debug build.
    expectFunctionsSurvive(cutting: [UInt8](data), every: 13)
  }

  /// Expects of prefixes that the functions that are complete in them are still found.
  private func expectFunctionsSurvive(cutting bytes: [UInt8], every step: Int) {
    let complete = parse(bytes)
    #expect(complete.errors.isEmpty)
    let functions = complete.nodes.compactMap { id in
      complete.functionDef(id).map { ($0.name, complete.span(id).end) }
    }
    #expect(!functions.isEmpty)
    for count in stride(from: 0, through: bytes.count, by: step) {
      let names = parse(Array(bytes.prefix(count))).functionNames
      for (name, end) in functions where Int(end) <= count {
        let wanted = String(decoding: complete.text(of: name), as: UTF8.self)
        #expect(names.contains(wanted), "\(wanted) at byte \(count)")
      }
    }
  }

  @Test(
    "the functions around and below stay",
    arguments: [
      "x = ", "foo(a, b", "x = [1, 2", "f'{a", "'abc", "a b c", "if x", "for x in", "print x",
      "x = 1 +", ")", "return return", "lambda x", "{1: 2, 3", "with open(x as y:", "$", "import",
      "class", "else:", "except:", "x = (1,\n    y = 2", "@", "async x", "del f()", "1 = x",
    ])
  func statements(broken: String) {
    let text =
      "def above():\n    pass\n\ndef around():\n    x\n    \(broken)\n    y\n\n"
      + "def below():\n    pass\n"
    let tree = parse(text)
    #expect(!tree.errors.isEmpty)
    #expect(tree.functionNames == ["above", "around", "below"])
    #expect(tree.verify().isEmpty)
  }

  @Test("a broken header keeps its block")
  func headers() {
    for header in ["def f(a, b c):", "class C(a b):", "if x y:", "while 1 2:", "for x y in z:"] {
      let tree = parse("\(header)\n    marker = 1\nafter = 2\n")
      #expect(tree.errors.count == 1)
      #expect(tree.nodes.filter { tree.kind($0) == .assign }.count == 2, "\(header)")
    }
  }

  @Test("each broken line has its own error")
  func several() {
    let tree = parse("a b\nc = 1\nd e\n")
    #expect(tree.messages == ["invalid syntax", "invalid syntax"])
    #expect(tree.nodes.filter { tree.kind($0) == .assign }.count == 1)
  }

  @Test("an unexpected indent is one error and the lines are kept")
  func indent() {
    let tree = parse("x = 1\n    y = 2\nz = 3\n")
    #expect(tree.messages == ["unexpected indent"])
    #expect(tree.nodes.filter { tree.kind($0) == .assign }.count == 3)
  }
}
