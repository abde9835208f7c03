import AsyncChecks
import Foundation
import Verifier

/// A report for the code quality view of GitLab.
///
/// **Source:** GitLab documentation, "Code Quality report format".
struct GitLabOutput {
  private struct Issue: Encodable {
    let description: String
    let checkName: String
    let fingerprint: String
    let severity: String
    let location: Location

    enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case checkName = "check_name"
    }
  }

  private struct Location: Encodable {
    let path: String
    let positions: Positions
  }

  private struct Positions: Encodable {
    let begin: Place
    let end: Place
  }

  private struct Place: Encodable {
    let line: Int
    let column: Int
  }

  func text(for reports: [FileReport]) -> String {
    var seen: [String: Int] = [:]
    let issues = reports.flatMap { report in
      report.findings.map { finding -> Issue in
        // Without the line, so that a finding stays the same one when code above it changes.
        let key = "\(report.path)\n\(report.cell ?? 0)\n\(finding.code)\n\(finding.message)"
        let number = seen[key, default: 0]
        seen[key] = number + 1
        return Issue(
          description: finding.message, checkName: finding.code,
          fingerprint: Self.hash("\(key)\n\(number)"), severity: finding.severity.gitLabWord,
          location: Location(
            path: report.path,
            positions: Positions(begin: Self.place(finding.start), end: Self.place(finding.end))))
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Encoding numbers and strings cannot fail.
    return (try? encoder.encode(issues)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
  }

  private static func place(_ position: Position) -> Place {
    Place(line: position.line, column: position.column)
  }

  private static func hash(_ text: String) -> String {
    let digits = String(ContentHash.of(Array(text.utf8)), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Severity {
  fileprivate var gitLabWord: String {
    switch self {
    case .error: "major"
    case .warning: "minor"
    case .suggestion: "info"
    }
  }
}
