import ArgumentParser
import Foundation
import Publisher
import RuleBase
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
      it is recorded in DIR/proofs, rule by rule. Only what changed is run again, so a run that \
      was interrupted goes on where it was. Packages come from the lock files \
      DIR/proofs/packages-*.txt, into environments below ~/.cache/asyncrules.

      What fails while the machine is crowded, or only by time, is proven again at the end, \
      alone; such examples are named. What fails then too is a difference.

      With --peers the released tools of the lock files in DIR/peers run on the examples of the \
      rules whose aliases name them; DIR/peers records on which they fire.

      Exit status: 0 when everything holds, 1 when something does not, 2 when nothing could be \
      proven, 130 when interrupted.
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

  @Option(
    help: ArgumentHelp(
      """
      After so many minutes run each example only on the newest Python that it is for; the runs \
      left out are counted.
      """, valueName: "count"))
  var minutes: Int?

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

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1, not \(jobs)") }
    if date != nil, !peers { throw ValidationError("--date goes with --peers only") }
    if let minutes, minutes < 0 { throw ValidationError("--minutes is \(minutes), below 0") }
    if peers, standardLibraryOnly || jobs != nil || minutes != nil || !pythons.isEmpty {
      throw ValidationError(
        "--peers does not go with --python, --jobs, --minutes or --standard-library-only")
    }
  }

  func run() throws {
    if peers { return try runPeers() }
    let base = try loaded()
    let report = try Self.proving { try await prove(base) }
    show(report)
    let isContradicted = try showContradictions(of: try chosenRules(of: base))
    if !report.failures.isEmpty || isContradicted { throw ExitCode(1) }
    if report.provenCount == 0, !report.skippedRuns.isEmpty {
      throw Complaint("nothing could be proven here; the reasons are above")
    }
  }

  /// Runs proofs to their end, or to the user's interrupt.
  static func proving<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    do {
      return try Interrupts.waiting(for: work)
    } catch ProofError.interrupted {
      Streams.error("Interrupted; rules that were done are recorded, and the next run goes on.")
      throw ExitCode(130)
    } catch let error as ProofError {
      throw Complaint("\(error)")
    }
  }

  private func prove(_ base: RuleBase) async throws -> Prover.Report {
    let chosen = try chosenRules(of: base)
    let found = await Interpreter.found()
    let interpreters = try chosenInterpreters(of: found)
    guard let builder = found.last else { throw ProofError.noInterpreter }
    let cache = ProofCache()
    let proofs = folder + "/proofs"
    let box = try Box(cache: cache, builder: builder)
    await box.compile(for: interpreters)
    if let reason = try await box.reasonForNone() { throw ProofError.noBox(reason: reason) }
    let prover = Prover(
      example: ExampleProver(
        interpreters: interpreters,
        environments: PackageEnvironments(cache: cache, lockFolder: proofs), box: box),
      folder: proofs, day: Self.today(), system: Self.system(),
      records: !noRecord)
    let versions = interpreters.map(\.version).joined(separator: ", ")
    Streams.output("Python \(versions)\n")
    let progress = Progress("Proving examples")
    let again = Progress("Proving again, alone")
    defer { progress.clear() }
    return try await prover.prove(
      chosen, records: try ProofRecords(folder: proofs), isFresh: all,
      // Most of a run is waiting: for the example, and for the box to go.
      width: jobs ?? 3 * ProcessInfo.processInfo.activeProcessorCount,
      until: minutes.map { .now + .seconds(60 * $0) },
      isChosen: { [standardLibraryOnly] example in
        !standardLibraryOnly || example.runs.allSatisfy(\.packages.isEmpty)
      }
    ) { [folder] event in
      switch event {
      case .done(let done, let total): progress.show(done, of: total)
      case .doneAlone(let done, let total): again.show(done, of: total)
      case .failed(let failures):
        progress.clear()
        for failure in failures { Streams.error("\(folder)/\(failure)".visible) }
      }
    }
  }

  /// Shows what the measurements of other tools contradict; whether there is any.
  private func showContradictions(of rules: [Rule]) throws(Complaint) -> Bool {
    let records: PeerRecords
    do throws(ProofError) {
      records = try PeerRecords(folder: folder + "/peers")
    } catch {
      throw Complaint("\(error)")
    }
    let found = rules.flatMap { rule in
      PeerContradiction.all(in: records.current(for: rule)?.measured ?? [], of: rule)
    }.filter(\.isFailure)
    PeerStanding.show(found, in: folder)
    return !found.isEmpty
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
      let named = try rules.flatMap { name in
        let found = base.rule(named: name)
        guard !found.isEmpty else { throw Complaint("no rule '\(name)' in '\(folder)'") }
        return found
      }.map(\.name)
      chosen = base.rules.filter { named.contains($0.name) }
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
      chosen += matching.filter { !chosen.contains($0) }
    }
    return pythons.isEmpty ? found : chosen
  }

  private func show(_ report: Prover.Report) {
    for (reason, number) in report.skippedExamples.sorted(by: { $0.key < $1.key }) {
      Streams.output("Not run: \(count(number, "example")): \(reason)\n")
    }
    for (reason, number) in report.skippedRuns.sorted(by: { $0.key < $1.key }) {
      Streams.output("Skipped: \(count(number, "run")): \(reason)\n")
    }
    if report.leftOutCount > 0 {
      Streams.output("Left out: \(count(report.leftOutCount, "example")) that need packages.\n")
    }
    if report.unreachedCount > 0 {
      let number = count(report.unreachedCount, "run")
      Streams.output("Left out: \(number) on older Pythons that there was no time for.\n")
    }
    if !report.repeated.isEmpty {
      let number = count(report.repeated.count, "example")
      Streams.output("Proven again, alone: \(number) that failed before on a crowded machine:\n")
      for repetition in report.repeated {
        let result = repetition.isProven ? "holds" : "fails"
        let text = "\(folder)/\(repetition.failure)".split(separator: "\n").first ?? ""
        Streams.output("  \(result) now: \(text)\n".visible)
      }
    }
    let runs = "\(count(report.runCount, "run")) made, \(report.keptCount) kept from the record"
    Streams.output("\(report.provenCount) of \(report.exampleCount) examples proven (\(runs)).\n")
    if !report.failures.isEmpty {
      Streams.output(count(report.failures.count, "difference") + ".\n")
    }
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
