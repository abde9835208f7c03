import Foundation
package import RuleBase

/// Runs other tools on the examples of rules and records what they find.
package struct PeerProver: Sendable {
  /// What became of it all.
  package struct Report: Sendable {
    package var measuredCount = 0
    package var keptCount = 0
    /// Aliases that were not measured, by reason.
    package var skipped: [String: Int] = [:]
    /// Tools that failed, and how.
    package var failures: [String] = []
    package var contradictions: [PeerContradiction] = []
  }

  /// An alias of a rule.
  private struct Key: Hashable {
    let rule: String
    let tool: String
    let code: String
  }

  private let runner: PeerRunner
  /// `Rules/peers`.
  private let folder: String

  private let isRecording: Bool

  /// - Parameter records: Whether to write what was found.
  package init(runner: PeerRunner, folder: String, records: Bool = true) {
    self.runner = runner
    isRecording = records
    self.folder = folder
  }

  /// Measures every alias that names a tool which can be run, and writes the records.
  ///
  /// - Parameter isFresh: Whether to measure even what the records still hold good.
  package func prove(
    _ rules: [Rule], records: PeerRecords, isFresh: Bool,
    progress: (_ done: Int, _ total: Int) -> Void,
  ) async throws(ProofError) -> Report {
    var report = Report()
    var found: [Key: PeerMeasurement] = [:]
    for (index, tool) in PeerTool.all.enumerated() {
      progress(index, PeerTool.all.count)
      var concerned: [Rule] = []
      for rule in rules {
        let aliases = rule.aliases.filter { $0.tool == tool.name }
        guard !aliases.isEmpty else { continue }
        let kept = aliases.compactMap { alias in
          records.current(for: rule)?.measurement(of: tool.name, code: alias.rule)
        }.filter { $0.version == runner.version(of: tool) }
        for measurement in kept {
          found[Key(rule: rule.name, tool: tool.name, code: measurement.code)] = measurement
        }
        if isFresh || kept.count < aliases.count {
          concerned.append(rule)
        } else {
          report.keptCount += kept.count
        }
      }
      guard !concerned.isEmpty else { continue }
      let count = concerned.reduce(0) { $0 + $1.aliases.count { $0.tool == tool.name } }
      switch try await runner.measure(tool, on: concerned) {
      case .measured(let measurements):
        report.measuredCount += measurements.values.reduce(0) { $0 + $1.count }
        for (rule, list) in measurements {
          for measurement in list {
            found[Key(rule: rule, tool: tool.name, code: measurement.code)] = measurement
          }
        }
      case .missing(let reason): report.skipped["\(tool.name): \(reason)", default: 0] += count
      case .failed(let reason): report.failures.append("\(tool.name): \(reason)")
      }
    }
    for rule in rules {
      let measured = PeerRecords.measurable(rule).compactMap { alias in
        found[Key(rule: rule.name, tool: alias.tool, code: alias.rule)]
      }
      for alias in rule.aliases where PeerTool.named(alias.tool) == nil {
        report.skipped["\(alias.tool): not a program that is run here", default: 0] += 1
      }
      if isRecording { try write(measured, of: rule, old: records.rules[rule.name]) }
      report.contradictions += PeerContradiction.all(in: measured, of: rule)
    }
    return report
  }

  private func write(
    _ measured: [PeerMeasurement], of rule: Rule, old: PeerRecord?,
  ) throws(ProofError) {
    let path = "\(folder)/\(rule.name).json"
    if measured.isEmpty {
      if old != nil { try? FileManager.default.removeItem(atPath: path) }
      return
    }
    let record = PeerRecord(
      rule: rule.name, hash: PeerRecords.hash(of: rule), date: runner.date, measured: measured)
    let text = try PeerRecords.text(of: record)
    if let present = try? String(contentsOfFile: path, encoding: .utf8), present == text { return }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
  }
}
