import AsyncChecks
import EmbeddedRules
import Foundation
import RuleBase
import Testing

/// `Rules/README.md` against what the loader does.
@Suite("The guide to the rule file format")
struct FormatGuideTests {
  private static let guide = EmbeddedRules.formatGuide

  @Test func `the guide lists the keys of the front matter in the loader's order`() throws {
    let problem = try problem(replacing: "fix: safe", with: "fix: safe\nxyzzy: 1")
    guard case .unknownKey(_, _, let wanted) = problem else {
      Issue.record("\(problem)")
      return
    }
    #expect(Self.keys(of: "Front matter").map(\.key) == wanted)
  }

  @Test func `the guide lists the keys of a callable in the loader's order`() throws {
    let problem = try problem(replacing: "note: Returns", with: "xyzzy: Returns")
    guard case .unknownKey(_, _, let wanted) = problem else {
      Issue.record("\(problem)")
      return
    }
    #expect(Self.keys(of: "Known callables").map(\.key) == wanted)
  }

  @Test(arguments: keys(of: "Front matter").filter(\.isRequired).map(\.key))
  func `a key that the guide calls required is required`(key: String) {
    let errors = errors(of: Self.without(key))
    #expect(errors.contains { $0.problem == .missingKey(key, of: nil) }, "\(errors)")
  }

  @Test(arguments: keys(of: "Front matter").filter { !$0.isRequired }.map(\.key))
  func `a key that the guide does not call required may be missing`(key: String) {
    // Examples of blocking calls need their callables; this is about the key only.
    let errors = errors(of: Self.without(key))
    #expect(!errors.contains { $0.problem == .missingKey(key, of: nil) }, "\(errors)")
  }

  @Test func `the guide lists all frameworks`() {
    for framework in Framework.allCases {
      #expect(Self.section("Front matter").contains("`\(framework.rawValue)`"))
    }
  }

  @Test func `the guide explains every role`() {
    for role in CallableRole.allCases {
      #expect(Self.section("Known callables").contains("`\(role.word)` "), "\(role)")
    }
  }

  @Test func `the guide lists every word of the closed lists`() {
    let text = Self.section("Front matter")
    for word in RuleStatus.State.allCases.map(\.rawValue)
      + RuleAlias.Relation.allCases.map(\.rawValue) + FixAvailability.allCases.map(\.rawValue)
      + ["error", "warning", "suggestion"]
    {
      #expect(text.contains("`\(word)`"), "\(word)")
    }
    for dialect in Dialect.allCases {
      #expect(Self.section("Known callables").contains("`\(dialect.word)`"))
    }
  }

  @Test func `the guide lists the sections in the loader's order, required ones in bold`() throws {
    let line = try #require(
      Self.section("Body").split(separator: "\n").first { $0.hasPrefix("**What it does**") })
    let titles = line.dropLast().components(separatedBy: ", ").map { $0.replacing("**", with: "") }
    #expect(titles == RuleSection.Kind.allCases.map(\.rawValue))
    for title in titles {
      let text = Fixture.valid.replacing("## \(title)\n", with: "## Xyzzy\n")
      let isRequired = errors(of: text).contains { $0.problem == .missingSection(title) }
      #expect(isRequired == line.contains("**\(title)**"), "\(title)")
    }
  }

  @Test func `the guide's own example of an expectation reads as it says`() throws {
    let lines = Self.guide.split(separator: "\n", omittingEmptySubsequences: false)
    let index = try #require(lines.firstIndex(of: "    time.sleep(1)"))
    let code = lines[index...(index + 1)].joined(separator: "\n")
    let text = Fixture.valid.replacing(
      "x()\n#^^ AR101 `demo.block` blocks the event loop; await `demo.wait`", with: code)
    let base = try #require(load(text).0)
    let expectation = base.rules[0].examples[1].files[1].expectations[0]
    #expect(expectation.start == TextPosition(line: 1, column: 5))
    #expect(expectation.end == TextPosition(line: 1, column: 18))
  }

  @Test func `expectations are read with exact places`() throws {
    let base = try #require(load(Fixture.valid).0)
    let examples = base.rules[0].examples
    #expect(examples.map(\.id) == ["blocks", "two-files", "waits", "named"])
    #expect(examples[0].framework == .asyncio)
    #expect(examples[0].caption == "The call blocks.")
    #expect(examples[0].files[0].text == "import demo\n\n\nasync def main():\n    demo.block()\n")
    #expect(
      examples[0].files[0].fixed == "import demo\n\n\nasync def main():\n    await demo.wait()\n")
    #expect(examples[0].files[0].markdownLines == [47, 48, 49, 50, 51])
    #expect(examples[0].files[0].fixedLine == 55)
    let many = examples[1].files[0].expectations[0]
    #expect(many.start == TextPosition(line: 3, column: 1))
    #expect(many.end == TextPosition(line: 5, column: 2))
    #expect(many.markdownLine == 69)
    let first = examples[1].files[1].expectations[0]
    #expect(first.start == TextPosition(line: 1, column: 1))
    #expect(first.end == TextPosition(line: 1, column: 4))
    #expect(examples[1].files.map(\.path) == ["app/main.py", "app/work.py"])
    #expect(examples[1].files.map(\.fixed) == [nil, "y()\n"])
    #expect(examples[3].caption == "It is only named.")
  }

  @Test func `callables are expanded and conditions read`() throws {
    let base = try #require(load(Fixture.valid).0)
    let callables = base.table.callables.filter { $0.rule == RuleIndex(0) }
    let names = callables.map { String(decoding: $0.qualifiedName, as: UTF8.self) }
    #expect(names == ["demo.block", "demo.first", "demo.second", "demo.submit"])
    #expect(callables[0].isDropIn)
    #expect(callables[0].replacements.map(\.dialect) == [.asyncio, .trio])
    let conditions = callables[0].unless
    #expect(conditions.map(\.isNegated) == [false, true, false])
    #expect(
      conditions.map { String(decoding: $0.keyword, as: UTF8.self) } == [
        "block", "timeout", "mode",
      ])
    #expect(conditions.map(\.position) == [nil, nil, 0])
    #expect(
      conditions.map { String(decoding: $0.value, as: UTF8.self) } == ["False", "", "demo.FAST"])
    #expect(callables[3].argument == 1)
    #expect(base.table.rules.map(\.isDefault) == [false, false])
    #expect(base.table.rules.map(\.fix) == [.safe, .safe])
  }

  @Test func `rules are found by code, slug and alias, and nearly`() throws {
    let base = try #require(load(Fixture.valid).0)
    #expect(base.rule(named: "ar101").map(\.code) == ["AR101"])
    #expect(base.rule(named: "Blocking-Demo").map(\.code) == ["AR101"])
    #expect(base.rule(named: "async251").map(\.code) == ["AR101", "AR102"])
    #expect(base.rule(named: "none").isEmpty)
    #expect(base.nearestName(to: "blocking-deno") == "blocking-demo")
    #expect(base.nearestName(to: "AR110") == "AR101")
    #expect(base.nearestName(to: "quite another") == nil)
  }

  @Test func `rules put over others replace those with their code or name and add the rest`() throws
  {
    let base = try #require(load(Fixture.valid).0)
    let text = RuleSkeleton.text(name: "new-demo", code: "AR102", since: "0.1.0")
    let (none, errors) = RuleBase.load(
      files: [("mine/new-demo.md", text)], over: base, checks: Fixture.checks)
    // AR102 was `other-demo`, which AR101 is related and linked to.
    #expect(none?.rules.map(\.name) == ["blocking-demo", "new-demo"])
    #expect(
      errors.map(\.file) == Array(repeating: "built-in rule blocking/blocking-demo.md", count: 2))
    let other = RuleSkeleton.text(name: "new-demo", code: "AR103", since: "0.1.0")
    let (all, noErrors) = RuleBase.load(
      files: [("mine/new-demo.md", other)], over: base, checks: Fixture.checks)
    #expect(noErrors.isEmpty, "\(noErrors)")
    #expect(all?.rules.map(\.code) == ["AR101", "AR102", "AR103"])
    let changed = Fixture.valid.replacing("severity: error", with: "severity: warning")
    let (replaced, noMoreErrors) = RuleBase.load(
      files: [("blocking/blocking-demo.md", changed)], over: base, checks: Fixture.checks)
    #expect(noMoreErrors.isEmpty, "\(noMoreErrors)")
    #expect(replaced?.rules.map(\.severity) == [.warning, .error])
    #expect(base.merging(RuleBase(rules: [])).rules.count == 2)
  }

  private func problem(replacing old: String, with new: String) throws -> RuleFileProblem {
    let errors = errors(of: Fixture.valid.replacing(old, with: new))
    return try #require(errors.first).problem
  }

  private func errors(of text: String) -> [RuleFileError] { load(text).1 }

  private func load(_ text: String) -> (RuleBase?, [RuleFileError]) {
    RuleBase.load(
      files: [("blocking/blocking-demo.md", text), Fixture.other], checks: Fixture.checks)
  }

  /// The valid file without a key of the front matter and the lines that belong to it.
  private static func without(_ key: String) -> String {
    var isLeftOut = false
    let lines = Fixture.valid.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.filter { line in
      if let first = line.first, first != " " { isLeftOut = line.hasPrefix("\(key):") }
      return !isLeftOut
    }.joined(separator: "\n")
  }

  private static func section(_ title: String) -> String {
    let parts = guide.components(separatedBy: "\n## ")
    return parts.first { $0.hasPrefix(title + "\n") } ?? ""
  }

  private static func keys(of title: String) -> [(key: String, isRequired: Bool)] {
    section(title).split(separator: "\n").filter { $0.hasPrefix("- `") }.map { line in
      let key = line.dropFirst(3).prefix { $0 != "`" }
      return (String(key), line.contains("`: Required."))
    }
  }
}
