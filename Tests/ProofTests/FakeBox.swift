import Foundation
import Testing
import Verifier

@testable import RuleBase

/// A prover whose box is a script, in a folder that goes with it: for what `prove` does around
/// the runs, without a Python.
final class FakeBox {
  let folder: String
  let interpreter: Interpreter
  private let older: Interpreter
  private let box: Box

  /// - Parameter script: The body of a shell script that prints an observation; `$count` is how
  ///   often it has run, from 1.
  init(printing script: String) throws {
    folder = NSTemporaryDirectory() + "asyncrules-fake-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let program = folder + "/builder"
    let text = """
      #!/bin/sh
      cat >/dev/null
      echo x >>'\(folder)/count'
      count=$(wc -l <'\(folder)/count')
      \(script)

      """
    try text.write(toFile: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    interpreter = Interpreter(path: program, version: "3.11.7")
    older = Interpreter(path: program, version: "3.9.18")
    box = try Box(cache: ProofCache(folder: folder), builder: interpreter)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// How often something was run.
  var runCount: Int {
    let text = (try? String(contentsOfFile: folder + "/count", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").count
  }

  /// The record that was written, if any.
  var record: RuleProofs? {
    (try? ProofRecords(folder: folder + "/proofs"))?.rules["slow"]
  }

  /// - Parameters:
  ///   - isCrowded: Whether others keep the machine busy.
  ///   - hasOlder: Whether there is a second, older Python.
  func prove(
    _ run: RunExpectation, width: Int = 2, isCrowded: Bool = false, hasOlder: Bool = false,
    until deadline: ContinuousClock.Instant? = nil,
    report: @Sendable (Prover.Event) -> Void = { _ in },
  ) async throws -> Prover.Report {
    let environments = PackageEnvironments(
      cache: ProofCache(folder: folder), lockFolder: folder + "/proofs")
    let prover = Prover(
      example: ExampleProver(
        interpreters: hasOlder ? [older, interpreter] : [interpreter], environments: environments,
        box: box,
        crowding: Crowding { Crowding.Reading(waited: nil, isFull: isCrowded) }),
      folder: folder + "/proofs", day: "2026-11-23", system: "Linux x86_64")
    return try await prover.prove(
      [Self.rule(run)], records: ProofRecords(), isFresh: true, width: width, until: deadline,
      report: report)
  }

  private static func rule(_ run: RunExpectation) -> Rule {
    let file = ExampleFile(
      path: "example.py", text: "print(1)\n", expectations: [], fixed: nil, markdownLines: [1],
      fixedLine: nil)
    var example = Example(id: "one", kind: .good, framework: nil, files: [file], caption: nil)
    example.runs = [run]
    var rule = Rule(path: "tasks/slow.md")
    rule.name = "slow"
    rule.examples = [example]
    return rule
  }
}
