package import RuleBase

/// One difference between what a rule file states of a run and what was seen.
package enum RunMismatch: Hashable, Sendable {
  case exception(wanted: String?, found: ObservedException?)
  case warning(wanted: String, found: [ObservedWarning])
  case unexpectedWarning(ObservedWarning)
  case loss(wanted: String, found: [String])
  case unexpectedLoss(String)
  case stall(wanted: Int, longest: Stall?)
  case unexpectedStall(Stall)
  case finished
  case unfinished(seconds: Int)
  case stopped(limit: String, stderr: String)
  case denied(String)
  case output(wanted: String, found: String)
  case unknownActivity(String, known: [String])
  case apart(String, String)
  case together(String, String)
  case differentResult(other: String, wanted: String, found: String)
}

/// Compares a run with what is stated of it.
package enum Judgement {
  /// Everything that differs; nothing that is not stated may go wrong.
  package static func mismatches(
    of observation: Observation, with run: RunExpectation,
  ) -> [RunMismatch] {
    if observation.ending == .stopped {
      // A process that hangs inside a single call cannot report itself.
      if run.harm.neverFinishes, observation.stopped == "time" { return [] }
      return [
        .stopped(limit: observation.stopped ?? "", stderr: observation.stderr ?? "")
      ]
    }
    return ending(of: observation, run) + warnings(of: observation, run)
      + losses(of: observation, run) + stalls(of: observation, run)
      + (observation.denied ?? []).map { .denied($0) } + output(of: observation, run)
      + activities(of: observation, run)
  }

  /// Whether two runs printed and raised the same.
  package static func mismatch(
    of observation: Observation, with other: Observation, named name: String,
  ) -> RunMismatch? {
    guard observation.stdout != other.stdout else { return nil }
    return .differentResult(
      other: name, wanted: other.stdout ?? "", found: observation.stdout ?? "")
  }

  private static func ending(
    of observation: Observation, _ run: RunExpectation,
  ) -> [RunMismatch] {
    var found: [RunMismatch] = []
    if run.harm.neverFinishes, observation.ending != .unfinished { found.append(.finished) }
    if !run.harm.neverFinishes, observation.ending == .unfinished {
      found.append(.unfinished(seconds: run.seconds))
    }
    switch (run.harm.raises, observation.exception) {
    case (nil, nil): break
    case (let wanted?, let exception?) where TextPattern.matches(exception.text, wanted): break
    case (let wanted, let exception): found.append(.exception(wanted: wanted, found: exception))
    }
    return found
  }

  private static func warnings(
    of observation: Observation, _ run: RunExpectation,
  ) -> [RunMismatch] {
    let seen = observation.warnings ?? []
    let missing = run.harm.warns.filter { pattern in
      !seen.contains { TextPattern.matches($0.text, pattern) }
    }
    let unexpected = seen.filter { warning in
      // What an exception keeps from being closed is not a second mistake.
      if warning.category == "ResourceWarning", observation.ending != .returned { return false }
      return warning.isOfExample
        && !run.harm.warns.contains { TextPattern.matches(warning.text, $0) }
    }
    return missing.map { .warning(wanted: $0, found: seen) }
      + unexpected.map { .unexpectedWarning($0) }
  }

  private static func losses(of observation: Observation, _ run: RunExpectation) -> [RunMismatch] {
    let seen = observation.lost ?? []
    let missing = run.harm.loses.filter { pattern in
      !seen.contains { TextPattern.matches($0, pattern) }
    }
    let unexpected = seen.filter { text in
      !run.harm.loses.contains { TextPattern.matches(text, $0) }
    }
    return missing.map { .loss(wanted: $0, found: seen) }
      + unexpected.map { .unexpectedLoss($0) }
  }

  private static func stalls(of observation: Observation, _ run: RunExpectation) -> [RunMismatch] {
    let stalls = observation.stalls ?? []
    guard let wanted = run.harm.stalls else {
      // How long something computes is a matter of the machine.
      let longest = stalls.filter { $0.busy != true }.max { $0.duration < $1.duration }
      return longest.map { [.unexpectedStall($0)] } ?? []
    }
    let longest = stalls.max { $0.duration < $1.duration }
    if let longest, longest.duration >= Double(wanted) { return [] }
    return [.stall(wanted: wanted, longest: longest)]
  }

  private static func output(of observation: Observation, _ run: RunExpectation) -> [RunMismatch] {
    let found = observation.stdout ?? ""
    guard let wanted = run.stdout, !TextPattern.matches(found, wanted) else { return [] }
    return [.output(wanted: wanted, found: found)]
  }

  private static func activities(
    of observation: Observation, _ run: RunExpectation,
  ) -> [RunMismatch] {
    let all = observation.activities ?? []
    var found: [RunMismatch] = []
    for (names, mustOverlap) in [(run.overlaps, true), (run.serial, false)] {
      let chosen = names.compactMap { name -> Activity? in
        let activity = all.first { $0.name == name }
        if activity == nil { found.append(.unknownActivity(name, known: all.map(\.name))) }
        return activity
      }
      for (index, first) in chosen.enumerated() {
        for second in chosen[(index + 1)...] where first.overlaps(second) != mustOverlap {
          found.append(
            mustOverlap ? .apart(first.name, second.name) : .together(first.name, second.name))
        }
      }
    }
    return found
  }
}

extension ObservedWarning {
  /// Whether it is about the example: libraries deprecate parts of each other all the time.
  var isOfExample: Bool {
    line != nil || category == "RuntimeWarning" || category == "ResourceWarning"
  }
}

extension RunMismatch {
  /// Whether a machine that is busy or cold may be the cause: of what takes long, and of what
  /// is printed in the order in which things end.
  var isAboutTime: Bool {
    switch self {
    case .unexpectedStall, .stall, .unfinished, .apart, .together, .output, .differentResult: true
    case .stopped(let limit, _): limit == "time"
    case .exception(_, let found): found?.type.hasSuffix("TimeoutError") ?? false
    case .warning, .unexpectedWarning, .loss, .unexpectedLoss, .finished, .denied,
      .unknownActivity:
      false
    }
  }
}

extension RunMismatch {
  /// Whether only time speaks against a run; what did not come to its end lacks more than that.
  static func areAboutTime(_ mismatches: [RunMismatch]) -> Bool {
    let isCutShort = mismatches.contains { mismatch in
      switch mismatch {
      case .unfinished, .stopped(limit: "time", _): true
      default: false
      }
    }
    return !mismatches.isEmpty && (isCutShort || mismatches.allSatisfy(\.isAboutTime))
  }
}

extension RunMismatch: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exception(nil, let found): "it must end cleanly, but raises `\(found?.text ?? "")`"
    case .exception(let wanted?, nil): "it must raise `\(wanted)`, but ends cleanly"
    case .exception(let wanted?, let found?):
      "the exception differs\n    - \(wanted)\n    + \(found.text)"
    case .warning(let wanted, let found):
      "it must warn\n    - \(wanted)" + found.map { "\n    + \($0.text)" }.joined()
    case .unexpectedWarning(let found): "it must not warn\n    + \(found.text)"
    case .loss(let wanted, let found):
      "it must lose\n    - \(wanted)" + found.map { "\n    + \($0)" }.joined()
    case .unexpectedLoss(let found): "it must lose nothing\n    + \(found)"
    case .stall(let wanted, let longest):
      "the loop must stall for \(wanted) ms, but "
        + (longest.map { "stalls for \(Int($0.duration)) ms at most" } ?? "never stalls")
    case .unexpectedStall(let stall):
      "the loop must not stall, but stalls for \(Int(stall.duration)) ms"
        + (stall.callee.map { " in `\($0)`" } ?? "")
        + (stall.line.map { ", line \($0)" } ?? "")
    case .finished: "it must never finish, but ends"
    case .unfinished(let seconds): "it must finish, but still runs after \(seconds) s"
    case .stopped(let limit, let stderr):
      "it was stopped: \(limit)" + (stderr.isEmpty ? "" : "\n    + \(stderr.prefix(400))")
    case .denied(let what): "it tried to leave its box: \(what)"
    case .output(let wanted, let found):
      "the output differs" + marked(wanted, "-") + marked(found, "+")
    case .unknownActivity(let name, let known):
      "nothing named `\(name)` ran; seen: \(known.joined(separator: ", "))"
    case .apart(let first, let second): "`\(first)` and `\(second)` must overlap, but do not"
    case .together(let first, let second): "`\(first)` and `\(second)` must not overlap, but do"
    case .differentResult(let other, let wanted, let found):
      "the output differs from that of '\(other)'" + marked(wanted, "-") + marked(found, "+")
    }
  }

  private func marked(_ text: String, _ sign: String) -> String {
    text.split(separator: "\n").map { "\n    \(sign) \($0)" }.joined()
  }
}
