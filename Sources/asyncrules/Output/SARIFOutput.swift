import AsyncChecks
import Foundation
import Publisher
import RuleBase
import Verifier

/// A log of the Static Analysis Results Interchange Format, with the rules that found something.
struct SARIFOutput {
  private let rules: [String: Rule]

  init(rules: [Rule]) {
    self.rules = Dictionary(rules.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func text(for reports: [FileReport]) -> String {
    let codes = Set(reports.flatMap { $0.findings.map(\.code) }).sorted()
    let indices = Dictionary(uniqueKeysWithValues: zip(codes, codes.indices))
    let descriptors = codes.map { code -> SARIFResultLog.Descriptor in
      guard let rule = rules[code] else { return SARIFResultLog.Descriptor(id: code) }
      return SARIFResultLog.Descriptor(
        id: code, name: rule.name, shortDescription: .init(text: rule.title),
        fullDescription: .init(text: rule.summary),
        help: .init(text: "See 'asyncrules rule \(code)'."),
        defaultConfiguration: .init(level: rule.severity.sarifLevel))
    }
    let results = reports.flatMap { report in
      report.findings.map { result($0, in: report, ruleIndex: indices[$0.code] ?? 0) }
    }
    let log = SARIFResultLog.log(version: Asyncrules.version, rules: descriptors, results: results)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Encoding numbers and strings cannot fail.
    return (try? encoder.encode(log)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
  }

  private func result(
    _ finding: Finding, in report: FileReport, ruleIndex: Int,
  ) -> SARIFResultLog.Result {
    let fix = finding.fix.map { fix in
      SARIFResultLog.Fix(
        description: .init(text: "\(fix.title) (\(fix.applicability.word))"),
        artifactChanges: [
          .init(
            artifactLocation: .init(path: report.path),
            replacements: fix.edits.map { edit in
              .init(
                deletedRegion: .init(from: edit.start, to: edit.end),
                insertedContent: .init(text: edit.replacement))
            })
        ])
    }
    let notes = finding.notes.enumerated().map { index, note in
      SARIFResultLog.Location(
        path: note.path ?? report.path, start: note.start, end: note.end, message: note.message,
        id: index + 1)
    }
    var location = SARIFResultLog.Location(
      path: report.path, start: finding.start, end: finding.end)
    // The lines are those of the cell.
    location.logicalLocations = report.cell.map { [.init(name: "cell \($0)", kind: "module")] }
    return SARIFResultLog.Result(
      ruleId: finding.code, ruleIndex: ruleIndex, level: finding.severity.sarifLevel,
      message: .init(text: finding.message), locations: [location],
      relatedLocations: notes.isEmpty ? nil : notes, fixes: fix.map { [$0] })
  }
}
