package import RuleBase

/// Runs the examples of rules on every interpreter and compares what is seen with what is stated.
package struct ExampleProver: Sendable {
  /// Newest first.
  private let interpreters: [Interpreter]
  private let environments: PackageEnvironments
  private let box: Box
  private let crowding: Crowding

  /// - Parameter crowding: What tells whether others kept the machine busy during a run.
  package init(
    interpreters: [Interpreter], environments: PackageEnvironments, box: Box,
    crowding: Crowding = Crowding(),
  ) {
    self.interpreters = interpreters.sorted { newer, older in
      let orders = [older, newer].map { Interpreter.order(of: $0.version) }
      return orders[0].lexicographicallyPrecedes(orders[1])
    }
    self.environments = environments
    self.box = box
    self.crowding = crowding
  }

  /// What became of one example.
  package struct Outcome: Sendable {
    /// `nil` when something differs from what is stated.
    package var proof: Proof?
    package var failures: [ProofFailure] = []
    /// Runs made now.
    package var runCount = 0
    /// Runs of a record that is still good.
    package var keptCount = 0
    /// Interpreters that the time was over for.
    package var unreachedCount = 0
    /// Whether it was not among those to prove.
    package var isLeftOut = false
    /// Whether a run that failed was made on a crowded machine.
    package var isCrowded = false

    /// Whether a machine with less to do might see what is stated.
    package var mayPassAlone: Bool {
      guard !failures.isEmpty else { return false }
      return isCrowded
        || RunMismatch.areAboutTime(
          failures.compactMap { failure in
            if case .mismatch(let mismatch, _, _, _) = failure.problem { mismatch } else { nil }
          })
    }
  }

  /// A run that was made, or taken from the record.
  private struct Run {
    let variant: Proof.Variant
    let environment: ProofEnvironment
    let observation: Observation
    var isCrowded = false

    /// The recorded observation of the same environment where it agrees with the new one, so that
    /// records change only with what is seen.
    func likeRecorded(_ groups: [ProofGroup]) -> Run {
      let new = observation.recorded
      let same = groups.first {
        $0.variant == variant
          && ($0.observation.agrees(with: new) || isCrowded && $0.observation.isQuicker(than: new))
      }
      return Run(
        variant: variant, environment: environment, observation: same?.observation ?? new)
    }
  }

  /// What is known of one example so far.
  private struct Progress {
    /// The record, when it is of the example as it is now.
    let good: Proof?
    var outcome = Outcome()
    var runs: [Run] = []
    var skipped: [SkippedRuns] = []
    /// The versions that something is known of.
    var reached: Set<String> = []
  }

  /// Proves one example.
  ///
  /// - Parameters:
  ///   - old: The recorded proof.
  ///   - isFresh: Whether to run even what the record still holds good.
  ///   - isAlone: Whether nothing else is proven meanwhile, so that a crowded machine is the
  ///     doing of others.
  ///   - deadline: When no further interpreter is begun. The newest that the example runs on is
  ///     never left out: no time makes an example unproven.
  package func prove(
    _ example: Example, of rule: Rule, old: Proof?, isFresh: Bool, isAlone: Bool = false,
    until deadline: ContinuousClock.Instant? = nil,
  ) async throws(ProofError) -> Outcome {
    let hash = ProofFingerprint.of(example)
    var progress = Progress(good: old.flatMap { $0.hash == hash ? $0 : nil })
    guard !example.runs.isEmpty else {
      let problem = ProofFailure.Problem.noExpectation
      progress.outcome.failures = [ProofFailure(rule: rule, example: example, problem: problem)]
      return progress.outcome
    }
    if let reason = example.runs.compactMap(\.skip).first, example.runs.count == 1 {
      let skipped = [SkippedRuns(reason: reason, on: [])]
      progress.outcome.proof = Proof(id: example.id, hash: hash, seen: [], skipped: skipped)
      return progress.outcome
    }
    for interpreter in interpreters {
      if let deadline, !progress.runs.isEmpty, .now > deadline {
        progress.outcome.unreachedCount += 1
        continue
      }
      try await prove(
        example, of: rule, on: interpreter, isFresh: isFresh, isAlone: isAlone,
        progress: &progress)
    }
    keepOthers(in: &progress)
    if progress.outcome.failures.isEmpty {
      progress.outcome.proof = Proof(
        id: example.id, hash: hash, seen: grouped(progress.runs),
        skipped: progress.skipped.inOrder)
    }
    return progress.outcome
  }

  /// Proves one example on one interpreter.
  private func prove(
    _ example: Example, of rule: Rule, on interpreter: Interpreter, isFresh: Bool, isAlone: Bool,
    progress: inout Progress,
  ) async throws(ProofError) {
    progress.reached.insert(interpreter.version)
    let bare = ProofEnvironment(python: interpreter.version, packages: nil)
    let applicable = example.runs.filter { $0.python.contains(interpreter.version) }
    if applicable.isEmpty { progress.skipped.add("not for this Python version", on: bare) }
    for expectation in applicable {
      if let reason = expectation.skip {
        progress.skipped.add(reason, on: bare)
        continue
      }
      let answer = await environments.environment(of: interpreter, with: expectation.packages)
      guard case .ready(let path, let packages) = answer else {
        if case .missing(let reason) = answer { progress.skipped.add(reason, on: bare) }
        continue
      }
      let environment = ProofEnvironment(
        python: interpreter.version, packages: packages.isEmpty ? nil : packages)
      let known = progress.good?.seen.filter { $0.on.contains(environment) } ?? []
      if !isFresh, !known.isEmpty {
        progress.outcome.keptCount += known.count
        progress.runs += known.map {
          Run(variant: $0.variant, environment: environment, observation: $0.observation)
        }
        continue
      }
      let made = try await observe(
        example, of: rule, expectation, path: path, environment, isAlone: isAlone,
        outcome: &progress.outcome)
      if let reason = made.compactMap(\.observation.reasonNotRun).first {
        progress.skipped.add(reason, on: bare)
        continue
      }
      progress.runs += made.map { $0.likeRecorded(known) }
    }
  }

  /// Makes the runs of one environment: the example, and the example after its fixes.
  private func observe(
    _ example: Example, of rule: Rule, _ run: RunExpectation, path: String,
    _ environment: ProofEnvironment, isAlone: Bool, outcome: inout Outcome,
  ) async throws(ProofError) -> [Run] {
    var runs: [Run] = []
    let hasFixed = example.files.contains { $0.fixed != nil }
    for variant in hasFixed ? [Proof.Variant.example, .fixed] : [.example] {
      let expectation = variant == .fixed ? run.afterFixes : run
      let request = Box.Request(example, variant: variant, run: expectation, interpreter: path)
      let (observation, isCrowded) = try await observed(request, expectation, isAlone: isAlone)
      runs.append(
        Run(
          variant: variant, environment: environment, observation: observation,
          isCrowded: isCrowded))
      if observation.reasonNotRun != nil { return runs }
      outcome.runCount += 1
      let mismatches = Judgement.mismatches(of: observation, with: expectation)
      if isCrowded, !mismatches.isEmpty { outcome.isCrowded = true }
      outcome.failures += mismatches.map {
        ProofFailure(
          rule: rule, example: example,
          problem: .mismatch($0, variant: variant, environment: environment, line: run.line))
      }
    }
    guard let other = run.sameResultAs else { return runs }
    var reference = runs.first { $0.variant == .fixed }?.observation
    if other != "fixed",
      let example = rule.examples.first(where: { $0.id == other }),
      let run = example.runs.first(where: { $0.python.contains(environment.python) })
    {
      reference = try await box.observe(
        Box.Request(example, variant: .example, run: run, interpreter: path))
      outcome.runCount += 1
    }
    if let reference,
      let mismatch = Judgement.mismatch(
        of: runs[0].observation, with: reference, named: other)
    {
      outcome.failures.append(
        ProofFailure(
          rule: rule, example: example,
          problem: .mismatch(
            mismatch, variant: .example, environment: environment, line: run.line)))
    }
    return runs
  }

  /// Runs a request; again where only time speaks against it, or a crowded machine may.
  ///
  /// What an example does to the loop it does each time; what a crowded machine does passes.
  /// While other examples are proven, only time is a reason: the rest is proven alone later.
  private func observed(
    _ request: Box.Request, _ run: RunExpectation, isAlone: Bool,
  ) async throws(ProofError) -> (Observation, isCrowded: Bool) {
    var request = request
    var start = crowding.begin()
    var observation = try await box.observe(request)
    var isCrowded = crowding.isCrowded(since: start)
    if !run.harm.neverFinishes { request.seconds *= 3 }
    for _ in 0..<2 {
      let mismatches = Judgement.mismatches(of: observation, with: run)
      guard !mismatches.isEmpty else { break }
      guard RunMismatch.areAboutTime(mismatches) || isAlone && isCrowded else { break }
      start = crowding.begin()
      observation = try await box.observe(request)
      isCrowded = crowding.isCrowded(since: start)
    }
    return (observation, isCrowded)
  }

  /// Takes over what the record says of interpreters that are not here, or were not reached.
  private func keepOthers(in progress: inout Progress) {
    for group in progress.good?.seen ?? [] {
      for environment in group.on where !progress.reached.contains(environment.python) {
        progress.runs.append(
          Run(variant: group.variant, environment: environment, observation: group.observation))
      }
    }
    for entry in progress.good?.skipped ?? [] {
      for environment in entry.on where !progress.reached.contains(environment.python) {
        progress.skipped.add(entry.reason, on: environment)
      }
    }
  }

  private func grouped(_ runs: [Run]) -> [ProofGroup] {
    var groups: [ProofGroup] = []
    let sorted = runs.sorted { left, right in
      if left.variant != right.variant { return left.variant == .example }
      return ProofEnvironment.isBefore(left.environment, right.environment)
    }
    for run in sorted {
      if let index = groups.firstIndex(where: {
        $0.variant == run.variant && $0.observation.agrees(with: run.observation)
      }) {
        if !groups[index].on.contains(run.environment) { groups[index].on.append(run.environment) }
      } else {
        groups.append(
          ProofGroup(variant: run.variant, on: [run.environment], observation: run.observation))
      }
    }
    return groups
  }
}

extension ProofEnvironment {
  fileprivate static func isBefore(_ left: Self, _ right: Self) -> Bool {
    left.order.lexicographicallyPrecedes(right.order)
  }

  private var order: [Int] {
    Interpreter.order(of: python)
      + (packages ?? []).flatMap { package in
        Interpreter.order(of: String(package.drop { $0 != " " }.dropFirst()))
      }
  }
}

extension [SkippedRuns] {
  fileprivate mutating func add(_ reason: String, on environment: ProofEnvironment) {
    if let index = firstIndex(where: { $0.reason == reason }) {
      if !self[index].on.contains(environment) { self[index].on.append(environment) }
    } else {
      append(SkippedRuns(reason: reason, on: [environment]))
    }
  }

  /// From the oldest Python to the newest, which is the order of a record.
  fileprivate var inOrder: Self {
    map { SkippedRuns(reason: $0.reason, on: $0.on.sorted(by: ProofEnvironment.isBefore)) }
      .sorted { left, right in
        if let first = left.on.first, let second = right.on.first, first != second {
          return ProofEnvironment.isBefore(first, second)
        }
        return left.reason < right.reason
      }
  }
}

extension Observation {
  /// Why nothing was run, when that says nothing about the example.
  fileprivate var reasonNotRun: String? {
    switch ending {
    case .unboxed: "no box here: \(stopped ?? "")"
    case .unavailable: stopped
    case .returned, .raised, .unfinished, .stopped: nil
    }
  }
}

extension Box.Request {
  /// The request for one text of an example.
  package init(
    _ example: Example, variant: Proof.Variant, run: RunExpectation, interpreter: String,
  ) {
    self.interpreter = interpreter
    files = example.files.map { file in
      File(path: file.path, text: variant == .fixed ? file.fixed ?? file.text : file.text)
    }
    setup = run.setup
    entry = run.entry
    stdin = run.stdin
    fixtures = run.fixtures
    packages = run.packages
    seconds = run.seconds
  }
}

/// Something that a rule file states of a run and that was not seen.
package struct ProofFailure: Hashable, Sendable, CustomStringConvertible {
  package enum Problem: Hashable, Sendable {
    case noExpectation
    case mismatch(
      RunMismatch, variant: Proof.Variant, environment: ProofEnvironment, line: Int)
  }

  /// The rule file, relative to the rules folder.
  package let path: String
  /// The id of the example.
  package let example: String
  /// 1-based, in the rule file.
  package let line: Int
  package let problem: Problem

  init(rule: Rule, example: Example, problem: Problem) {
    path = rule.path
    self.example = example.id
    self.problem = problem
    line =
      switch problem {
      case .noExpectation: example.files.first?.markdownLines.first ?? 1
      case .mismatch(_, _, _, let line): line
      }
  }

  package var description: String {
    switch problem {
    case .noExpectation:
      return "\(path):\(line): example '\(example)' has no run expectation; wanted a 'run' fence"
    case .mismatch(let mismatch, let variant, let environment, _):
      let on = (["Python \(environment.python)"] + (environment.packages ?? []))
        .joined(separator: ", ")
      let what = variant == .fixed ? "example '\(example)', fixed," : "example '\(example)'"
      return "\(path):\(line): \(what) on \(on): \(mismatch)"
    }
  }
}
