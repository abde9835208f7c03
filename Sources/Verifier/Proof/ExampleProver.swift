package import RuleBase

/// Runs the examples of rules on every interpreter and compares what is seen with what is stated.
package struct ExampleProver: Sendable {
  private let interpreters: [Interpreter]
  private let environments: PackageEnvironments
  private let box: Box
  private let crowding: Crowding

  /// - Parameter crowding: What tells whether others kept the machine busy during a run.
  package init(
    interpreters: [Interpreter], environments: PackageEnvironments, box: Box,
    crowding: Crowding = Crowding(),
  ) {
    self.interpreters = interpreters
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
    /// Why nothing was tried; `nil` when it was.
    package var leftOut: LeftOut?
    /// Whether a run that failed was made on a crowded machine.
    package var isCrowded = false

    /// Why an example was not tried.
    package enum LeftOut: Sendable {
      /// It was not among those to prove.
      case notChosen
      /// The time was over.
      case notReached
    }

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
  }

  /// Proves one example.
  ///
  /// - Parameters:
  ///   - old: The recorded proof.
  ///   - isFresh: Whether to run even what the record still holds good.
  ///   - isAlone: Whether nothing else is proven meanwhile, so that a crowded machine is the
  ///     doing of others.
  package func prove(
    _ example: Example, of rule: Rule, old: Proof?, isFresh: Bool, isAlone: Bool = false,
  ) async throws(ProofError) -> Outcome {
    var outcome = Outcome()
    let hash = ProofFingerprint.of(example)
    guard !example.runs.isEmpty else {
      let problem = ProofFailure.Problem.noExpectation
      outcome.failures = [ProofFailure(rule: rule, example: example, problem: problem)]
      return outcome
    }
    if let reason = example.runs.compactMap(\.skip).first, example.runs.count == 1 {
      let skipped = [SkippedRuns(reason: reason, on: [])]
      outcome.proof = Proof(id: example.id, hash: hash, seen: [], skipped: skipped)
      return outcome
    }
    let good = old.flatMap { $0.hash == hash ? $0 : nil }
    var runs: [Run] = []
    var skipped: [SkippedRuns] = []
    for interpreter in interpreters {
      let bare = ProofEnvironment(python: interpreter.version, packages: nil)
      let applicable = example.runs.filter { $0.python.contains(interpreter.version) }
      if applicable.isEmpty { skipped.add("not for this Python version", on: bare) }
      for expectation in applicable {
        if let reason = expectation.skip {
          skipped.add(reason, on: bare)
          continue
        }
        let answer = await environments.environment(of: interpreter, with: expectation.packages)
        guard case .ready(let path, let packages) = answer else {
          if case .missing(let reason) = answer { skipped.add(reason, on: bare) }
          continue
        }
        let environment = ProofEnvironment(
          python: interpreter.version, packages: packages.isEmpty ? nil : packages)
        if !isFresh, let kept = good?.seen.filter({ $0.on.contains(environment) }), !kept.isEmpty {
          outcome.keptCount += kept.count
          runs += kept.map {
            Run(variant: $0.variant, environment: environment, observation: $0.observation)
          }
          continue
        }
        let made = try await observe(
          example, of: rule, expectation, path: path, environment, isAlone: isAlone,
          outcome: &outcome)
        if let reason = made.compactMap(\.observation.reasonNotRun).first {
          skipped.add(reason, on: bare)
          continue
        }
        runs += made.map { run in
          let new = run.observation.recorded
          let known = good?.seen.first {
            $0.variant == run.variant && $0.on.contains(environment)
              && ($0.observation.agrees(with: new)
                || run.isCrowded && $0.observation.isQuicker(than: new))
          }
          return Run(
            variant: run.variant, environment: environment,
            observation: known?.observation ?? new)
        }
      }
    }
    if let good {
      keepOthers(of: good, runs: &runs, skipped: &skipped)
    }
    if outcome.failures.isEmpty {
      outcome.proof = Proof(id: example.id, hash: hash, seen: grouped(runs), skipped: skipped)
    }
    return outcome
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

  /// Takes over what the record says of interpreters that are not here.
  private func keepOthers(of good: Proof, runs: inout [Run], skipped: inout [SkippedRuns]) {
    let here = Set(interpreters.map(\.version))
    for group in good.seen {
      for environment in group.on where !here.contains(environment.python) {
        runs.append(
          Run(variant: group.variant, environment: environment, observation: group.observation))
      }
    }
    for entry in good.skipped {
      for environment in entry.on where !here.contains(environment.python) {
        skipped.add(entry.reason, on: environment)
      }
    }
  }

  private func grouped(_ runs: [Run]) -> [ProofGroup] {
    var groups: [ProofGroup] = []
    let sorted = runs.sorted { left, right in
      if left.variant != right.variant { return left.variant == .example }
      return left.environment.order.lexicographicallyPrecedes(right.environment.order)
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
  fileprivate var order: [Int] {
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
