import Publisher
import Verifier

/// One line a finding: `path:line:column: CODE message`.
struct ConciseOutput {
  func text(for report: FileReport) -> String {
    report.findings.map { finding in
      "\(report.location(of: finding.start)): \(finding.code) \(finding.message)".visible + "\n"
    }.joined()
  }
}
