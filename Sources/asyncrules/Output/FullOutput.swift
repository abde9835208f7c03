import Publisher
import Verifier

/// Findings with the code they are about, for people.
struct FullOutput {
  let style: TerminalStyle

  func text(for report: FileReport) -> String {
    let lines = SourceLines(String(decoding: report.source, as: UTF8.self))
    return report.findings.map { finding in
      let frame = CodeFrame(finding, place: report.location(of: finding.start), source: lines)
      return frame.lines.map { style.text($0) + "\n" }.joined() + "\n"
    }.joined()
  }
}
