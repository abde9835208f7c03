import AsyncChecks
import Testing

/// The paths through a handler, shown by the rules about swallowed cancellation.
@Suite struct SwallowedCancellationTests {
  private static let rules = TestTable()
    .rule("AR701", "cancel-not-reraised")
    .rule("AR702", "cancel-swallowed-in-loop")
    .rule("AR706", "return-in-finally")

  /// The findings in `async def f()` whose `try` waits and has a bare handler with these lines.
  private func codes(ofHandler lines: String) -> [String] {
    let body = lines.split(separator: "\n").map { "        \($0)\n" }.joined()
    return codes("async def f(x):\n    try:\n        await x()\n    except:\n\(body)    work()\n")
  }

  private func codes(_ text: String) -> [String] {
    messages(text, table: Self.rules).map { String($0.prefix(5)) }
  }

  @Test(arguments: [
    "raise",
    "log()\nraise",
    "if x:\n    raise\nelse:\n    log()\n    raise",
    "try:\n    log()\nfinally:\n    raise",
    "with lock:\n    raise",
    "while True:\n    raise",
    "match x:\n    case 1:\n        raise\n    case _:\n        raise",
    "try:\n    log()\nexcept ValueError:\n    pass\nraise",
  ])
  func `a handler that raises again on every path is right`(_ lines: String) {
    #expect(codes(ofHandler: lines).isEmpty)
  }

  @Test(arguments: [
    "pass",
    "return",
    "if x:\n    raise",
    "for y in x:\n    raise",
    "while x:\n    raise",
    "match x:\n    case 1:\n        raise",
    "try:\n    log()\nexcept ValueError:\n    raise",
    "def inner():\n    raise",
    "if x:\n    raise\nelif y:\n    log()\nelse:\n    raise",
  ])
  func `a handler with a path that does not raise again is reported`(_ lines: String) {
    #expect(codes(ofHandler: lines) == ["AR701"])
  }

  @Test func `a handler that leads back into an endless loop is reported as such`() {
    let loop =
      "async def f(x):\n    while True:\n        try:\n            await x()\n        except:\n"
    #expect(codes(loop + "            continue\n") == ["AR702"])
    #expect(codes(loop + "            pass\n        work()\n") == ["AR702"])
    #expect(codes(loop + "            break\n    work()\n") == ["AR701"])
    #expect(codes(loop + "            pass\n        break\n    work()\n") == ["AR701"])
  }

  @Test func `a try without a wait cannot be cancelled`() {
    #expect(codes("async def f():\n    try:\n        work()\n    except:\n        pass\n").isEmpty)
  }

  @Test func `a jump out of finally is reported, one inside of it is not`() {
    let start =
      "async def f(x):\n    for y in x:\n        try:\n            await y\n        finally:\n"
    #expect(codes(start + "            break\n") == ["AR706"])
    #expect(codes(start + "            for z in y:\n                break\n").isEmpty)
    #expect(codes(start + "            for z in y:\n                return\n") == ["AR706"])
  }
}
