import AsyncChecks

/// Reads rule files again and again, each only when its text has changed.
package struct RuleFileCache {
  private var known: [String: (text: String, content: RuleFileContent)] = [:]
  private var comparisons: [String: TranslationFiles.Comparison] = [:]

  package init() {}

  /// Does what ``RuleBase/load(files:root:over:checks:executor:)`` does.
  package mutating func load(
    files: [(path: String, text: String)], root: String,
    checks: [CheckSignature] = CheckSignature.all,
  ) -> (RuleBase?, [RuleFileError]) {
    let before = known
    var after: [String: (text: String, content: RuleFileContent)] = [:]
    var translations = TranslationFiles(comparisons: comparisons)
    let result = RuleBase.load(
      files: files, root: root, over: nil, translations: &translations
    ) { sources in
      sources.map { source in
        let content =
          if let file = before[source.path], file.text == source.text {
            file.content
          } else {
            RuleFileContent(of: source, checks: checks)
          }
        after[source.path] = (source.text, content)
        return content
      }
    }
    known = after
    comparisons = translations.comparisons
    return result
  }

  /// The rules of the files that are sound by themselves.
  package var soundRules: RuleBase {
    RuleBase(
      rules: known.values.compactMap {
        if case .rule(let parsed) = $0.content, parsed.errors.isEmpty { parsed.rule } else { nil }
      })
  }
}
