import ArgumentParser
import Publisher
import RuleBase
import Verifier

extension ProveCommand {
  /// `asyncrules prove --peers`: measures other tools on our examples.
  func runPeers() throws {
    let report = try Self.proving { try await provePeers() }
    for failure in report.failures { Streams.error(failure.visible) }
    PeerStanding.show(report.contradictions, in: folder)
    for (reason, count) in report.skipped.sorted(by: { $0.key < $1.key }) {
      Streams.output("Skipped: \(count) aliases: \(reason)\n")
    }
    Streams.output(
      "\(report.measuredCount) aliases measured, \(report.keptCount) kept from the record.\n")
    let isWrong = report.contradictions.contains(where: \.isFailure)
    if !report.failures.isEmpty || isWrong { throw ExitCode(1) }
  }

  private func provePeers() async throws -> PeerProver.Report {
    let chosen = try chosenRules(of: try loaded())
    let interpreters = await Interpreter.found()
    guard !interpreters.isEmpty else { throw ProofError.noInterpreter }
    let records = folder + "/peers"
    let runner = PeerRunner(
      interpreters: interpreters, cache: ProofCache(), folder: records,
      proofs: folder + "/proofs", date: date)
    let progress = Progress("Running other tools")
    defer { progress.clear() }
    return try await PeerProver(runner: runner, folder: records, records: !noRecord).prove(
      chosen, records: try PeerRecords(folder: records), isFresh: all
    ) { done, total in progress.show(done, of: total) }
  }
}

/// How the recorded measurements of other tools stand to what aliases state.
struct PeerStanding {
  let records: PeerRecords
  private(set) var contradictions: [PeerContradiction] = []
  /// Rules whose measurable aliases were never measured, or not as they stand.
  private(set) var staleCount = 0

  /// Compares the rules of a folder with the records in it, or those inside the binary.
  init(of base: RuleBase, in folder: String?) throws {
    do {
      records =
        try folder.map { path throws(ProofError) in try PeerRecords(folder: path + "/peers") }
        ?? PeerRecords.embedded()
    } catch {
      throw Complaint("\(error)")
    }
    for rule in base.rules where !PeerRecords.measurable(rule).isEmpty {
      guard let record = records.current(for: rule) else {
        staleCount += 1
        continue
      }
      contradictions += PeerContradiction.all(in: record.measured, of: rule)
    }
  }

  /// The records inside the binary and those of folders with rules.
  static func records(
    with folders: [String], withBuiltIn: Bool = true,
  ) throws -> PeerRecords {
    do throws(ProofError) {
      var records = PeerRecords()
      if withBuiltIn { records = try PeerRecords.embedded() }
      for folder in folders { records.add(try PeerRecords(folder: folder + "/peers")) }
      return records
    } catch {
      throw Complaint("\(error)")
    }
  }

  /// What is to be done; `nil` when every alias was measured on the examples as they stand.
  var warning: String? {
    guard staleCount > 0 else { return nil }
    return "the aliases of \(count(staleCount, "rule")) are not measured as they stand; "
      + "run 'asyncrules prove --peers'"
  }

  /// Prints what the measurements contradict.
  static func show(_ contradictions: [PeerContradiction], in folder: String?) {
    let prefix = folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
    for contradiction in contradictions {
      let word = contradiction.isFailure ? "" : "warning: "
      Streams.error("\(word)\(prefix)\(contradiction)".visible)
    }
  }
}
