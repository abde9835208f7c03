import Testing

@testable import asyncrules

/// `git check-ignore` is the oracle.
struct GitIgnoreTests {
  private static let patterns = [
    "*.py", "/top.py", "build/", "/build", "build", "a/b.py", "a/**/b.py", "**/b.py", "a/**",
    "**/a/*.py", "!keep.py", "*.py\n!keep.py", "a/\n!a/keep.py", "# comment", "\\#file.py",
    "\\!file.py", "?.py", "[ab].py", "[!a].py", "[^a].py", "[a-c].py", "[]].py", "x[", "*",
    "a*b*c.py", "space \\ ", "trailing ", "a?b", "**", "a/*", "*/b.py", "/*/b.py", "a\\*b.py",
    "*.p[yx]", "caf\u{e9}.py", "/a/b/c/", "b/", "!a/",
  ]

  private static let paths = [
    "top.py", "a/top.py", "build/x.py", "a/build/x.py", "a/b.py", "a/x/b.py", "a/x/y/b.py",
    "b.py", "keep.py", "a/keep.py", "#file.py", "!file.py", "a.py", "c.py", "].py", "x[",
    "axxbyyc.py", "a*b.py", "axb.py", "a/b/c/d.py", "caf\u{e9}.py", "b/x.py", "trailing", "a.px",
  ]

  @Test("a pattern ignores what git ignores", arguments: patterns)
  func agreesWithGit(pattern: String) throws {
    let folder = try TemporaryFolder()
    guard try run(["git", "init", "-q"], in: folder.path).status == 0 else {
      Issue.record("git is needed as the oracle")
      return
    }
    try folder.write(pattern + "\n", to: ".gitignore")
    for path in Self.paths { try folder.write("", to: path) }
    let listed = try run(
      [
        "git", "-c", "core.quotePath=false", "-c", "core.excludesFile=/dev/null", "ls-files",
        "--others", "--exclude-standard",
      ], in: folder.path)
    let kept = Set(listed.output.split(separator: "\n").map(String.init)).subtracting([".gitignore"]
    )
    let ignore = GitIgnore(parsing: Array((pattern + "\n").utf8))
    let ours = Set(Self.paths.filter { !isIgnored($0, by: ignore) })
    #expect(ours == kept)
  }

  /// A file is ignored when it or a folder above it is.
  private func isIgnored(_ path: String, by ignore: GitIgnore) -> Bool {
    let segments = path.split(separator: "/").map { Array($0.utf8) }
    for depth in 1...segments.count {
      let part = Array(segments.prefix(depth))
      if ignore.isIgnored(part, isDirectory: depth < segments.count) == true { return true }
    }
    return false
  }
}
