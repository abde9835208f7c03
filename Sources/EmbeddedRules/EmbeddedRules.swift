package import AsyncChecks

/// The rules as they were when the program was built, so that it needs no folder to run.
package enum EmbeddedRules {
  /// What the checker needs to know, without reading any rule file.
  package static func table() -> RuleTable {
    let bytes = EmbeddedRuleTexts.table.withUTF8Buffer { Array($0) }
    guard let table = RuleTable(decoding: bytes) else {
      preconditionFailure("the embedded rule table was not written by this version")
    }
    return table
  }

  /// The rule files in order of their paths, which are relative to the rules folder.
  package static func files() -> [(path: String, text: String)] {
    EmbeddedRuleTexts.files.map { ("\($0.path)", "\($0.text)") }
  }

  /// The text of `Rules/README.md`, which defines the rule file format.
  package static var formatGuide: String { "\(EmbeddedRuleTexts.formatGuide)" }
}
