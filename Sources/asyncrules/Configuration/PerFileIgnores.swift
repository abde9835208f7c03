import AsyncChecks

/// Which rules are left out in which files.
struct PerFileIgnores {
  private let entries: [(patterns: PathPatterns, isLeftOut: [Bool])]
  private let workingDirectory = FileSystem.workingDirectory

  /// - Throws: ``Complaint`` for a selector that names no rule.
  init(_ configuration: Configuration, _ table: RuleTable) throws {
    entries = try configuration.perFileIgnores.map { entry in
      let source = "per-file-ignores of \(configuration.path ?? "")"
      let ignored = try RuleSelection.rules(matching: entry.rules, in: table, source: source)
      return (PathPatterns([entry.pattern], in: configuration.folder), ignored)
    }
  }

  /// What was found in a file but for the rules that are left out there.
  ///
  /// - Parameter path: As shown: from the root or from the working directory.
  func applied(to file: CheckedFile, at path: String) -> CheckedFile {
    guard !entries.isEmpty, !file.diagnostics.isEmpty else { return file }
    let absolute = path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)"
    let matching = entries.filter { $0.patterns.contain(absolute) }
    guard !matching.isEmpty else { return file }
    return CheckedFile(
      source: file.source, syntaxErrors: file.syntaxErrors,
      diagnostics: file.diagnostics.filter { diagnostic in
        !matching.contains { $0.isLeftOut[diagnostic.rule.index] }
      }, suppressed: file.suppressed)
  }
}
