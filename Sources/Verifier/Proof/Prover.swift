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
    /// Examples that were not among those to prove.
    package var leftOutCount = 0
    /// Interpreters that examples were not run on in the time that there was.
    package var unreachedCount = 0
    /// Examples that failed on a crowded machine or by time, and were proven again, alone: the
    /// first failure of each.
    package var repeated: [Repetition] = []
    /// Examples that are not run at all, by reason.
    package var skippedExamples: [String: Int] = [:]
    /// Runs that were not made on an interpreter, by reason.
    package var skippedRuns: [String: Int] = [:]
  }

  /// An example that was proven again, alone.
  package struct Repetition: Sendable {
    /// What spoke against it while other examples ran.
    package let failure: ProofFailure
    package let isProven: Bool
  }

  /// How far the work has come.
  package enum Event: Sendable {
    case done(Int, of: Int)
    /// Examples that failed are proven again, alone.
    case doneAlone(Int, of: Int)
    case failed([ProofFailure])
  }

  /// So many examples that fail alone too are not the doing of a crowded machine.
  private static let repetitionLimit = 20

  private let example: ExampleProver
  /// `Rules/proofs`.
  private let folder: String
  /// `2026-11-23`.
  private let day: String
  private let system: String
  private let isRecording: Bool

  /// - Parameter records: Whether to write what was seen.
  package init(
    example: ExampleProver, folder: String, day: String, system: String, records: Bool = true,
  ) {
    self.example = example
    isRecording = records
    self.folder = folder
    self.day = day
    self.system = system
  }

  /// The place of an example among those that are proven.
  private struct Job {
    let rule: Int
    let example: Int
  }

  /// Proves rules, `width` examples at a time, and writes the record of each rule when its last
  /// example is done.
  ///
  /// What fails by time alone, or on a crowded machine, is proven once more at the end, with
  /// nothing else running. Behind the deadline each example runs on its newest Python only.
  package func prove(
    _ rules: [Rule], records: ProofRecords, isFresh: Bool, width: Int,
    until deadline: ContinuousClock.Instant? = nil,
    isChosen: @escaping @Sendable (Example) -> Bool = { _ in true },
    report event: @Sendable (Event) -> Void = { _ in },
  ) async throws -> Report {
    let old = rules.map { records.rules[$0.name] }
    var outcomes = rules.map { [ExampleProver.Outcome?](repeating: nil, count: $0.examples.count) }
    let jobs = rules.indices.flatMap { rule in
      rules[rule].examples.indices.map { Job(rule: rule, example: $0) }
    }
    var again: [(job: Job, outcome: ExampleProver.Outcome)] = []
    var doneCount = 0
    func finish(_ job: Job, _ outcome: ExampleProver.Outcome) throws(ProofError) {
      outcomes[job.rule][job.example] = outcome
      if !outcome.failures.isEmpty { event(.failed(outcome.failures)) }
      let all = outcomes[job.rule].compactMap { $0 }
      guard all.count == outcomes[job.rule].count else { return }
      try write(all.compactMap(\.proof), of: rules[job.rule], old: old[job.rule])
    }
    @Sendable func outcome(
      of job: Job, isAlone: Bool = false,
    ) async throws(ProofError) -> ExampleProver.Outcome {
      let rule = rules[job.rule]
      let example = rule.examples[job.example]
      let old = old[job.rule]?.proof(of: example.id)
      guard isChosen(example) else { return ExampleProver.Outcome(proof: old, isLeftOut: true) }
      return try await self.example.prove(
        example, of: rule, old: old, isFresh: isFresh, isAlone: isAlone,
        until: isAlone ? nil : deadline)
    }
    try await withThrowingTaskGroup(of: (Job, ExampleProver.Outcome).self) { group in
      var rest = jobs[...]
      func start() {
        guard let job = rest.popFirst() else { return }
        group.addTask { (job, try await outcome(of: job)) }
      }
      for _ in 0..<max(1, width) { start() }
      while let (job, outcome) = try await group.next() {
        doneCount += 1
        if outcome.mayPassAlone {
          again.append((job, outcome))
        } else {
          try finish(job, outcome)
        }
        event(.done(doneCount, of: jobs.count))
        start()
      }
    }
    var report = Report()
    var failedAloneCount = 0
    for (index, entry) in again.enumerated() {
      guard failedAloneCount < Self.repetitionLimit else {
        try finish(entry.job, entry.outcome)
        continue
      }
      event(.doneAlone(index, of: again.count))
      let alone = try await outcome(of: entry.job, isAlone: true)
      if !alone.failures.isEmpty { failedAloneCount += 1 }
      report.repeated.append(
        Repetition(failure: entry.outcome.failures[0], isProven: alone.failures.isEmpty))
      try finish(entry.job, alone)
    }
    for outcome in outcomes.joined() { if let outcome { report.add(outcome) } }
    return report
  }

  private func write(_ proofs: [Proof], of rule: Rule, old: RuleProofs?) throws(ProofError) {
    let path = "\(folder)/\(rule.name).json"
    if !isRecording || old == nil && proofs.isEmpty { return }
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
    guard !outcome.isLeftOut else {
      leftOutCount += 1
      return
    }
    exampleCount += 1
    unreachedCount += outcome.unreachedCount
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
