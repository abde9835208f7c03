import AsyncChecks

/// A rule table made ready for checking, with all of its rules selected.
struct PlaygroundRules {
  let table: RuleTable
  let checker: Checker

  init(_ table: RuleTable) {
    self.table = table
    checker = Checker(
      table: table, selected: [Bool](repeating: true, count: table.rules.count))
  }

  /// The rules of an encoded table; `nil` when the bytes are not one.
  init?(decoding bytes: [UInt8]) {
    guard let table = RuleTable(decoding: bytes) else { return nil }
    self.init(table)
  }

  /// What requests with an empty table are answered with.
  ///
  /// WebAssembly without threads has one caller, and the native program prepares nothing.
  nonisolated(unsafe) static var prepared: PlaygroundRules?
}
