package import RuleBase

/// A relation that an alias states and the measurement contradicts.
package struct PeerContradiction: Error, Hashable, Sendable, CustomStringConvertible {
  /// The rule file, relative to the rules folder.
  package let path: String
  package let alias: RuleAlias
  package let version: String
  /// `bad` examples in which it finds nothing.
  package let silent: [String]
  /// `bad` examples of which it finds a part: `handler (1 of 2 lines)`.
  package let partial: [String]
  /// `good` and `near-miss` examples in which it finds something.
  package let alarms: [String]

  package var description: String {
    let claim =
      "\(path): \(alias.tool) \(alias.rule) is stated to be '\(alias.relation.rawValue)', "
    if alias.relation == .narrower || alias.relation == .overlaps {
      return claim + "but \(alias.tool) \(version) finds nothing in the bad examples"
    }
    var seen: [String] = []
    if !silent.isEmpty { seen.append("it is silent on \(Self.list(silent))") }
    if !partial.isEmpty { seen.append("it finds a part of \(Self.list(partial))") }
    if !alarms.isEmpty { seen.append("it fires on the correct \(Self.list(alarms))") }
    return claim + "but \(alias.tool) \(version) says otherwise: " + seen.joined(separator: "; ")
  }

  private static func list(_ ids: [String]) -> String {
    ids.map { "'\($0)'" }.joined(separator: ", ")
  }
}

extension PeerMeasurement {
  /// What speaks against the stated relation.
  ///
  /// `same` must find every mistake of the examples and nothing else. `broader` must find every
  /// mistake. `narrower` and `overlaps` must find one.
  package func contradiction(to alias: RuleAlias, of rule: Rule) -> PeerContradiction? {
    let silent = bad.filter { $0.found == 0 }.map(\.id)
    let partial = bad.filter { $0.found > 0 && $0.found < $0.of }
      .map { "\($0.id) (\($0.found) of \($0.of) lines)" }
    let isSound =
      switch alias.relation {
      case .same: silent.isEmpty && partial.isEmpty && alarms.isEmpty
      case .broader: silent.isEmpty
      case .narrower, .overlaps: foundCount > 0 || bad.isEmpty
      }
    if isSound { return nil }
    return PeerContradiction(
      path: rule.path, alias: alias, version: version, silent: silent,
      partial: alias.relation == .same ? partial : [],
      alarms: alias.relation == .same ? alarms : [])
  }
}

extension PeerContradiction {
  /// The relations of a rule that its measurements contradict.
  package static func all(in measured: [PeerMeasurement], of rule: Rule) -> [PeerContradiction] {
    rule.aliases.compactMap { alias in
      measured.first { $0.tool == alias.tool && $0.code == alias.rule }?
        .contradiction(to: alias, of: rule)
    }
  }

  /// Whether it is a failure; the other relations promise too little to be wrong.
  package var isFailure: Bool { alias.relation == .same }
}
