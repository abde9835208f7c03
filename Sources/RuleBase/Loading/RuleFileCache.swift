import AsyncChecks

/// Reads rule files again and again, each only when its text has changed.
package struct RuleFileCache {
  private var known: [String: (text: String, parsed: ParsedRuleFile)] = [:]

  package init() {}

  /// Does what ``RuleBase/load(files:root:over:checks:)`` does.
  package mutating func load(
    files: [(path: String, text: String)], root: String,
    checks: [CheckSignature] = CheckSignature.all,
  ) -> (RuleBase?, [RuleFileError]) {
    let before = known
    var after: [String: (text: String, parsed: ParsedRuleFile)] = [:]
    let result = RuleBase.load(
      files: files, root: root, over: nil, checks: checks, readErrors: []
    ) { path, file, text, checks in
      let parsed: ParsedRuleFile =
        if let file = before[path], file.text == text {
          file.parsed
        } else {
          RuleFileReader.read(path: path, file: file, text: text, checks: checks)
        }
      after[path] = (text, parsed)
      return parsed
    }
    known = after
    return result
  }

  /// The rules of the files that are sound by themselves.
  package var soundRules: RuleBase {
    RuleBase(rules: known.values.map(\.parsed).filter(\.errors.isEmpty).map(\.rule))
  }
}
