package import PythonSemantics

extension RuleBase {
  /// Reads all rule files below a folder.
  ///
  /// - Parameters:
  ///   - directory: The folder that holds the group folders. Error messages begin with it.
  ///   - base: Rules to start from: a file with the code or name of one of them replaces it, others
  ///     are added.
  ///   - checks: What the checker offers; an empty list leaves checks and messages alone.
  ///   - executor: Reads files beside each other.
  /// - Returns: The rules, and what is wrong, sorted by file and line. The rules are `nil` when a
  ///   file by itself is wrong; when only files do not agree with each other, such as by a link to
  ///   a missing rule, both are there.
  package static func load(
    directory: String, over base: RuleBase? = nil, checks: [CheckSignature] = CheckSignature.all,
    executor: Executor = .sequential,
  ) -> (RuleBase?, [RuleFileError]) {
    let folder = RulesFolder(directory)
    var root = directory
    while root.count > 1, root.hasSuffix("/") { root.removeLast() }
    if folder.files.isEmpty, folder.errors.isEmpty {
      return (nil, [RuleFileError(file: root, line: nil, problem: .noRuleFiles)])
    }
    var translations = TranslationFiles()
    return load(
      files: folder.files, root: root, over: base, readErrors: folder.errors,
      translations: &translations, read: reader(checks, executor))
  }

  /// Reads rule files that are in memory.
  ///
  /// - Parameters:
  ///   - files: Paths relative to the rules folder, such as `blocking/blocking-sleep.md`.
  ///   - root: The rules folder that error messages name.
  ///   - base: Rules to start from, as for ``load(directory:over:checks:)``.
  ///   - checks: What the checker offers; an empty list leaves checks and messages alone.
  ///   - executor: Reads files beside each other.
  /// - Returns: The rules, and what is wrong, sorted by file and line. The rules are `nil` when a
  ///   file by itself is wrong; when only files do not agree with each other, such as by a link to
  ///   a missing rule, both are there.
  package static func load(
    files: [(path: String, text: String)], root: String = "Rules", over base: RuleBase? = nil,
    checks: [CheckSignature] = CheckSignature.all, executor: Executor = .sequential,
  ) -> (RuleBase?, [RuleFileError]) {
    var translations = TranslationFiles()
    return load(
      files: files, root: root, over: base, translations: &translations,
      read: reader(checks, executor))
  }

  /// Reads files that are not known from before.
  private static func reader(
    _ checks: [CheckSignature], _ executor: Executor,
  ) -> ([RuleFileSource]) -> [RuleFileContent] {
    { sources in
      executor.map(sources.count) { RuleFileContent(of: sources[$0], checks: checks) }
    }
  }

  /// These rules with others put over them: one with the same code or name is replaced, the rest
  /// are added.
  package func merging(_ other: RuleBase) -> RuleBase {
    let codes = Set(other.rules.map(\.code))
    let names = Set(other.rules.map(\.name))
    let kept = rules.filter { !codes.contains($0.code) && !names.contains($0.name) }
    return RuleBase(
      rules: kept + other.rules, strayTranslations: strayTranslations + other.strayTranslations)
  }

  /// Makes a rule base of files that `read` reads, or knows from before, as `translations` may know
  /// how some agree with their rules.
  static func load(
    files: [(path: String, text: String)], root: String, over base: RuleBase?,
    readErrors: [RuleFileError] = [], translations: inout TranslationFiles,
    read: ([RuleFileSource]) -> [RuleFileContent],
  ) -> (RuleBase?, [RuleFileError]) {
    var errors = readErrors
    var sources: [RuleFileSource] = []
    var paths: Set<String> = []
    for (path, text) in files where path.split(separator: "/").last != "README.md" {
      let file = "\(root)/\(path)"
      if paths.insert(path).inserted {
        sources.append(RuleFileSource(path: path, file: file, text: text))
      } else {
        errors.append(RuleFileError(file: file, line: nil, problem: .duplicateFile))
      }
    }
    var parsed: [ParsedRuleFile] = []
    for content in read(sources) {
      switch content {
      case .rule(let file): parsed.append(file)
      case .translation(let file): translations.add(file)
      }
    }
    if parsed.isEmpty, errors.isEmpty {
      errors.append(RuleFileError(file: root, line: nil, problem: .noRuleFiles))
    }
    parsed.sort { ($0.rule.code, $0.rule.path) < ($1.rule.code, $1.rule.path) }
    // The base comes first, so that what contradicts it is told of the new files.
    parsed = (base.map { kept(of: $0, below: parsed) } ?? []) + parsed
    translations.attach(to: &parsed)
    errors += parsed.flatMap(\.errors) + translations.errors
    let base =
      errors.isEmpty
      ? RuleBase(rules: parsed.map(\.rule), strayTranslations: translations.stray) : nil
    errors += RuleCrossChecks(parsed).errors()
    return (base, Set(errors).sorted())
  }

  /// The rules of a base that the given files do not replace, read again for the lines of their
  /// links: the files may have taken away what those point to.
  private static func kept(of base: RuleBase, below files: [ParsedRuleFile]) -> [ParsedRuleFile] {
    let codes = Set(files.map(\.rule.code))
    let names = Set(files.flatMap { [$0.rule.name, RulePath($0.rule.path).name] })
    return base.rules.filter { !codes.contains($0.code) && !names.contains($0.name) }.map { rule in
      var parsed = RuleFileReader.read(
        path: rule.path, file: "built-in rule \(rule.path)", text: rule.source, checks: [])
      parsed.rule.translations = rule.translations
      return parsed
    }
  }
}
