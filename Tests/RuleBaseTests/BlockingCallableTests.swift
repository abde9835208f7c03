import Foundation
import RuleBase
import TestSupport
import Testing

/// The survey of blocking callables is covered: `Fixtures/blocking-callables.txt` has one qualified
/// name a line.
@Suite struct BlockingCallableTests {
  private static let stated: Set<String> = {
    let rules = RuleBase.load(directory: Repository.rulesFolder).0?.rules ?? []
    return Set(rules.flatMap(\.callables).map(\.name))
  }()

  private static let surveyed: [String] = {
    let file = URL(fileURLWithPath: Repository.fixtures(of: "RuleBaseTests")).appending(
      path: "blocking-callables.txt")
    let text = try? String(contentsOf: file, encoding: .utf8)
    return text?.split(separator: "\n").map(String.init) ?? []
  }()

  @Test func `the survey names 850 callables, each once`() {
    #expect(Self.surveyed.count == 850)
    #expect(Set(Self.surveyed).count == 850)
  }

  @Test func `each surveyed callable is stated in a rule file`() {
    let missing = Self.surveyed.filter { name in
      !Self.stated.contains(name) && !Self.stated.contains("builtins.\(name)")
    }
    #expect(missing.isEmpty)
  }
}
