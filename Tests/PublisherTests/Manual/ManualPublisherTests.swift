import Foundation
import Publisher
import TestSupport
import Testing
import Verifier

@Suite struct ManualPublisherTests {
  private static let date = ReleaseDate("2026-11-23")!

  private static func files(_ rules: [VerifiedRule] = SampleRules.all) -> [OutputFile] {
    ManualPublisher.files(
      for: rules, command: SampleCommand.command, formatGuide: SampleCommand.guide,
      version: "0.1.0", date: date)
  }

  @Test func `the manual has a page of the program, of the format, of the index and of each rule`()
  {
    #expect(
      Self.files().map(\.path) == [
        "man1/asyncrules.1", "man5/asyncrules-rule.5", "man7/AR101.7", "man7/AR202.7",
        "man7/asyncrules-blocking-sleep.7", "man7/asyncrules-unawaited-coroutine.7",
        "man7/asyncrules.7",
      ])
  }

  @Test(arguments: [
    "man1/asyncrules.1", "man5/asyncrules-rule.5", "man7/asyncrules.7",
    "man7/asyncrules-blocking-sleep.7", "man7/asyncrules-unawaited-coroutine.7",
  ])
  func `a page is as it was approved`(path: String) throws {
    let file = try #require(Self.files().first { $0.path == path })
    Golden.expect(file.bytes, equals: String(path.split(separator: "/")[1]))
  }

  @Test func `a page under its code is the page under its name`() throws {
    let files = Self.files()
    let byCode = try #require(files.first { $0.path == "man7/AR101.7" })
    let byName = try #require(files.first { $0.path == "man7/asyncrules-blocking-sleep.7" })
    #expect(byCode.bytes == byName.bytes)
  }

  @Test func `the same rules give the same bytes`() {
    #expect(Self.files() == Self.files())
  }

  @Test func `pages are ASCII`() {
    for file in Self.files() { #expect(file.bytes.allSatisfy { $0 < 0x80 }, "\(file.path)") }
  }

  @Test(.enabled(if: Tool("mandoc") != nil, "mandoc is not installed"))
  func `mandoc has nothing to say of any page`() throws {
    try Self.expectSilence(of: "mandoc", ["-T", "lint", "-W", "warning"], for: Self.files())
  }

  @Test(.enabled(if: Tool("groff") != nil, "groff is not installed"))
  func `groff has nothing to say of any page`() throws {
    try Self.expectSilence(of: "groff", ["-ww", "-mandoc", "-T", "utf8", "-z"], for: Self.files())
  }

  @Test(.enabled(if: Tool("mandoc") != nil, "mandoc is not installed"))
  func `mandoc and groff have nothing to say of the manual of the rules in the repository`() throws
  {
    let files = try Self.repositoryFiles()
    try Self.expectSilence(of: "mandoc", ["-T", "lint", "-W", "warning"], for: files)
    guard Tool("groff") != nil else { return }
    try Self.expectSilence(of: "groff", ["-ww", "-mandoc", "-T", "utf8", "-z"], for: files)
  }

  /// Writes the manual for looking at it: `MANUAL_PREVIEW=/tmp/man swift test --filter preview`;
  /// with the real options when `COMMAND_DUMP` names the option parser's dump.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["MANUAL_PREVIEW"] != nil))
  func `a preview of the manual is written to the folder in MANUAL_PREVIEW`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["MANUAL_PREVIEW"])
    for file in try Self.repositoryFiles() {
      let url = URL(filePath: folder).appending(path: file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
  }

  /// The manual of the rules in the repository, as their files state them.
  private static func repositoryFiles() throws -> [OutputFile] {
    let guide = Repository.root.appending(path: "Rules/README.md")
    return ManualPublisher.files(
      for: try Repository.rules(), command: try Self.repositoryCommand(),
      formatGuide: String(decoding: try Data(contentsOf: guide), as: UTF8.self),
      version: "0.1.0", date: date)
  }

  private static func repositoryCommand() throws -> CommandManual {
    guard let path = ProcessInfo.processInfo.environment["COMMAND_DUMP"] else {
      return SampleCommand.command
    }
    return try CommandManual(
      dump: String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self))
  }

  @Test(.enabled(if: Tool("mandoc") != nil, "mandoc is not installed"), arguments: hostileTexts)
  func `text that looks like requests stays text`(text: String) throws {
    let rule = SampleRules.rule(
      code: "AR999", name: "hostile", title: text, prose: text, python: text + "\n")
    let files = Self.files([rule])
    try Self.expectSilence(of: "mandoc", ["-T", "lint", "-W", "warning"], for: files)
    if Tool("groff") != nil {
      try Self.expectSilence(of: "groff", ["-ww", "-mandoc", "-T", "utf8", "-z"], for: files)
    }
  }

  @Test(.enabled(if: Tool("mandoc") != nil, "mandoc is not installed"), arguments: hostileTexts)
  func `a reader sees code as it is in the example`(text: String) throws {
    let rule = SampleRules.rule(
      code: "AR999", name: "hostile", title: "Hostile", prose: "Text.", python: text + "\n")
    let folder = try TemporaryFolder()
    let page = try #require(Self.files([rule]).first { $0.path == "man7/AR999.7" })
    try folder.write(page.bytes, to: "page.7")
    let mandoc = try #require(Tool("mandoc"))
    let shown = try mandoc.run(["-T", "utf8", "-O", "width=200", "page.7"], in: folder.url).output
    let plain = Self.withoutOverstrikes(shown)
    for line in text.split(separator: "\n") where !line.contains("\t") {
      let visible = String(line).visible.replacingOccurrences(of: "…", with: "...")
      #expect(plain.contains(visible), "\(visible)")
    }
  }

  private static func expectSilence(
    of tool: String, _ options: [String], for files: [OutputFile],
  ) throws {
    let folder = try TemporaryFolder()
    for file in files { try folder.write(file.bytes, to: file.path) }
    let tool = try #require(Tool(tool))
    let result = try tool.run(options + files.map(\.path), in: folder.url)
    // A long name in a text without spaces, such as Japanese, leaves no place to break its line.
    let lines = result.output.split(separator: "\n").filter { !$0.hasSuffix("can't break line") }
    #expect(lines == [])
    #expect(result.status == 0)
  }

  /// A terminal shows bold as a character over itself.
  private static func withoutOverstrikes(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\u{8}" { _ = scalars.popLast() } else { scalars.append(scalar) }
    }
    return String(scalars)
  }
}

/// Texts that formatters could take for something else.
private let hostileTexts = [
  ".de XX",
  "'br",
  ".\n'\n..\n.so /etc/passwd",
  "\\fBbold\\fR \\*(XX \\n(.k \\$1 \\",
  "ends with a backslash \\",
  "a \"quoted\" word, \"\" and 'single'",
  ".Sh NAME .Pp .Ed",
  "Ns Ql Em . , ; ( ) [ ] | ? !",
  "`.de`, (`Ql`) `No`; `a b`c `'` `\"` `\\`",
  "x ~ ^ ` ' - -- --- \u{2014} … é 漢字 😀 e\u{301}",
  "\u{1B}[31mred\u{1B}[0m \u{7} \u{0} \u{202E}evil\u{202C} \u{2028} \u{7F} \u{9B}",
  "tab\there\tand\r",
  "   spaces   in   front",
  "%T %U %A Xr Fl Ar Nm No Xo Xc It Bl El",
  String(repeating: "long ", count: 60) + String(repeating: "x", count: 300),
]
