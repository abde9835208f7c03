import Foundation
import RuleBase
import Verifier

/// The rules of this repository, loaded once.
enum RulesUnderTest {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Rules").path

  static let loaded = RuleBase.load(directory: folder)

  static let base = loaded.0 ?? RuleBase(rules: [])

  static let verifier = Verifier(ruleBase: base)

  /// The names of all rules, to parameterise tests with.
  static let names = base.rules.map(\.name)

  static func rule(_ name: String) -> Rule {
    base.rules.first { $0.name == name }!
  }
}
