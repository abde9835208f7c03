import Foundation
import Testing

/// Source files in encodings that only the command line reads.
struct EncodingTests {
  /// `表` is the bytes 95 5C in Shift JIS: the second is a backslash in ASCII.
  private let japanese =
    Data("# coding: shift_jis\nimport time\nasync def f():\n    x = \"".utf8) + [0x95, 0x5C]
    + Data("\"; time.sleep(1)\n".utf8)

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try japanese.write(to: URL(filePath: folder.path).appending(path: "app.py"))
    return folder
  }

  @Test func `a finding behind a character whose last byte is a backslash has its column`() throws {
    let folder = try folder()
    let run = try asyncrules("check", "--output-format", "concise", "app.py", in: folder.path)
    #expect(run.output.hasPrefix("app.py:4:14: AR101 "))
  }

  @Test func `a file in another encoding is not written back`() throws {
    let folder = try folder()
    _ = try asyncrules("check", "--fix", "--unsafe-fixes", "app.py", in: folder.path)
    let after = try Data(contentsOf: URL(filePath: folder.path).appending(path: "app.py"))
    #expect(after == japanese)
  }

  @Test func `the tree of a file in another encoding has its characters`() throws {
    let folder = try folder()
    let run = try asyncrules("ast", "--output-format", "json", "app.py", in: folder.path)
    #expect(run.output.contains(#"["str", "表"]"#))
  }

  @Test func `an encoding that no codec has is a syntax error`() throws {
    let folder = try TemporaryFolder()
    try folder.write("# coding: nothing\n", to: "app.py")
    let run = try asyncrules("check", "--output-format", "concise", "app.py", in: folder.path)
    #expect(run.output.contains("unknown encoding: nothing"))
  }
}
