import RuleBase
import Testing
import Verifier

/// The verifier must fail, at the right line, when one character is wrong.
struct VerifierTests {
  private static let path = "blocking/blocking-sleep.md"

  private var source: String {
    RulesUnderTest.base.rules.first { $0.path == Self.path }!.source
  }

  private func failures(in source: String) throws -> [VerificationFailure] {
    let files = RulesUnderTest.base.rules.map { rule in
      (path: rule.path, text: rule.path == Self.path ? source : rule.source)
    }
    let (loaded, errors) = RuleBase.load(files: files)
    #expect(errors.map(\.description) == [])
    let base = try #require(loaded)
    let rule = try #require(base.rules.first { $0.path == Self.path })
    return Verifier(ruleBase: base).verify(rule).1
  }

  /// The first expectation line of the rule, and its 1-based number.
  private func expectationLine() throws -> (text: String, number: Int) {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let index = try #require(lines.firstIndex { $0.hasPrefix("#") && $0.contains("^ AR101 ") })
    return (String(lines[index]), index + 1)
  }

  private func failuresAfterReplacing(_ old: String, by new: String) throws -> [VerificationFailure]
  {
    let (line, number) = try expectationLine()
    let changed = line.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != line)
    let failures = try failures(in: source.replacing(line, with: changed, maxReplacements: 1))
    #expect(failures.first?.line == number)
    return failures
  }

  @Test func `the rule holds as it is`() throws {
    #expect(try failures(in: source).isEmpty)
  }

  @Test func `the examples of a removed rule hold although nothing is reported any more`() throws {
    let status = "status: {state: removed, since: 0.1.0, reason: Nobody needed it.}"
    let removed = source.replacing("severity: error\n", with: "severity: error\n\(status)\n")
    #expect(removed != source)
    #expect(try failures(in: removed).isEmpty)
  }

  @Test func `a span that ends a character early fails at its line`() throws {
    let failures = try failuresAfterReplacing("^ AR101", by: " AR101")
    #expect(failures.first?.description.contains("expected span") == true)
  }

  @Test func `a span that starts a character late fails at its line`() throws {
    let failures = try failuresAfterReplacing(" ^", by: "  ")
    #expect(failures.first?.description.contains("expected span") == true)
  }

  @Test func `another letter in the message fails at its line`() throws {
    let failures = try failuresAfterReplacing("`time.sleep`", by: "`time.sleeps`")
    #expect(failures.first?.description.contains("expected message") == true)
  }

  @Test func `another code is refused at its line`() throws {
    let (line, number) = try expectationLine()
    let changed = line.replacing("AR101", with: "AR102", maxReplacements: 1)
    let errors = loadErrors(of: source.replacing(line, with: changed, maxReplacements: 1))
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("Rules/\(Self.path):\(number): bad example") == true)
  }

  @Test func `a bad example that expects nothing is refused at its fence`() throws {
    let (line, number) = try expectationLine()
    let errors = loadErrors(of: source.replacing(line + "\n", with: "", maxReplacements: 1))
    #expect(errors.count == 1)
    #expect(errors.first?.contains("expects no AR101") == true)
    let found = try #require(errors.first?.split(separator: ":").dropFirst().first)
    #expect(Int(found)! < number)
  }

  @Test func `code that is made wrong is an unexpected diagnostic at its line`() throws {
    let good = "    asyncio.get_running_loop().call_later(0.25, print, \"ignition\")\n"
    let changed = source.replacing(
      good, with: good + "    import time; time.sleep(1)\n", maxReplacements: 1)
    #expect(changed != source)
    let failure = try #require(try failures(in: changed).first)
    #expect(failure.description.contains("unexpected AR101"))
    let line = changed.split(separator: "\n", omittingEmptySubsequences: false)[failure.line - 1]
    #expect(line.contains("time.sleep(1)"))
  }

  private func loadErrors(of source: String) -> [String] {
    let files = RulesUnderTest.base.rules.map { rule in
      (path: rule.path, text: rule.path == Self.path ? source : rule.source)
    }
    return RuleBase.load(files: files).1.map(\.description)
  }

  @Test func `a wrong fixed text fails and shows the lines that differ`() throws {
    let changed = source.replacing(
      "    await asyncio.sleep(1)\n", with: "    await asyncio.sleep(2)\n", maxReplacements: 1)
    #expect(changed != source)
    let failure = try #require(try failures(in: changed).first)
    let frame = FailureFrame(failure, source: changed).lines.map(\.text)
    #expect(frame.contains("    await asyncio.sleep(2)"))
    #expect(frame.contains("    await asyncio.sleep(1)"))
  }

  @Test func `a rule that says it has no fix may not show one`() throws {
    let failures = try failures(in: source.replacing("\nfix: safe\n", with: "\nfix: none\n"))
    #expect(failures.contains { $0.description.contains("the checker offers no fix here") })
  }
}
