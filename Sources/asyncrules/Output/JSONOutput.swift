import Foundation
import Publisher

/// One array of objects, a line each, for other programs.
///
/// Lines and columns count from 1, columns in characters, offsets in UTF-8 bytes from 0.
struct JSONOutput {
  private let encoder: JSONEncoder

  init() {
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  func text(for reports: [FileReport]) -> String {
    let lines = reports.flatMap { report in
      report.findings.map { finding -> String in
        let record = FindingRecord(finding, path: report.path, cell: report.cell)
        // Encoding numbers and strings cannot fail.
        return (try? encoder.encode(record)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
      }
    }
    guard !lines.isEmpty else { return "[]\n" }
    return "[\n  " + lines.joined(separator: ",\n  ") + "\n]\n"
  }
}
