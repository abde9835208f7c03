import AsyncChecks
import PythonSyntax
import RuleBase
import Testing

/// Which changes of a file leave everything else as it was.
struct CheckApartTests {
  private let checker = Checker(table: RulesUnderTest.base.table)

  private static let project = [
    ("net.py", "import plain\n\n\nasync def fetch():\n    return plain.width('x')\n"),
    ("plain.py", "def width(name):\n    return len(name)\n"),
    ("other.py", "import os\n\nprint(os.getcwd())\n"),
    ("tool.py", "import net\n\nprint(net)\n"),
  ]

  /// What checking a changed file alone says: how many syntax errors, or `nil` when all files have
  /// to be checked.
  private func errors(after name: String, _ text: String, _ scope: ParsingScope = .everything)
    -> Int?
  {
    let before = Self.project.map { file($0.0, $0.1) }
    let after = Self.project.map { file($0.0, $0.0 == name ? text : $0.1) }
    let record = checker.checkAndRecord(SourceFiles(before), scope: scope).record
    let changed = Self.project.indices.filter { Self.project[$0].0 == name }
    return checker.checkApart(changed, of: SourceFiles(after), record, scope: scope)
      .map { $0[0].syntaxErrors.count }
  }

  private func file(_ path: String, _ text: String) -> SourceFile {
    SourceFile(path: Array(path.utf8), bytes: Array(text.utf8))
  }

  @Test func `a plain file that nothing wants is checked alone`() {
    #expect(errors(after: "other.py", "import os\n\nprint(os.getcwd(), 1)\n") == 0)
    #expect(errors(after: "other.py", "import plain\n\nplain.width('x')\n") == 0)
  }

  @Test func `its syntax errors are found where those of every file are wanted`() {
    #expect(errors(after: "other.py", "x = = 1\n") == 1)
    #expect(errors(after: "other.py", "x = = 1\n", .needed) == 0)
  }

  @Test func `a file that becomes asynchronous is not checked alone`() {
    #expect(errors(after: "other.py", "async def f():\n    pass\n") == nil)
    #expect(errors(after: "other.py", "import asyncio\n\nasyncio.sleep(1)\n") == nil)
    #expect(errors(after: "other.py", "from net import fetch\n\nfetch()\n") == nil)
  }

  @Test func `a file that comes to use what it imports is not checked alone`() {
    #expect(errors(after: "tool.py", "import net\n\nprint(net.fetch())\n") == nil)
  }

  @Test func `files that have coroutines or that coroutines want are not checked alone`() {
    #expect(errors(after: "net.py", "x = 1\n") == nil)
    #expect(errors(after: "plain.py", "def width(name):\n    return 1\n") == nil)
  }
}
