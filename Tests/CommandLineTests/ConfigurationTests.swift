import Foundation
import Testing

/// The configuration of a project, with the real binary.
struct ConfigurationTests {
  private static let sleeping = """
    import time
    import requests


    async def handler():
        time.sleep(1)
        requests.get("https://example.org")

    """

  private func project(_ configuration: String, named name: String = "pyproject.toml") throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.write(configuration, to: name)
    try folder.write(Self.sleeping, to: "app.py")
    try folder.write(Self.sleeping, to: "tests/test_app.py")
    return folder
  }

  private func codes(_ arguments: String..., in folder: TemporaryFolder) throws -> [String] {
    let run = try asyncrules(
      ["check", "--output-format", "concise", "--no-cache"] + arguments, in: folder.path)
    return run.output.split(separator: "\n").map { line in
      let parts = line.split(separator: " ")
      return "\(parts[0].split(separator: ":")[0]) \(parts[1])"
    }
  }

  @Test func `select and ignore of pyproject count`() throws {
    let folder = try project("[tool.asyncrules]\nselect = ['AR101', 'AR102']\nignore = ['AR102']\n")
    #expect(try codes("app.py", in: folder) == ["app.py AR101"])
  }

  @Test func `a file of its own comes before pyproject`() throws {
    let folder = try project("[tool.asyncrules]\nselect = ['AR102']\n")
    try folder.write("select = ['blocking-sleep']\n", to: "asyncrules.toml")
    #expect(try codes("app.py", in: folder) == ["app.py AR101"])
  }

  @Test func `the command line comes on top`() throws {
    let folder = try project("[tool.asyncrules]\nselect = ['AR102']\nignore = ['AR101']\n")
    #expect(try codes("--select", "AR101", "app.py", in: folder) == ["app.py AR101"])
    #expect(try codes("--extend-select", "AR101", "app.py", in: folder).count == 2)
    #expect(try codes("--ignore", "AR1", "app.py", in: folder).isEmpty)
    #expect(try codes("--isolated", "app.py", in: folder).count == 2)
  }

  @Test func `patterns leave out files, and rules in files`() throws {
    let folder = try project(
      """
      [tool.asyncrules.per-file-ignores]
      "tests/" = ["AR101"]
      "app.py" = ["AR102"]
      """)
    #expect(try codes(".", in: folder) == ["app.py AR101", "tests/test_app.py AR102"])
    let other = try project("exclude = ['tests/']\n", named: "asyncrules.toml")
    #expect(try codes(".", in: other) == ["app.py AR101", "app.py AR102"])
    #expect(try codes("--exclude", "app.py", ".", in: other).isEmpty)
    // Who names a file means it.
    #expect(try codes("tests/test_app.py", in: other).count == 2)
  }

  @Test func `patterns count from the folder of the file, wherever check is called`() throws {
    let folder = try project("[per-file-ignores]\n'/tests/*' = ['ALL']\n", named: "asyncrules.toml")
    let run = try asyncrules(
      "check", "--no-cache", "--output-format", "concise", "..", in: folder.path + "/tests")
    #expect(!run.output.contains("test_app.py"))
    #expect(run.output.contains("app.py:6:5: AR101"))
  }

  @Test func `a cached answer is not one of another configuration`() throws {
    let folder = try project("[tool.asyncrules]\n")
    let cache = try TemporaryFolder()
    func found() throws -> Int {
      try asyncrules(
        "check", "--output-format", "concise", "--cache-dir", cache.path, "app.py",
        in: folder.path
      ).output.split(separator: "\n").count
    }
    #expect(try found() == 2)
    try folder.write(
      "[tool.asyncrules.per-file-ignores]\n'app.py' = ['AR102']\n", to: "pyproject.toml")
    #expect(try found() == 1)
  }

  @Test func `fixes keep away from what is left out`() throws {
    let folder = try project("[tool.asyncrules.per-file-ignores]\n'*.py' = ['AR101']\n")
    let run = try asyncrules("check", "--diff", ".", in: folder.path)
    #expect(!run.output.contains("asyncio.sleep"))
  }

  @Test func `rules of the project's own are found from its configuration`() throws {
    let folder = try project("[tool.asyncrules]\nrules = ['own']\nselect = ['blocking-lamp']\n")
    let made = try asyncrules("new", "blocking-lamp", "--rules", "own", in: folder.path)
    #expect(made.status == 0)
    try folder.write("", to: "deep/empty.py")
    let run = try asyncrules("check", "--no-cache", "deep", in: folder.path)
    #expect(run.status == 0, "the rule is known: \(run.errors)")
    let broken = try project("[tool.asyncrules]\nrules = ['missing']\n")
    let failed = try asyncrules("check", "--no-cache", "app.py", in: broken.path)
    #expect(failed.status == 2)
    #expect(failed.errors.contains("missing"))
  }

  @Test(arguments: [
    ("[tool.asyncrules]\nselct = []\n", "unknown key 'selct' in [tool.asyncrules]; wanted one of"),
    ("[tool.asyncrules]\nselect = 'AR101'\n", "'select' in [tool.asyncrules] is a string; wanted"),
    ("[tool.asyncrules]\nselect = [3]\n", "'select' in [tool.asyncrules] holds a number; wanted"),
    ("[tool.asyncrules]\nselect = ['AR9999']\n", "no rule is called 'AR9999'"),
    ("[tool.asyncrules]\nper-file-ignores = []\n", "is an array; wanted a table such as"),
    ("[tool]\nasyncrules = 1\n", "'tool.asyncrules' is a number; wanted a table"),
    ("[tool.asyncrules]\nselect = \n", "pyproject.toml:2:10: "),
  ])
  func `a mistake in the file is told with its place`(text: String, message: String) throws {
    let folder = try project(text)
    let run = try asyncrules("check", "app.py", in: folder.path)
    #expect(run.status == 2)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.contains("pyproject.toml"))
  }

  @Test func `files that say nothing of asyncrules are none of its business`() throws {
    let folder = try project("this is = not [toml\n")
    #expect(try codes("app.py", in: folder).count == 2)
    let run = try asyncrules("check", "--config", "pyproject.toml", "app.py", in: folder.path)
    #expect(run.status == 2)
    #expect(run.errors.contains("there is no table [tool.asyncrules]"))
  }
}
