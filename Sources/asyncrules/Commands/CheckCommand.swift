import ArgumentParser
import AsyncChecks
import Glibc
import Publisher
import PythonSyntax
import RuleBase
import Verifier

/// `asyncrules check`: finds mistakes in the user's code.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check Python files.",
    discussion: """
      Files are analysed together as one project. Folders are searched for .py, .pyi, .pyw and \
      .ipynb files, leaving out what .gitignore names. A finding is silenced by '# noqa' or \
      '# noqa: AR101' on its line; so it is by the code of another tool for the same rule, \
      '# noqa: RUF006'.

      The nearest 'asyncrules.toml', or 'pyproject.toml' with a table [tool.asyncrules], above what \
      is checked may set 'select', 'extend-select', 'ignore', 'exclude', 'rules' (folders), and \
      'per-file-ignores' (from patterns to lists of rules). Options of the command line come on \
      top; '--select' stands in for all that the file selects and ignores.

      What was found is kept in a folder outside of what is checked, ASYNCRULES_CACHE_DIR or \
      asyncrules below XDG_CACHE_HOME or ~/.cache, and used again while files are unchanged.

      Exit status: 0 when nothing is found, 1 with findings, 2 when something could not be read \
      or the command was called wrongly.
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case full, concise, json, sarif, github, gitlab
  }

  @Argument(help: ArgumentHelp("Files and folders; '-' reads standard input.", valueName: "path"))
  var paths: [String] = ["."]

  @Option(help: ArgumentHelp("How findings are shown.", valueName: "format"))
  var outputFormat: OutputFormat = .full

  @Option(
    help: ArgumentHelp(
      "Report these rules only: codes, beginnings of codes, names, or ALL; comma-separated.",
      valueName: "rules"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Report these rules, too.", valueName: "rules"))
  var extendSelect: [String] = []

  @Option(help: ArgumentHelp("Leave these rules out.", valueName: "rules"))
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out what a pattern names when folders are searched; written as in .gitignore.",
      valueName: "pattern"))
  var exclude: [String] = []

  @Option(
    help: ArgumentHelp("The configuration, instead of the nearest one.", valueName: "file"))
  var config: String?

  @Flag(help: "Take no notice of configuration files.")
  var isolated = false

  @Flag(help: "Apply the safe fixes.")
  var fix = false

  @Flag(help: "Include fixes that may change what the program does.")
  var unsafeFixes = false

  @Flag(help: "Show what the fixes would change, and change nothing.")
  var diff = false

  @Flag(inversion: .prefixedNo, help: "Leave out what .gitignore names.")
  var respectGitignore = true

  @Flag(
    help: ArgumentHelp(
      "Report the syntax errors of every file.",
      discussion: "This is what happens up to 1,000 files. Beyond, files that no rule can concern "
        + "are not parsed; what the rules find is the same."))
  var everyFile = false

  @Flag(
    name: .customLong("no-cache"),
    help: "Check everything anew, and keep nothing for the next run.")
  var checksAnew = false

  @Option(
    name: .customLong("cache-dir"),
    help: ArgumentHelp(
      "The folder for what is kept; one inside of what is checked is not used.",
      valueName: "dir"))
  var cacheFolder: String?

  @Option(help: ArgumentHelp("The name to show for standard input.", valueName: "path"))
  var stdinFilename: String?

  @OptionGroup var rules: RuleOptions

  func run() throws {
    let configuration = try chosenConfiguration()
    let table = try rules.table(and: configuration.ruleFolders)
    let selection = try RuleSelection(
      table: table, select: select, extendSelect: extendSelect, ignore: ignore,
      configuration: configuration)
    let ignores = try PerFileIgnores(configuration, table)
    var inputs = try readInputs(excluding: [
      PathPatterns(configuration.exclude, in: configuration.folder),
      PathPatterns(exclude, in: FileSystem.workingDirectory),
    ])
    let testMode = TestConfiguration.mode(ofTestsIn: inputs.files, table)
    let checker = Checker(table: table, selected: selection.selected, testMode: testMode)
    let session = CheckSession(
      checker: checker, table: table, parsesEveryFile: everyFile, ignores: ignores)
    if fix || diff {
      let outcome = session.fixing(&inputs, upTo: unsafeFixes ? .unsafe : .safe)
      if diff {
        return try show(outcome, inputs: inputs)
      }
      try write(outcome, inputs: inputs)
    }
    let reports =
      cache(session, selection, configuration, inputs)?.reports(for: &inputs)
      ?? session.reports(for: &inputs)
    try show(
      reports, configuration,
      to: fix && inputs.readsStandardInput ? STDERR_FILENO : STDOUT_FILENO)
    summarize(reports, of: inputs)
    if inputs.unreadable > 0 { throw ExitCode(2) }
    if reports.contains(where: { !$0.findings.isEmpty }) { throw ExitCode(1) }
  }

  /// The cache that this run may use.
  private func cache(
    _ session: CheckSession, _ selection: RuleSelection, _ configuration: Configuration,
    _ inputs: CheckInputs,
  ) -> CachedCheck? {
    guard !checksAnew, !fix, !diff, !inputs.readsStandardInput, !inputs.files.isEmpty,
      let program = FileStamp("/proc/self/exe"),
      let folder = CacheFolder(named: cacheFolder, checked: paths)
    else { return nil }
    var question = EntryWriter()
    question.write(Asyncrules.version)
    question.write(program)
    question.write(ContentHash.of(session.table.encode()))
    question.write(selection.selected) { $0.write($1) }
    question.write(everyFile)
    question.write(session.checker.testMode == .all)
    question.write(session.checker.testMode == .marked)
    question.write(configuration.folder)
    question.write(configuration.perFileIgnores) { writer, entry in
      writer.write(entry.pattern)
      writer.write(entry.rules) { $0.write($1) }
    }
    question.write(respectGitignore)
    question.write(FileSystem.workingDirectory)
    question.write(paths) { writer, path in
      writer.write(path)
      writer.write(FileSystem.realPath(path) ?? "")
    }
    return CachedCheck(session: session, folder: folder, question: question.bytes)
  }

  // MARK: - Input

  private func chosenConfiguration() throws -> Configuration {
    if let config { return try .file(config) }
    return isolated ? Configuration() : try .nearest(to: paths)
  }

  private func readInputs(excluding excluded: [PathPatterns]) throws -> CheckInputs {
    var inputs = CheckInputs()
    var discovery = SourceDiscovery(respectsGitIgnore: respectGitignore, excluded: excluded)
    for path in paths {
      if path == "-" {
        let bytes = try FileSystem.readStandardInput()
        inputs.append(bytes, displayPath: stdinFilename ?? "-", origin: .standardInput)
      } else {
        discovery.add(path)
      }
    }
    for error in discovery.errors { inputs.complain(error.description) }
    for file in discovery.files { inputs.append(file) }
    return inputs
  }

  // MARK: - Output

  /// With `--fix` on standard input, standard output is for the fixed code.
  private func show(
    _ reports: [FileReport], _ configuration: Configuration, to stream: Int32,
  ) throws {
    switch outputFormat {
    case .sarif:
      let base = try rules.ruleBase(and: configuration.ruleFolders)
      Streams.write(SARIFOutput(rules: base.rules).text(for: reports), to: stream)
    case .github:
      let output = GitHubOutput()
      for report in reports { Streams.write(output.text(for: report), to: stream) }
    case .gitlab:
      Streams.write(GitLabOutput().text(for: reports), to: stream)
    case .json:
      Streams.write(JSONOutput().text(for: reports), to: stream)
    case .concise:
      let output = ConciseOutput()
      for report in reports { Streams.write(output.text(for: report), to: stream) }
    case .full:
      let output = FullOutput(style: TerminalStyle(for: stream))
      for report in reports where !report.findings.isEmpty {
        Streams.write(output.text(for: report), to: stream)
      }
    }
  }

  private func summarize(_ reports: [FileReport], of inputs: CheckInputs) {
    guard outputFormat == .full else { return }
    let style = TerminalStyle(for: STDERR_FILENO)
    let findings = reports.flatMap(\.findings)
    guard !findings.isEmpty else {
      if inputs.unreadable == 0 {
        Streams.error(
          style.text("Nothing found", .added) + " in \(count(inputs.files.count, "file")).")
      }
      return
    }
    let files = Set(reports.lazy.filter { !$0.findings.isEmpty }.map(\.path))
    var text = "Found \(count(findings.count, "diagnostic")) in \(count(files.count, "file"))"
    let safe = findings.count { $0.fix?.applicability == .safe }
    let unsafe = findings.count { $0.fix?.applicability == .unsafe }
    if safe > 0 { text += "; \(safe) fixable with --fix" }
    if unsafe > 0 {
      text += "; \(unsafe) \(safe > 0 ? "more " : "fixable ")with --fix --unsafe-fixes"
    }
    Streams.error(text + ".")
  }

  // MARK: - Fixes

  private func show(_ outcome: FixOutcome, inputs: CheckInputs) throws {
    let style = TerminalStyle(for: STDOUT_FILENO)
    for change in outcome.changes {
      let path = Array(inputs.files[change.index].displayPath.utf8)
      let text = UnifiedDiff(from: change.before, to: change.after)
        .formatted(oldName: path, newName: path)
      Streams.output(
        DiffColors(style: style).colored(String(decoding: text, as: UTF8.self)))
    }
    Streams.error(
      outcome.changes.isEmpty
        ? "Nothing to change."
        : "Would apply \(count(outcome.applied, "fix", plural: "fixes")) in "
          + "\(count(outcome.changes.count, "file")).")
    if inputs.unreadable > 0 { throw ExitCode(2) }
    if !outcome.changes.isEmpty { throw ExitCode(1) }
  }

  private func write(_ outcome: FixOutcome, inputs: CheckInputs) throws {
    for change in outcome.changes {
      if case .path(let path) = inputs.files[change.index].origin {
        try FileSystem.writeAtomically(change.after, to: path)
      }
    }
    for file in inputs.files where file.origin == .standardInput {
      Streams.output(file.bytes ?? [])
    }
    if outcome.applied > 0 {
      Streams.error(
        "Applied \(count(outcome.applied, "fix", plural: "fixes")) in "
          + "\(count(outcome.changes.count, "file")).")
    }
    for path in outcome.unfixable {
      Streams.error("asyncrules: warning: '\(path)' has fixes that cannot be written back")
    }
  }
}
