import Foundation
import RuleBase
import TestSupport
import Testing

/// The table of broken rule files: `Fixtures/Broken/*.txt`, each a change of `Fixtures/valid.md`
/// with the errors it must give. With `RECORD=1` in the environment the errors are written anew.
@Suite("Broken rule files")
struct BrokenFilesTests {
  @Test(arguments: BrokenFile.names)
  func `each mistake is told with its file and line`(name: String) throws {
    let broken = try BrokenFile(named: name)
    let (base, errors) = RuleBase.load(files: broken.files, checks: Fixture.checks)
    let found = errors.map { "\($0)\n" }.joined()
    if ProcessInfo.processInfo.environment["RECORD"] != nil, found != broken.errors {
      try broken.record(found)
      Issue.record("recorded \(name)")
    }
    #expect(found == broken.errors)
    #expect(!errors.isEmpty)
    let onlyOne = errors.allSatisfy { $0.file == errors.first?.file }
    #expect(base == nil || onlyOne)
  }

  @Test func `there are at least a hundred cases`() {
    #expect(BrokenFile.names.count >= 100)
  }

  @Test func `the file that all cases change is valid`() {
    let (base, errors) = RuleBase.load(
      files: [("blocking/blocking-demo.md", Fixture.valid), Fixture.other], checks: Fixture.checks)
    #expect(errors.isEmpty, "\(errors)")
    #expect(base?.rules.map(\.code) == ["AR101", "AR102"])
  }

  @Test func `errors of several files come sorted by file and line`() {
    let text = Fixture.valid.replacing("severity: error", with: "severty: error")
      .replacing("## Near misses", with: "## Near mises")
    let (_, errors) = RuleBase.load(
      files: [("b/blocking-demo.md", text), ("a/blocking-demo.md", text)], checks: Fixture.checks)
    #expect(errors == errors.sorted())
    #expect(Set(errors.map(\.file)) == ["Rules/a/blocking-demo.md", "Rules/b/blocking-demo.md"])
  }
}

/// One file of `Fixtures/Broken`: a sentence, then parts that begin with a line `=== …`.
///
/// `=== replace` and `=== with` change the valid file, `=== path P` gives it another path,
/// `=== file P` adds a whole file or, when empty, the valid one once more, and `=== errors` ends
/// the case with what must be told.
private struct BrokenFile {
  private static let folder = Repository.fixtures(of: "RuleBaseTests") + "/Broken"

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".txt") }.sorted()
  }()

  let files: [(path: String, text: String)]
  let errors: String
  private let name: String
  private let source: String

  init(named name: String) throws {
    self.name = name
    source = try String(contentsOfFile: Self.folder + "/" + name, encoding: .utf8)
    var path = "blocking/blocking-demo.md"
    var text = Fixture.valid
    var others = [Fixture.other]
    var (errors, replaced) = ("", "")
    for part in source.components(separatedBy: "\n=== ").dropFirst() {
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let words = lines[0].split(separator: " ").map(String.init)
      let content = lines.count > 1 ? String(lines[1]) : ""
      switch words[0] {
      case "replace": replaced = content
      case "with":
        try #require(text.contains(replaced), "\(name): '\(replaced)' is not in the valid file")
        text = text.replacing(replaced, with: content, maxReplacements: 1)
      case "path": path = words[1]
      case "alone": others = []
      case "file": others.append((words[1], content.isEmpty ? Fixture.valid : content + "\n"))
      case "errors": errors = content
      default: Issue.record("\(name): unknown part '\(words[0])'")
      }
    }
    files = [(path, text)] + others
    self.errors = errors
  }

  func record(_ errors: String) throws {
    let start = source.range(of: "\n=== errors")?.lowerBound ?? source.endIndex
    let text = source[..<start] + "\n=== errors\n" + errors
    try text.write(toFile: Self.folder + "/" + name, atomically: true, encoding: .utf8)
  }
}
