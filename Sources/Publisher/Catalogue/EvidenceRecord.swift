import Verifier

// What was run, as members of the catalogue: proofs of examples, other tools, messages.

/// When and where the examples of a rule ran.
struct OriginRecord: Encodable {
  /// `2026-11-23`.
  let day: String
  let system: String
}

/// What was seen when an example ran.
struct ProofRecord: Encodable {
  /// Of the example, what is stated of its runs, and the harness.
  let hash: String
  let seen: [SeenRecord]
  let skipped: [SkippedRecord]
}

/// Runs that saw the same.
struct SeenRecord: Encodable {
  let variant: String
  let environments: [EnvironmentRecord]
  let ending: String
  let exception: String?
  /// The limit that stopped it.
  let limit: String?
  let output: String?
  let warnings: [String]
  let lost: [String]
  let servers: [String]
  let stalls: [StallRecord]
  let activities: [ActivityRecord]
}

/// A Python with the packages that matter.
struct EnvironmentRecord: Encodable {
  let python: String
  let packages: [String]
}

/// A turn of the event loop that was long.
struct StallRecord: Encodable {
  let start: Int
  let milliseconds: Int
  let isComputing: Bool
  let call: String?
  let line: Int?
  let path: String?
}

/// A coroutine, or a function in a thread.
struct ActivityRecord: Encodable {
  let name: String
  let kind: String
  let start: Int
  let end: Int
  let isFinished: Bool
}

/// Runs that were not made.
struct SkippedRecord: Encodable {
  let reason: String
  let environments: [EnvironmentRecord]
}

/// What a rule of another tool finds in our examples.
struct MeasuredRecord: Encodable {
  let version: String
  /// `2026-11-23`.
  let day: String
  let bad: [CountRecord]
  /// Correct examples in which it finds something.
  let alarms: [String]
  /// How many correct examples it read.
  let clean: Int
}

/// The wrong lines of an example that another tool marks.
struct CountRecord: Encodable {
  let example: String
  let found: Int
  let of: Int
}

/// A message of a running program with the rules it points to.
struct SymptomRecord: Encodable {
  /// `*` stands for anything.
  let pattern: String
  let rules: [RuleLinkRecord]
}

extension ProofRecord {
  init(_ proof: Proof) {
    hash = proof.hash
    seen = proof.seen.map(SeenRecord.init)
    skipped = proof.skipped.map {
      SkippedRecord(reason: $0.reason, environments: $0.on.map(EnvironmentRecord.init))
    }
  }
}

extension SeenRecord {
  init(_ group: ProofGroup) {
    let observation = group.observation
    variant = group.variant.rawValue
    environments = group.on.map(EnvironmentRecord.init)
    ending = observation.ending.rawValue
    exception = observation.exception?.text
    limit = observation.stopped
    output = observation.stdout
    warnings = (observation.warnings ?? []).map(\.text)
    lost = observation.lost ?? []
    servers = observation.servers ?? []
    stalls = (observation.stalls ?? []).map { stall in
      StallRecord(
        start: Int(stall.start), milliseconds: Int(stall.duration),
        isComputing: stall.busy ?? false, call: stall.callee, line: stall.line, path: stall.file)
    }
    activities = (observation.activities ?? []).map { activity in
      ActivityRecord(
        name: activity.name, kind: activity.kind.rawValue, start: Int(activity.start),
        end: Int(activity.end), isFinished: activity.finished)
    }
  }
}

extension EnvironmentRecord {
  init(_ environment: ProofEnvironment) {
    python = environment.python
    packages = environment.packages ?? []
  }
}

extension MeasuredRecord {
  init(_ measurement: PeerMeasurement, day: String) {
    version = measurement.version
    self.day = day
    bad = measurement.bad.map { CountRecord(example: $0.id, found: $0.found, of: $0.of) }
    alarms = measurement.alarms
    clean = measurement.clean
  }
}
