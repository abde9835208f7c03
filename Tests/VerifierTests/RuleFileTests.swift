import RuleBase
import Testing
import Verifier

/// Every rule file of the repository, as it is.
struct RuleFileTests {
  @Test func `all rule files load`() {
    #expect(RulesUnderTest.loaded.1.map(\.description) == [])
    #expect(RulesUnderTest.base.rules.count >= 25)
  }

  @Test("every example is classified as its rule states", arguments: RulesUnderTest.names)
  func holds(name: String) {
    let rule = RulesUnderTest.rule(name)
    for failure in RulesUnderTest.verifier.verify(rule).1 {
      Issue.record(
        "\(failure)",
        sourceLocation: SourceLocation(
          fileID: "Rules/\(failure.path)", filePath: "\(RulesUnderTest.folder)/\(failure.path)",
          line: failure.line, column: 1))
    }
  }

  @Test("a rule has two bad, one good and two near-miss examples", arguments: RulesUnderTest.names)
  func examples(name: String) {
    let examples = RulesUnderTest.rule(name).examples
    #expect(examples.count { $0.kind == .bad } >= 2)
    #expect(examples.count { $0.kind == .good } >= 1)
    #expect(examples.count { $0.kind == .nearMiss } >= 2)
  }
}
