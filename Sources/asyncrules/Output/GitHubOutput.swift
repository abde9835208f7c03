import AsyncChecks
import Publisher
import Verifier

/// One workflow command a finding, which GitHub shows beside the changed line.
///
/// **Source:** GitHub documentation, "Workflow commands": error, warning and notice messages.
struct GitHubOutput {
  func text(for report: FileReport) -> String {
    report.findings.map { finding in
      var properties = [
        ("title", "asyncrules (\(finding.code))"), ("file", report.path),
        ("line", "\(finding.start.line)"), ("col", "\(finding.start.column)"),
        ("endLine", "\(finding.end.line)"),
      ]
      // A column of another line is taken for one of the first.
      if finding.end.line == finding.start.line {
        properties.append(("endColumn", "\(finding.end.column)"))
      }
      let list = properties.map { "\($0)=\(Self.escaped($1, isProperty: true))" }
      let place = report.location(of: finding.start)
      let message = Self.escaped("\(place): \(finding.code) \(finding.message)", isProperty: false)
      return "::\(finding.severity.gitHubWord) \(list.joined(separator: ","))::\(message)".visible
        + "\n"
    }.joined()
  }

  /// A text without what ends a command or one of its properties.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      case ":" where isProperty: "%3A"
      case "," where isProperty: "%2C"
      default: String(scalar)
      }
    }.joined()
  }
}

extension Severity {
  fileprivate var gitHubWord: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .suggestion: "notice"
    }
  }
}
