import Foundation
package import RuleBase

/// Proves whole rule bases and writes the records.
package struct Prover: Sendable {
  /// What became of it all.
  package struct Report: Sendable {
    package var failures: [ProofFailure] = []
    package var exampleCount = 0
    package var provenCount = 0
    package var runCount = 0
    package var keptCount = 0
    /// Examples that are not run at all, by reason.
    package var skippedExamples: [String: Int] = [:]
    /// Runs that were not made on an interpreter, by reason.
    package var skippedRuns: [String: Int] = [:]
  }

  private let example: ExampleProver
  /// `Rules/proofs`.
  private let folder: String
  /// `2026-11-23`.
  private let day: String
  private let system: String

  package init(example: ExampleProver, folder: String, day: String, system: String) {
    self.example = example
    self.folder = folder
    self.day = day
    self.system = system
  }

  /// Proves rules, `width` examples at a time, and writes the record of each rule when its last
  /// example is done.
  package func prove(
    _ rules: [Rule], records: ProofRecords, isFresh: Bool, width: Int,
    isChosen: @escaping @Sendable (Example) -> Bool = { _ in true },
    progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in },
  ) async throws -> Report {
    var report = Report()
    let total = rules.reduce(0) { $0 + $1.examples.count }
    for rule in rules {
      let old = records.rules[rule.name]
      let outcomes = try await outcomes(
        of: rule, old: old, isFresh: isFresh, width: width, isChosen: isChosen
      ) { done in progress(report.exampleCount + done, total) }
      for outcome in outcomes { report.add(outcome) }
      try write(outcomes.compactMap(\.proof), of: rule, old: old)
    }
    return report
  }

  private func outcomes(
    of rule: Rule, old: RuleProofs?, isFresh: Bool, width: Int,
    isChosen: @escaping @Sendable (Example) -> Bool, progress: (Int) -> Void,
  ) async throws -> [ExampleProver.Outcome] {
    try await withThrowingTaskGroup(of: (Int, ExampleProver.Outcome).self) { group in
      var outcomes = [ExampleProver.Outcome?](repeating: nil, count: rule.examples.count)
      var next = 0
      func start() {
        guard next < rule.examples.count else { return }
        let index = next
        next += 1
        group.addTask {
          let example = rule.examples[index]
          let old = old?.proof(of: example.id)
          guard isChosen(example) else { return (index, ExampleProver.Outcome(proof: old)) }
          let outcome = try await self.example.prove(
            example, of: rule, old: old, isFresh: isFresh)
          return (index, outcome)
        }
      }
      for _ in 0..<max(1, width) { start() }
      var done = 0
      while let (index, outcome) = try await group.next() {
        outcomes[index] = outcome
        done += 1
        progress(done)
        start()
      }
      return outcomes.compactMap { $0 }
    }
  }

  private func write(_ proofs: [Proof], of rule: Rule, old: RuleProofs?) throws(ProofError) {
    let path = "\(folder)/\(rule.name).json"
    if old == nil, proofs.isEmpty { return }
    var record = RuleProofs(rule: rule.name, recorded: day, system: system, proofs: proofs)
    // The day changes only with the proofs.
    if let old, old.proofs == proofs { record = old }
    let text = try ProofRecords.text(of: record)
    if let present = try? String(contentsOfFile: path, encoding: .utf8), present == text { return }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
  }
}

extension Prover.Report {
  fileprivate mutating func add(_ outcome: ExampleProver.Outcome) {
    exampleCount += 1
    failures += outcome.failures
    runCount += outcome.runCount
    keptCount += outcome.keptCount
    guard let proof = outcome.proof else { return }
    if !proof.seen.isEmpty { provenCount += 1 }
    for skipped in proof.skipped {
      if skipped.on.isEmpty {
        skippedExamples[skipped.reason, default: 0] += 1
      } else {
        skippedRuns[skipped.reason, default: 0] += skipped.on.count
      }
    }
  }
}
