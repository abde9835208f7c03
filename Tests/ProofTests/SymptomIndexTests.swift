import Testing
import Verifier

@testable import RuleBase

@Suite("Symptoms")
struct SymptomIndexTests {
  @Test(arguments: [
    ("coroutine 'load' was never awaited", "coroutine * was never awaited"),
    ("<Lock object at 0x7f01> is bound", "* is bound"),
    (
      "object int can't be used in 'await' expression",
      "object int can't be used in 'await' expression"
    ),
    ("took 0.301 seconds", "took * seconds"),
  ])
  func `what differs from program to program is left out`(message: String, pattern: String) {
    #expect(SymptomIndex.normalized(message) == pattern)
  }

  @Test(arguments: [
    "RuntimeWarning: coroutine 'other' was never awaited",
    "coroutine 'x' was never awaited",
    "app.py:3: RuntimeWarning: coroutine 'Shop.load' was never awaited\n  load()",
    "never awaited",
  ])
  func `a message or a traceback finds the rule`(text: String) {
    #expect(Self.index.rules(for: text) == ["unawaited-coroutine"])
  }

  @Test func `a message of nothing asynchronous finds none`() {
    #expect(Self.index.rules(for: "KeyError: 'name'") == [])
  }

  private static let index: SymptomIndex = {
    var rule = Rule(path: "coroutines/unawaited-coroutine.md")
    rule.name = "unawaited-coroutine"
    rule.symptoms = ["RuntimeWarning: coroutine 'load' was never awaited"]
    return SymptomIndex(rules: [rule], records: ProofRecords())
  }()
}
