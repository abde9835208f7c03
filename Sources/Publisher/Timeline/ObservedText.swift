package import Verifier

/// What was seen of a run, in words.
package enum ObservedText {
  /// A statement about a run; code is set apart by the reader of it.
  package struct Statement: Hashable, Sendable {
    /// Ends in a colon when ``code`` follows.
    package let words: String
    /// What Python or the example printed.
    package let code: String?
  }

  /// Runs of which the same is to be told.
  package struct Summary: Hashable, Sendable {
    package let variant: Proof.Variant
    /// `Python 3.8 to 3.13`.
    package let place: String
    package let statements: [Statement]
  }

  /// What there is to tell of a proof; versions that differ only in times are one.
  package static func summaries(
    of proof: Proof, words observed: ObservedWords = .english,
  ) -> [Summary] {
    var found: [(group: ProofGroup, words: [String])] = []
    for group in proof.seen {
      let words = statements(of: group.observation, words: observed).map { statement in
        statement.words.filter { !$0.isNumber } + (statement.code ?? "")
      }
      if let index = found.firstIndex(where: {
        $0.group.variant == group.variant && $0.words == words
      }) {
        found[index].group.on += group.on
      } else {
        found.append((group, words))
      }
    }
    return found.map { entry in
      let on = entry.group.on.sorted {
        Interpreter.order(of: $0.python).lexicographicallyPrecedes(Interpreter.order(of: $1.python))
      }
      return Summary(
        variant: entry.group.variant, place: place(of: on, words: observed),
        statements: statements(of: entry.group.observation, words: observed))
    }
  }

  /// Everything worth telling of a run, the ending first.
  package static func statements(
    of observation: Observation, words: ObservedWords = .english,
  ) -> [Statement] {
    var found: [Statement] = []
    switch observation.ending {
    case .raised:
      let opening = words.raised(observation.exception?.line)
      found.append(Statement(words: opening, code: observation.exception?.text))
    case .unfinished: found.append(Statement(words: words.neverFinished, code: nil))
    case .stopped:
      let limit = observation.stopped ?? words.someLimit
      found.append(Statement(words: words.stopped(limit), code: nil))
    case .returned, .unboxed, .unavailable: break
    }
    if let stall = observation.stalls?.max(by: { $0.duration < $1.duration }) {
      found.append(Statement(words: text(of: stall, words), code: nil))
    }
    for warning in distinct((observation.warnings ?? []).map(\.text)) {
      found.append(Statement(words: words.warned, code: warning))
    }
    for loss in distinct(observation.lost ?? []) {
      found.append(Statement(words: words.logged, code: loss))
    }
    if let output = observation.stdout, !output.isEmpty {
      found.append(Statement(words: words.printed, code: shortened(output)))
    }
    if found.isEmpty { found.append(Statement(words: words.endedCleanly, code: nil)) }
    return found
  }

  /// `Python 3.8 to 3.13`, `Python 3.11 and 3.13 with uvicorn 0.44.0`.
  package static func place(
    of environments: [ProofEnvironment], words: ObservedWords = .english,
  ) -> String {
    var bundles: [(packages: [String], versions: [String])] = []
    for environment in environments {
      let minor = environment.python.split(separator: ".").prefix(2).joined(separator: ".")
      let packages = environment.packages ?? []
      if let index = bundles.firstIndex(where: { $0.packages == packages }) {
        bundles[index].versions.append(minor)
      } else {
        bundles.append((packages, [minor]))
      }
    }
    // Versions of packages that rise with those of Python would make a list nobody reads.
    let isLong = bundles.count > 2
    if isLong {
      let names = distinct(bundles.flatMap(\.packages).map { String($0.prefix { $0 != " " }) })
      let versions = python(distinct(bundles.flatMap(\.versions)), words)
      return words.with(versions, words.list(names))
    }
    return bundles.map { bundle in
      let versions = python(distinct(bundle.versions), words)
      return bundle.packages.isEmpty ? versions : words.with(versions, words.list(bundle.packages))
    }.joined(separator: "; ")
  }

  private static func python(_ versions: [String], _ words: ObservedWords) -> String {
    let minors = versions.compactMap { Int($0.drop { $0 != "." }.dropFirst()) }
    if minors.count > 2, let first = minors.first, minors == Array(first..<(first + minors.count)) {
      return words.versionSpan(versions[0], versions[versions.count - 1])
    }
    return "Python \(words.list(versions))"
  }

  private static func text(of stall: Stall, _ words: ObservedWords) -> String {
    words.stall(stall.busy == true, Int(stall.duration), stall.callee, stall.line)
  }

  private static func shortened(_ output: String) -> String {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.prefix(6).joined(separator: "\n")
    let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
    return lines.count > 7 ? trimmed + "\n…" : trimmed
  }

  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
