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
  package static func summaries(of proof: Proof) -> [Summary] {
    var found: [(group: ProofGroup, words: [String])] = []
    for group in proof.seen {
      let words = statements(of: group.observation).map { statement in
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
        variant: entry.group.variant, place: place(of: on),
        statements: statements(of: entry.group.observation))
    }
  }

  /// Everything worth telling of a run, the ending first.
  package static func statements(of observation: Observation) -> [Statement] {
    var found: [Statement] = []
    switch observation.ending {
    case .raised:
      let line = observation.exception?.line.map { " in line \($0)" } ?? ""
      found.append(Statement(words: "It raised\(line):", code: observation.exception?.text))
    case .unfinished: found.append(Statement(words: "It never finished.", code: nil))
    case .stopped:
      let limit = observation.stopped ?? "a limit"
      found.append(Statement(words: "It was stopped (\(limit)).", code: nil))
    case .returned, .unboxed, .unavailable: break
    }
    if let stall = observation.stalls?.max(by: { $0.duration < $1.duration }) {
      found.append(Statement(words: words(of: stall), code: nil))
    }
    for warning in distinct((observation.warnings ?? []).map(\.text)) {
      found.append(Statement(words: "Python warned:", code: warning))
    }
    for loss in distinct(observation.lost ?? []) {
      found.append(Statement(words: "asyncio logged:", code: loss))
    }
    if let output = observation.stdout, !output.isEmpty {
      found.append(Statement(words: "It printed:", code: shortened(output)))
    }
    if found.isEmpty { found.append(Statement(words: "It ended cleanly.", code: nil)) }
    return found
  }

  /// `Python 3.8 to 3.13`, `Python 3.11 and 3.13 with uvicorn 0.44.0`.
  package static func place(of environments: [ProofEnvironment]) -> String {
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
      return "\(python(distinct(bundles.flatMap(\.versions)))) with \(list(names))"
    }
    return bundles.map { bundle in
      python(distinct(bundle.versions))
        + (bundle.packages.isEmpty ? "" : " with \(list(bundle.packages))")
    }.joined(separator: "; ")
  }

  private static func python(_ versions: [String]) -> String {
    let minors = versions.compactMap { Int($0.drop { $0 != "." }.dropFirst()) }
    if minors.count > 2, let first = minors.first, minors == Array(first..<(first + minors.count)) {
      return "Python \(versions[0]) to \(versions[versions.count - 1])"
    }
    return "Python \(list(versions))"
  }

  private static func words(of stall: Stall) -> String {
    let place = [
      stall.callee.map { "in \($0)" }, stall.line.map { "line \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
    let what = stall.busy == true ? "The event loop computed" : "The event loop stood still"
    return "\(what) for \(Int(stall.duration)) ms\(place.isEmpty ? "" : " (\(place))")."
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

  private static func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
