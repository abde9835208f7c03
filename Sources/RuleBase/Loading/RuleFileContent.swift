import AsyncChecks

/// A file of a rules folder on its way to be read.
struct RuleFileSource: Sendable {
  /// Relative to the rules folder.
  let path: String
  /// The path for error messages.
  let file: String
  let text: String
}

/// What one file of a rules folder says by itself.
enum RuleFileContent: Sendable {
  case rule(ParsedRuleFile)
  case translation(ParsedTranslation)

  init(of source: RuleFileSource, checks: [CheckSignature]) {
    if source.path.hasPrefix(TranslationReader.folder) {
      self = .translation(ParsedTranslation(of: source))
    } else {
      self = .rule(
        RuleFileReader.read(
          path: source.path, file: source.file, text: source.text, checks: checks))
    }
  }
}
