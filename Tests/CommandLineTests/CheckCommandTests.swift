import Foundation
import Testing

/// `asyncrules check` as a user meets it: the real binary, real files.
struct CheckCommandTests {
  private let sleeping = """
    import time


    async def handler():
        time.sleep(1)

    """

  @Test func `a finding is one line in concise output, and the exit status is 1`() throws {
    let folder = try TemporaryFolder()
    try folder.write(sleeping, to: "app.py")
    let run = try asyncrules("check", "--output-format", "concise", "app.py", in: folder.path)
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("app.py:5:5: AR101 `time.sleep` "))
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.errors.isEmpty)
  }

  @Test func `clean code has exit status 0 and no output`() throws {
    let folder = try TemporaryFolder()
    try folder.write("print('hello')\n", to: "app.py")
    let run = try asyncrules("check", "--output-format", "concise", in: folder.path)
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
  }

  @Test func `full output draws carets below the span`() throws {
    let folder = try TemporaryFolder()
    try folder.write(sleeping, to: "app.py")
    let run = try asyncrules("check", "app.py", in: folder.path)
    #expect(run.output.contains("5 |     time.sleep(1)\n  |     ^^^^^^^^^^^^^\n"))
    #expect(!run.output.contains("\u{1B}"), "no colours in a pipe")
    #expect(run.errors.contains("Found 1 diagnostic in 1 file"))
  }

  @Test func `colours follow CLICOLOR_FORCE and NO_COLOR`() throws {
    let folder = try TemporaryFolder()
    try folder.write(sleeping, to: "app.py")
    let forced = try asyncrules(
      "check", "app.py", in: folder.path, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": ""])
    #expect(forced.output.contains("\u{1B}["))
    let plain = try asyncrules(
      "check", "app.py", in: folder.path, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
    #expect(!plain.output.contains("\u{1B}["))
  }

  @Test func `JSON has the documented shape`() throws {
    let folder = try TemporaryFolder()
    try folder.write("# é\n" + sleeping, to: "app.py")
    let run = try asyncrules("check", "--output-format", "json", "app.py", in: folder.path)
    let array = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    let finding = try #require(array.first)
    #expect(array.count == 1)
    #expect(
      Set(finding.keys)
        == ["path", "code", "name", "severity", "message", "start", "end", "notes", "fix"])
    #expect(finding["path"] as? String == "app.py")
    #expect(finding["code"] as? String == "AR101")
    #expect(finding["name"] as? String == "blocking-sleep")
    #expect(finding["severity"] as? String == "error")
    #expect(finding["start"] as? [String: Int] == ["line": 6, "column": 5, "offset": 44])
    #expect(finding["end"] as? [String: Int] == ["line": 6, "column": 18, "offset": 57])
    let fix = try #require(finding["fix"] as? [String: Any])
    #expect(fix["applicability"] as? String == "safe")
  }

  @Test func `notes name the file and line of each call on the way, also where nothing is found`()
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      import time


      def slow():
          time.sleep(1)


      def outer():
          slow()

      """, to: "helpers.py")
    try folder.write(
      """
      from helpers import outer


      async def main():
          outer()

      """, to: "main.py")
    let full = try asyncrules("check", ".", in: folder.path)
    #expect(full.output.contains("= note: helpers.py:9: `outer` calls `slow` here"))
    #expect(full.output.contains("= note: helpers.py:5: `slow` calls `time.sleep` here"))
    // What is kept from the run before says the same.
    #expect(try asyncrules("check", ".", in: folder.path).output == full.output)
    let json = try asyncrules("check", "--output-format", "json", ".", in: folder.path)
    let array = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    let notes = try #require(array.first?["notes"] as? [[String: Any]])
    #expect(notes.compactMap { $0["path"] as? String } == ["helpers.py", "helpers.py"])
    #expect(notes.compactMap { ($0["start"] as? [String: Int])?["line"] } == [9, 5])
  }

  @Test func `JSON of clean code is an empty array`() throws {
    let run = try asyncrules("check", "--output-format", "json", "-", input: "x = 1\n")
    #expect(run.output == "[]\n")
    #expect(run.status == 0)
  }

  @Test func `standard input is named as asked`() throws {
    let run = try asyncrules(
      "check", "--output-format", "concise", "--stdin-filename", "web/app.py", "-",
      input: sleeping)
    #expect(run.output.hasPrefix("web/app.py:5:5: AR101 "))
  }

  @Test func `rules are selected and ignored by code, beginning and name`() throws {
    func codes(_ arguments: String...) throws -> Int32 {
      try run([asyncrulesBinary, "check", "-"] + arguments, input: sleeping).status
    }
    #expect(try codes("--select", "AR101") == 1)
    #expect(try codes("--select", "AR1,AR2") == 1)
    #expect(try codes("--select", "blocking-sleep") == 1)
    #expect(try codes("--select", "AR2") == 0)
    #expect(try codes("--ignore", "AR101") == 0)
    #expect(try codes("--select", "ALL", "--ignore", "AR10") == 0)
  }

  @Test func `an unknown selector is a usage error that says what is wanted`() throws {
    let run = try asyncrules("check", "--select", "XY999", "-", input: "")
    #expect(run.status == 2)
    #expect(run.errors.contains("no rule is called 'XY999'"))
  }

  @Test func `an unknown option is a usage error`() throws {
    #expect(try asyncrules("check", "--no-such-option").status == 2)
    #expect(try asyncrules("nonsense").status == 2)
    #expect(try asyncrules("--help").status == 0)
    #expect(try asyncrules("check", "--help").status == 0)
    #expect(try asyncrules("--version").output == "0.1.0\n")
  }

  @Test func `a file that cannot be read does not stop the others`() throws {
    let folder = try TemporaryFolder()
    try folder.write(sleeping, to: "app.py")
    let run = try asyncrules(
      "check", "--output-format", "concise", "missing.py", "app.py", in: folder.path)
    #expect(run.status == 2)
    #expect(run.output.hasPrefix("app.py:5:5: AR101 "))
    #expect(run.errors.contains("cannot find 'missing.py': No such file or directory"))
  }

  @Test func `broken Python is reported as a syntax error, and the rest is still checked`() throws {
    let run = try asyncrules(
      "check", "--output-format", "concise", "-", input: sleeping + "\ndef broken(:\n    pass\n")
    #expect(run.status == 1)
    #expect(run.output.contains("-:7:11: syntax-error '(' was never closed"))
    #expect(run.output.contains("AR101"))
  }

  @Test func `what only the compiler rejects is a syntax error too`() throws {
    let run = try asyncrules("check", "--output-format", "concise", "-", input: "return 1\n")
    #expect(run.output == "-:1:1: syntax-error 'return' outside function\n")
  }

  @Test(
    "a file that is not Python text gets a clear error",
    arguments: [
      [0x78, 0x00, 0x79], [0xFF, 0xFE, 0x78, 0x00], [0x22, 0xC3, 0x28, 0x22, 0x0A],
    ] as [[UInt8]])
  func undecodable(bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/x.py"))
    let run = try asyncrules("check", "--output-format", "concise", "x.py", in: folder.path)
    #expect(run.status == 1)
    #expect(run.output.contains("x.py:1:"))
    #expect(run.output.contains("syntax-error"))
  }

  @Test func `a comment silences the finding on its line`() throws {
    for comment in ["# noqa", "# noqa: AR101", "# NOQA: E501, AR101"] {
      let run = try asyncrules(
        "check", "-", input: sleeping.replacingOccurrences(of: "(1)", with: "(1)  \(comment)"))
      #expect(run.status == 0, "\(comment)")
    }
    let other = try asyncrules(
      "check", "-", input: sleeping.replacingOccurrences(of: "(1)", with: "(1)  # noqa: AR102"))
    #expect(other.status == 1)
  }

  @Test func `fixes are written, and nothing is left to fix`() throws {
    let folder = try TemporaryFolder()
    try folder.write(sleeping, to: "app.py")
    let run = try asyncrules("check", "--fix", "app.py", in: folder.path)
    #expect(run.status == 0)
    #expect(run.errors.contains("Applied 1 fix in 1 file."))
    let fixed = try folder.read("app.py")
    #expect(fixed.contains("    await asyncio.sleep(1)\n"))
    #expect(fixed.contains("import asyncio\n"))
    let again = try asyncrules("check", "--fix", "app.py", in: folder.path)
    #expect(again.status == 0)
    #expect(try folder.read("app.py") == fixed)
  }

  @Test func `a diff shows the fixes and changes nothing`() throws {
    let folder = try TemporaryFolder()
    try folder.write(sleeping, to: "app.py")
    let run = try asyncrules("check", "--diff", "app.py", in: folder.path)
    #expect(run.status == 1)
    #expect(run.output.contains("-    time.sleep(1)\n+    await asyncio.sleep(1)\n"))
    #expect(try folder.read("app.py") == sleeping)
  }

  @Test func `fixing standard input prints the fixed code`() throws {
    let run = try asyncrules("check", "--fix", "-", input: sleeping)
    #expect(run.output.contains("    await asyncio.sleep(1)\n"))
    #expect(run.status == 0)
  }

  @Test func `a fix keeps the permissions of the file`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(sleeping, to: "app.py")
    try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: path)
    _ = try asyncrules("check", "--fix", "app.py", in: folder.path)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o750)
  }

  @Test func `a notebook's findings name the cell`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"cells": [
        {"cell_type": "markdown", "source": "# Title"},
        {"cell_type": "code", "source": "import asyncio\\nasync def main(): pass"},
        {"cell_type": "code", "source": "asyncio.run(main())"}
      ], "metadata": {}, "nbformat": 4}
      """, to: "demo.ipynb")
    let run = try asyncrules("check", "--output-format", "concise", in: folder.path)
    #expect(run.output.hasPrefix("demo.ipynb:cell 3:1:1: AR303 "))
  }

  @Test func `files are analysed together`() throws {
    let folder = try TemporaryFolder()
    try folder.write("async def load():\n    return 1\n", to: "store.py")
    try folder.write(
      "from store import load\n\n\nasync def main():\n    load()\n", to: "app.py")
    let run = try asyncrules("check", "--output-format", "concise", in: folder.path)
    #expect(run.output.hasPrefix("app.py:5:5: AR202 "))
  }

  @Test func `a folder of rules adds one that needs no compiler`() throws {
    let folder = try TemporaryFolder()
    #expect(
      try asyncrules("new", "blocking-lamp", "--rules", "rules", in: folder.path).status == 0)
    let path = "rules/blocking/blocking-lamp.md"
    let skeleton = try folder.read(path)
    #expect(skeleton.contains("name: blocking-lamp"))
    let verified = try asyncrules("verify", "rules", in: folder.path)
    #expect(verified.status == 0, "\(verified.errors)")
  }
}
