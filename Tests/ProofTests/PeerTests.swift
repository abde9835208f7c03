import Foundation
import Testing
@testable import Verifier

@testable import RuleBase

@Suite("Other tools")
struct PeerTests {
  private static func measurement(found: [Int], of: [Int], alarms: [String] = []) -> PeerMeasurement
  {
    let bad = zip(found, of).enumerated().map { index, pair in
      PeerCount(id: "bad-\(index)", found: pair.0, of: pair.1)
    }
    return PeerMeasurement(
      tool: "ruff", code: "ASYNC251", version: "0.17.6", bad: bad, alarms: alarms, clean: 3)
  }

  private static func rule(_ relation: RuleAlias.Relation) -> Rule {
    var rule = Rule(path: "blocking/blocking-sleep.md")
    rule.name = "blocking-sleep"
    rule.aliases = [RuleAlias(tool: "ruff", rule: "ASYNC251", relation: relation)]
    let file = ExampleFile(
      path: "example.py", text: "pass\n", expectations: [], fixed: nil, markdownLines: [],
      fixedLine: nil)
    rule.examples = [
      Example(id: "one", kind: .bad, framework: nil, files: [file], caption: nil)
    ]
    return rule
  }

  private static func contradictions(
    _ relation: RuleAlias.Relation, _ measurement: PeerMeasurement,
  ) -> [String] {
    PeerContradiction.all(in: [measurement], of: rule(relation)).map(\.description)
  }

  @Test func `the same mistakes and no others are the same`() {
    #expect(Self.contradictions(.same, Self.measurement(found: [1, 2], of: [1, 2])) == [])
  }

  @Test(arguments: [
    ([0, 2], [], "it is silent on 'bad-0'"),
    ([1, 1], [], "it finds a part of 'bad-1 (1 of 2 lines)'"),
    ([1, 2], ["fine"], "it fires on the correct 'fine'"),
  ])
  func `a false 'same' says what was measured`(found: [Int], alarms: [String], told: String) {
    let measurement = Self.measurement(found: found, of: [1, 2], alarms: alarms)
    #expect(
      Self.contradictions(.same, measurement) == [
        "blocking/blocking-sleep.md: ruff ASYNC251 is stated to be 'same', but ruff 0.17.6 says "
          + "otherwise: \(told)"
      ])
  }

  @Test func `the other relations promise less, and a false one is no failure`() {
    let some = Self.measurement(found: [0, 1], of: [1, 2], alarms: ["fine"])
    let none = Self.measurement(found: [0, 0], of: [1, 2])
    #expect(
      Self.contradictions(.narrower, some) == [] && Self.contradictions(.overlaps, some) == [])
    #expect(Self.contradictions(.narrower, none).count == 1)
    #expect(Self.contradictions(.broader, some).count == 1)
    for relation in [RuleAlias.Relation.narrower, .broader, .overlaps] {
      let found = PeerContradiction.all(in: [none], of: Self.rule(relation))
      #expect(found.allSatisfy { !$0.isFailure })
    }
  }

  @Test func `a record reads back, and is of no use for another text or alias`() throws {
    let rule = Self.rule(.same)
    let record = PeerRecord(
      rule: rule.name, hash: PeerRecords.hash(of: rule), date: "2026-11-23",
      measured: [Self.measurement(found: [1], of: [1])])
    let text = try PeerRecords.text(of: record)
    let records = try PeerRecords(files: [("blocking-sleep.json", text)])
    #expect(records.current(for: rule) == record)
    // What is stated of a finding does not change it.
    #expect(records.current(for: Self.rule(.narrower)) == record)
    var changed = rule
    changed.examples[0].files[0].text = "import time\n"
    #expect(records.current(for: changed) == nil)
    changed = rule
    changed.aliases[0].rule = "ASYNC250"
    #expect(records.current(for: changed) == nil)
  }

  @Test func `a tool that nobody can install is not measured`() {
    var rule = Self.rule(.same)
    rule.aliases.append(RuleAlias(tool: "sonar", rule: "S7488", relation: .narrower))
    #expect(PeerRecords.measurable(rule).map(\.tool) == ["ruff"])
  }

  @Test func `a Python without the tools is a reason that is counted`() async throws {
    let folder = NSTemporaryDirectory() + "asyncrules-peers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "ruff==0.17.6\n".write(
      toFile: folder + "/tools-3.13.txt", atomically: true, encoding: .utf8)
    let runner = PeerRunner(
      interpreters: [], cache: ProofCache(folder: folder), folder: folder, proofs: folder,
      date: "2026-11-23")
    let report = try await PeerProver(runner: runner, folder: folder).prove(
      [Self.rule(.same)], records: PeerRecords(), isFresh: true
    ) { _, _ in }
    #expect(report.skipped == ["ruff: no Python 3.13 here": 1])
    #expect(report.measuredCount == 0 && report.failures.isEmpty)
  }
}

/// What tools print, taken apart.
@Suite("Output of other tools")
struct PeerOutputTests {
  private static let folder = PeerFolder.Entry(
    place: PeerFolder.Place(rule: "blocking-sleep", example: "in-handler"),
    path: "blocking_sleep/in_handler", files: ["app/main.py"])

  @Test(arguments: [
    ("flake8-async", "ASYNC251", "blocking_sleep/in_handler/app/main.py:7: ASYNC251"),
    ("pylint", "E1142", "blocking_sleep/in_handler/app/main.py:7: E1142 await-outside-async"),
    (
      "pylint", "await-outside-async",
      "blocking_sleep/in_handler/app/main.py:7: E1142 await-outside-async"
    ),
    (
      "mypy", "unused-coroutine",
      "blocking_sleep/in_handler/app/main.py:7:5: error: Value must be used  [unused-coroutine]"
    ),
    (
      "ty", "unused-awaitable",
      "blocking_sleep/in_handler/app/main.py:7:5: warning[unused-awaitable] Object is not awaited"
    ),
    (
      "pyrefly", "unused-coroutine",
      "ERROR /tmp/x/blocking_sleep/in_handler/app/main.py:7:5-14: Unused [unused-coroutine]"
    ),
    ("fixit", "Sleep", "blocking_sleep/in_handler/app/main.py@7:5 Sleep: Use asyncio.sleep"),
    (
      "codehound", "CH001", "blocking_sleep/in_handler/app/main.py:7:5: CH001 `time.sleep()` blocks"
    ),
    (
      "ruff", "ASYNC251",
      #"[{"code":"ASYNC251","filename":"/tmp/x/blocking_sleep/in_handler/app/main.py","location":{"row":7,"column":5}}]"#
    ),
    (
      "pyright", "reportUnusedCoroutine",
      #"{"generalDiagnostics":[{"file":"/tmp/x/blocking_sleep/in_handler/app/main.py","rule":"reportUnusedCoroutine","range":{"start":{"line":6,"character":4}}}]}"#
    ),
  ])
  func `each tool's way of naming a line is understood`(
    tool: String, code: String, output: String,
  ) throws {
    let tool = try #require(PeerTool.named(tool))
    let found = PeerOutput(output, of: tool, codes: [code], entries: [Self.folder]).marks
    #expect(found == [PeerOutput.Mark(entry: 0, file: "app/main.py", line: 7, code: code)])
  }

  @Test func `a code within another word is none`() throws {
    let tool = try #require(PeerTool.named("flake8-async"))
    let output = "blocking_sleep/in_handler/app/main.py:7: ASYNC2511"
    #expect(PeerOutput(output, of: tool, codes: ["ASYNC251"], entries: [Self.folder]).marks.isEmpty)
  }

  @Test func `a file that is no example is passed over`() throws {
    let tool = try #require(PeerTool.named("flake8-async"))
    let output = "other/in_handler/app/main.py:7: ASYNC251"
    #expect(PeerOutput(output, of: tool, codes: ["ASYNC251"], entries: [Self.folder]).marks.isEmpty)
  }
}
