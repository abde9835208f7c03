/// What other tools find in the examples of one rule: the content of `peers/<name>.json`.
package struct PeerRecord: Codable, Hashable, Sendable {
  /// The slug of the rule.
  package var rule: String
  /// Of the texts of the examples and of what is looked for in them.
  package var hash: String
  /// The day of the lock of the tools, `2026-11-23`.
  package var date: String
  /// In the order of the aliases.
  package var measured: [PeerMeasurement]

  /// The measurement of an alias.
  package func measurement(of tool: String, code: String) -> PeerMeasurement? {
    measured.first { $0.tool == tool && $0.code == code }
  }
}

/// What one code of one tool finds in the examples of a rule.
package struct PeerMeasurement: Codable, Hashable, Sendable {
  package var tool: String
  package var code: String
  /// The version that ran: `0.17.6`.
  package var version: String
  /// For each `bad` example, in the order of the page.
  package var bad: [PeerCount]
  /// The `good` and `near-miss` examples in which it finds something.
  package var alarms: [String]
  /// How many `good` and `near-miss` examples it read.
  package var clean: Int

  /// The `bad` examples in which it finds something.
  package var foundCount: Int { bad.count { $0.found > 0 } }
}

/// The lines of one `bad` example that a tool marks.
package struct PeerCount: Codable, Hashable, Sendable {
  /// The id of the example.
  package var id: String
  /// Lines that the tool marks, at most as many as ``of``.
  package var found: Int
  /// Lines that are wrong.
  package var of: Int
}
