import ArgumentParser
import EmbeddedRules
import Glibc
import Publisher
import RuleBase
import Verifier

/// `asyncrules verify`: proves the examples of the rules with the checker.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Classify every example of the rules and compare with what they state.",
    discussion: """
      Each example must yield exactly its expected diagnostics (code, start, end and message) \
      and none of any other rule; each fix must cure its diagnostic and give the stated text.

      Exit status: 0 when all examples hold, 1 when one does not (or a translation, if that is \
      required), 2 when the rule files could not be read.
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder with the rules; the built-in rules when there is no folder 'Rules'.",
      valueName: "dir"))
  var folder: String?

  @Flag(help: "Fail when a text is not translated, or its translation is of an older text.")
  var requireTranslations = false

  func run() throws {
    let folder = folder ?? (FileSystem.kind(of: "Rules") == .directory ? "Rules" : nil)
    let (base, errorCount) = try load(folder)
    let verification = VerifyCommand.verify(base)
    VerifyCommand.show(verification.failures, of: base, in: folder)
    let summary =
      "\(count(verification.rules.count, "rule")), \(count(verification.exampleCount, "example")), "
      + "\(count(verification.findingCount, "diagnostic"))"
    guard verification.failures.isEmpty, errorCount == 0 else {
      let errors = errorCount == 0 ? "" : "\(count(errorCount, "error")) and "
      Streams.error("\(errors)\(count(verification.failures.count, "failure")) in \(summary).")
      throw ExitCode(1)
    }
    Streams.output("All examples hold: \(summary).\n")
    let proofs = try ProofStanding(of: base, in: folder)
    if let warning = proofs.warning { Streams.error("warning: \(warning)") }
    let peers = try PeerStanding(of: base, in: folder)
    if let warning = peers.warning { Streams.error("warning: \(warning)") }
    PeerStanding.show(peers.contradictions.filter(\.isFailure), in: folder)
    if peers.contradictions.contains(where: \.isFailure) { throw ExitCode(1) }
    try verifyTranslations(of: base, in: folder)
    if requireTranslations { try verifyManual() }
  }

  /// The manual of this program, whose texts are inside of it.
  private func verifyManual() throws {
    let command = try CommandManual(dump: Asyncrules._dumpHelp())
    let gaps = ManualTranslation.embedded.flatMap {
      $0.gaps(command: command, guide: EmbeddedRules.formatGuide)
    }
    for gap in gaps { Streams.error("Site/\(gap.visible)") }
    if !gaps.isEmpty { throw ExitCode(1) }
  }

  private func verifyTranslations(of base: RuleBase, in folder: String?) throws {
    var isComplete = true
    for language in Language.translated {
      let report = TranslationReport(of: base, in: folder, language: language)
      guard !report.isComplete, report.isBegun || requireTranslations else { continue }
      isComplete = false
      if requireTranslations {
        for line in report.lines { Streams.error(line.visible) }
        Streams.error(report.summary)
      } else {
        Streams.error("warning: \(report.summary); 'asyncrules translate' lists them")
      }
    }
    if requireTranslations, !isComplete { throw ExitCode(1) }
  }

  /// Rules whose files are sound but do not agree with each other are still verified.
  private func load(_ folder: String?) throws -> (RuleBase, errorCount: Int) {
    guard let folder else { return (try RuleOptions.embedded(), 0) }
    let (base, errors) = RuleBase.load(directory: folder, executor: WorkerThreads.executor)
    guard let base else { return (try RuleOptions.load(folder), 0) }
    RuleOptions.show(errors)
    return (base, errors.count)
  }

  /// Verifies with progress on a terminal.
  static func verify(_ base: RuleBase) -> Verification {
    let progress = Progress("Verifying rules")
    defer { progress.clear() }
    return Verifier(ruleBase: base).verify(executor: WorkerThreads.executor) {
      progress.show($0, of: $1)
    }
  }

  /// Prints failures with the lines of the rule files they are about.
  static func show(
    _ failures: [VerificationFailure], of base: RuleBase, in folder: String?,
  ) {
    let style = TerminalStyle(for: STDERR_FILENO)
    let sources = Dictionary(
      base.rules.map { ($0.path, $0.source) }, uniquingKeysWith: { first, _ in first })
    let prefix = folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
    for failure in failures {
      Streams.error(
        style.text(prefix + "\(failure.path):\(failure.line)", .path) + ": "
          + (String(failure.description.dropFirst("\(failure.path):\(failure.line): ".count)))
          .visible)
      let frame = FailureFrame(failure, source: sources[failure.path] ?? "")
      let width = String(failure.line).count
      for line in frame.lines {
        let number = line.number.map(String.init) ?? ""
        let gutter = String(repeating: " ", count: max(0, width - number.count)) + number + " |"
        let text = line.text.visible
        switch line.role {
        case .source: Streams.error("  \(style.text(gutter, .gutter)) \(text)")
        case .wanted:
          Streams.error("  \(style.text(gutter, .gutter)) \(style.text("- " + text, .error))")
        case .found:
          Streams.error("  \(style.text(gutter, .gutter)) \(style.text("+ " + text, .added))")
        }
      }
      Streams.error("")
    }
  }
}
