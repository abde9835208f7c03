import ArgumentParser
import Foundation
import RuleBase
import Synchronization
import Verifier

/// `asyncrules prove`: runs the examples of the rules under real Pythons.
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Run the examples of the rules and record what was observed.",
    discussion: """
      Each example runs in a box (no network but a loopback, a read-only file system, limits for \
      time, memory, processes and output) under every CPython from 3.8 found in \
      ~/.pyenv/versions and PATH. What is seen must be what the example's 'run' fence states; \
      it is recorded in DIR/proofs. Only what changed is run again. Packages come from the \
      lock files DIR/proofs/packages-*.txt, into environments below ~/.cache/asyncrules.

      With --peers the released tools of the lock files in DIR/peers run on the examples of the \
      rules whose aliases name them; DIR/peers records on which they fire.

      Exit status: 0 when everything holds, 1 when something does not, 2 when nothing could be \
      proven.
      """)

  @Argument(help: "Codes or names of rules; all of them when none is given.")
  var rules: [String] = []

  @Option(name: .customLong("rules"), help: ArgumentHelp("The folder.", valueName: "dir"))
  var folder = "Rules"

  @Flag(help: "Run even what has not changed since it was recorded.")
  var all = false

  @Option(
    name: .customLong("python"),
    help: ArgumentHelp("Only this version; may be repeated.", valueName: "3.11"))
  var pythons: [String] = []

  @Flag(help: "Leave out examples that need packages.")
  var standardLibraryOnly = false

  @Flag(help: "Compare only; record nothing.")
  var noRecord = false

  @Option(
    help: ArgumentHelp(
      "How many examples run at a time; three for each processor unless said otherwise.",
      valueName: "count"))
  var jobs: Int?

  @Flag(
    help: """
      Instead run other linters and type checkers on the examples, and compare what they find \
      with what the rules' aliases state.
      """)
  var peers = false

  @Option(
    help: ArgumentHelp(
      "With --peers: the day to record instead of that of DIR/peers/packages.txt.",
      valueName: "2026-11-23"))
  var date: String?

  func run() throws {
    if peers { return try runPeers() }
    let report: Prover.Report
    do {
      report = try Self.waiting { try await prove() }
    } catch let error as ProofError {
      throw Complaint("\(error)")
    }
    show(report)
    if !report.failures.isEmpty { throw ExitCode(1) }
  }

  /// Runs asynchronous work to its end; the command line itself is synchronous.
  static func waiting<Value: Sendable>(
    for work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let outcome = Mutex<Result<Value, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        let value = try await work()
        outcome.withLock { $0 = .success(value) }
      } catch {
        outcome.withLock { $0 = .failure(error) }
      }
      done.signal()
    }
    done.wait()
    guard let result = outcome.withLock({ $0 }) else { throw ExitCode(2) }
    return try result.get()
  }

  private func prove() async throws -> Prover.Report {
    let chosen = try chosenRules(of: try loaded())
    let found = await Interpreter.found()
    let interpreters = try chosenInterpreters(of: found)
    guard let builder = found.last else { throw ProofError.noInterpreter }
    let cache = ProofCache()
    let proofs = folder + "/proofs"
    let prover = Prover(
      example: ExampleProver(
        interpreters: interpreters,
        environments: PackageEnvironments(cache: cache, lockFolder: proofs),
        box: try Box(cache: cache, builder: builder)),
      folder: proofs, day: Self.today(), system: Self.system(),
      records: !noRecord)
    let versions = interpreters.map(\.version).joined(separator: ", ")
    Streams.output("Python \(versions)\n")
    let progress = Progress("Proving examples")
    defer { progress.clear() }
    return try await prover.prove(
      chosen, records: try ProofRecords(folder: proofs), isFresh: all,
      // Most of a run is waiting: for the example, and for the box to go.
      width: jobs ?? 3 * ProcessInfo.processInfo.activeProcessorCount,
      isChosen: { [standardLibraryOnly] example in
        !standardLibraryOnly || example.runs.allSatisfy(\.packages.isEmpty)
      }
    ) { done, total in progress.show(done, of: total) }
  }

  /// The rules of the folder.
  func loaded() throws -> RuleBase {
    let (base, errors) = RuleBase.load(directory: folder)
    guard let base, errors.isEmpty else {
      for error in errors { Streams.error("\(error)") }
      throw ExitCode(2)
    }
    return base
  }

  /// Those that were named, or all.
  func chosenRules(of base: RuleBase) throws -> [Rule] {
    var chosen = base.rules
    if !rules.isEmpty {
      chosen = try rules.flatMap { name in
        let found = base.rule(named: name)
        guard !found.isEmpty else { throw ValidationError("no rule '\(name)'") }
        return found
      }
    }
    return chosen
  }

  private func chosenInterpreters(of found: [Interpreter]) throws(ProofError) -> [Interpreter] {
    var chosen: [Interpreter] = []
    for python in pythons {
      let matching = found.filter { $0.version == python || $0.minor == python }
      guard !matching.isEmpty else {
        throw .unknownPython(python, found: found.map(\.version))
      }
      chosen += matching
    }
    return pythons.isEmpty ? found : chosen
  }

  private func show(_ report: Prover.Report) {
    for failure in report.failures { Streams.error("\(folder)/\(failure)") }
    for (reason, count) in report.skippedExamples.sorted(by: { $0.key < $1.key }) {
      Streams.output("Not run: \(count) examples: \(reason)\n")
    }
    for (reason, count) in report.skippedRuns.sorted(by: { $0.key < $1.key }) {
      Streams.output("Skipped: \(count) runs: \(reason)\n")
    }
    let runs = "\(report.runCount) runs made, \(report.keptCount) kept from the record"
    if report.leftOutCount > 0 {
      Streams.output("Left out: \(report.leftOutCount) examples that need packages.\n")
    }
    if report.repeatedCount > 0 {
      Streams.output("Proven again, with the machine to themselves: \(report.repeatedCount).\n")
    }
    Streams.output("\(report.provenCount) of \(report.exampleCount) examples proven (\(runs)).\n")
    if !report.failures.isEmpty { print("\(report.failures.count) differences.") }
  }

  private static func today() -> String {
    let now = Calendar(identifier: .gregorian).dateComponents(
      [.year, .month, .day], from: Date())
    let parts = [now.month ?? 1, now.day ?? 1].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(now.year ?? 1970)-\(parts.joined(separator: "-"))"
  }

  private static func system() -> String {
    var name = utsname()
    guard uname(&name) == 0 else { return "unknown" }
    func text<T>(_ tuple: T) -> String {
      withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(name.sysname)) \(text(name.machine))"
  }
}
