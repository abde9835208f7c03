import Foundation
import Testing

/// The README shows what the tool really prints.
struct ReadmeTests {
  @Test func `the output in the README is the tool's own`() throws {
    let readme = try String(
      contentsOf: URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("README.md"), encoding: .utf8)
    let folder = try TemporaryFolder()
    try folder.write(try fence("python", in: readme), to: "app.py")
    let run = try asyncrules("check", "app.py", in: folder.path)
    #expect(
      run.output.trimmingCharacters(in: .newlines)
        == (try fence("text", in: readme)).trimmingCharacters(in: .newlines))
  }

  /// The first fence of a language.
  private func fence(_ language: String, in text: String) throws -> String {
    let start = try #require(text.range(of: "```\(language)\n"))
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    return String(text[start.upperBound..<end.lowerBound])
  }
}
