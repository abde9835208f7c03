/// What is recorded of the runs of one example.
package struct Proof: Codable, Hashable, Sendable {
  /// Which text ran: the example as it stands, or after its fixes.
  package enum Variant: String, Codable, Hashable, Sendable {
    case example, fixed
  }

  /// The id of the example.
  package var id: String
  /// Of the example, its expectations and the harness; another one makes the proof stale.
  package var hash: String
  /// What was seen; runs that saw the same are one.
  package var seen: [ProofGroup]
  /// Runs that could not be made.
  package var skipped: [SkippedRuns]

  package init(id: String, hash: String, seen: [ProofGroup], skipped: [SkippedRuns]) {
    self.id = id
    self.hash = hash
    self.seen = seen
    self.skipped = skipped
  }
}

/// Runs of one example that saw the same.
package struct ProofGroup: Codable, Hashable, Sendable {
  package var variant: Proof.Variant
  /// In the order of versions.
  package var on: [ProofEnvironment]
  /// Of the first of them; times differ a little from run to run.
  package var observation: Observation

  package init(variant: Proof.Variant, on: [ProofEnvironment], observation: Observation) {
    self.variant = variant
    self.on = on
    self.observation = observation
  }
}

/// Runs that were not made, and why.
package struct SkippedRuns: Codable, Hashable, Sendable {
  package var reason: String
  /// Empty when it is all of them.
  package var on: [ProofEnvironment]
}

/// An interpreter with the packages that matter.
package struct ProofEnvironment: Codable, Hashable, Sendable {
  /// `3.11.7`.
  package var python: String
  /// `aiohttp 3.13.2`, sorted.
  package var packages: [String]?

  package init(python: String, packages: [String]?) {
    self.python = python
    self.packages = packages
  }
}

/// The proofs of one rule: the content of `proofs/<name>.json`.
package struct RuleProofs: Codable, Hashable, Sendable {
  /// The slug of the rule.
  package var rule: String
  /// The day of the latest change, `2026-11-23`.
  package var recorded: String
  /// `Linux x86_64`.
  package var system: String
  /// In the order of the page.
  package var proofs: [Proof]

  package init(rule: String, recorded: String, system: String, proofs: [Proof]) {
    self.rule = rule
    self.recorded = recorded
    self.system = system
    self.proofs = proofs
  }

  /// The proof of the example with this id.
  package func proof(of id: String) -> Proof? { proofs.first { $0.id == id } }
}

extension Observation {
  /// What goes into the record: without what differs from run to run.
  package var recorded: Observation {
    var record = self
    record.stderr = nil
    record.system = nil
    record.exception = exception?.recorded
    record.denied = denied?.isEmpty == true ? nil : denied
    record.warnings =
      warnings?.isEmpty == true ? nil : warnings?.filter(\.isOfExample).map(\.recorded)
    record.lost = lost?.isEmpty == true ? nil : lost?.map(\.withoutLibraryFolders)
    record.omitted = omitted == 0 ? nil : omitted
    record.stdout =
      stdout?.isEmpty == true ? nil : stdout.map { String($0.prefix(2000)).withoutLibraryFolders }
    record.stalls = stalls?.isEmpty == true ? nil : stalls?.map(\.recorded)
    record.activities = activities?.isEmpty == true ? nil : activities?.map(\.recorded)
    return record
  }

  /// Whether it says the same as another record, apart from times that differ a little.
  package func agrees(with other: Observation) -> Bool {
    isSame(as: other) {
      $0.agrees(with: $1)
    } activity: {
      $0.agrees(with: $1)
    }
  }

  /// Whether it says the same as another record in less time: what slowed the other one down was
  /// the machine.
  package func isQuicker(than other: Observation) -> Bool {
    isSame(as: other) {
      ($0.callee, $0.line, $0.file) == ($1.callee, $1.line, $1.file)
    } activity: {
      ($0.name, $0.kind, $0.finished) == ($1.name, $1.kind, $1.finished)
    } && end <= other.end
  }

  /// When the last thing that is timed ended.
  private var end: Double {
    let ends = (activities ?? []).map(\.end) + (stalls ?? []).map { $0.start + $0.duration }
    return ends.max() ?? 0
  }

  private func isSame(
    as other: Observation, stall: (Stall, Stall) -> Bool, activity: (Activity, Activity) -> Bool,
  ) -> Bool {
    var (left, right) = (self, other)
    (left.stalls, right.stalls) = (nil, nil)
    (left.activities, right.activities) = (nil, nil)
    guard left == right else { return false }
    let (stalls, others) = (stalls ?? [], other.stalls ?? [])
    let (activities, otherActivities) = (activities ?? [], other.activities ?? [])
    return stalls.count == others.count && activities.count == otherActivities.count
      && zip(stalls, others).allSatisfy(stall)
      && zip(activities, otherActivities).allSatisfy(activity)
  }
}

/// Milliseconds by which two runs of the same example may differ, besides a part of the whole.
private func isNear(_ left: Double, _ right: Double) -> Bool {
  abs(left - right) <= 60 + 0.25 * max(left, right)
}

extension Stall {
  /// Rounded to what is the same from run to run.
  var recorded: Stall {
    var record = self
    record.start = rounded(start)
    record.duration = rounded(duration)
    return record
  }

  func agrees(with other: Stall) -> Bool {
    callee == other.callee && line == other.line && file == other.file
      && isNear(start, other.start) && isNear(duration, other.duration)
  }
}

extension Activity {
  /// Rounded to what is the same from run to run.
  var recorded: Activity {
    var record = self
    record.start = rounded(start)
    record.end = rounded(end)
    return record
  }

  func agrees(with other: Activity) -> Bool {
    name == other.name && kind == other.kind && finished == other.finished
      && isNear(start, other.start) && isNear(end, other.end)
  }
}

private func rounded(_ milliseconds: Double) -> Double { (milliseconds / 10).rounded() * 10 }
