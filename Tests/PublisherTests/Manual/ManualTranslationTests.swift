import Foundation
import Publisher
import TestSupport
import Testing
import Verifier

@testable import RuleBase

/// The manual's pages on the program and on rule files in Japanese.
@Suite struct ManualTranslationTests {
  private static let phrases = """
    > Rules for asynchronous Python.

    非同期Pythonのルール。

    > How findings are printed.

    検出結果の'表示'形式です。

    """

  private static func guide(keyedTo english: String) -> String {
    let lines = english.split(separator: "\n", omittingEmptySubsequences: false)
    let end = lines.firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
    let first = lines[..<end].map { $0 + "\n" }.joined()
    return "# ルールファイル {\(TextDigest.of(first))}\n\nルールは1つのファイルです。\n"
  }

  private static let translation = ManualTranslation(
    language: .japanese, phrases: phrases, guide: guide(keyedTo: SampleCommand.guide))

  private static func pages(
    guide: String = SampleCommand.guide, command: CommandManual = SampleCommand.command,
  ) -> [String: String] {
    var rule = SampleRules.minimal.rule
    rule.translations = [
      RuleTranslation(
        path: "translations/ja/\(rule.path)", language: .japanese, rulePath: rule.path, source: "")
    ]
    let files = ManualPublisher.files(
      for: [VerifiedRule(stating: rule)], command: command, formatGuide: guide,
      translations: [translation], version: "0.1.0", date: ReleaseDate("2026-11-23")!)
    return Dictionary(
      files.map { file in
        // Where lines may break says nothing here.
        (file.path, String(decoding: file.bytes, as: UTF8.self).replacing("\\:", with: ""))
      },
      uniquingKeysWith: { first, _ in first })
  }

  /// How manual pages, which are ASCII, write Japanese.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      scalar.isASCII ? String(scalar) : "\\[u\(String(scalar.value, radix: 16, uppercase: true))]"
    }.joined()
  }

  @Test func `the pages on the program and on rule files are there in Japanese`() throws {
    let pages = Self.pages()
    let program = try #require(pages["ja/man1/asyncrules.1"])
    #expect(program.contains(Self.escaped("非同期Pythonのルール")))
    // Quoted words are code also where no spaces stand around them.
    #expect(program.contains(Self.escaped("表示")) && !program.contains("'" + Self.escaped("表示")))
    #expect(program.contains("Fl \\-output\\-format"))
    let format = try #require(pages["ja/man5/asyncrules-rule.5"])
    #expect(format.contains(Self.escaped("ルールは1つのファイルです。")))
    for (path, text) in pages { #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(path)") }
  }

  @Test(.enabled(if: Tool("mandoc") != nil, "mandoc is not installed"))
  func `mandoc has nothing to say of them`() throws {
    let folder = try TemporaryFolder()
    let pages = Self.pages().filter { $0.key.hasPrefix("ja/") }
    for (path, text) in pages { try folder.write(Array(text.utf8), to: path) }
    let mandoc = try #require(Tool("mandoc"))
    let lint = try mandoc.run(
      ["-T", "lint", "-W", "warning"] + pages.keys.sorted(), in: folder.url)
    #expect(lint.output == "")
  }

  @Test func `what the English says anew is shown in English`() throws {
    var command = SampleCommand.command
    command.abstract = "New words."
    let changed = SampleCommand.guide.replacing("A rule is one file.", with: "A rule is a file.")
    let pages = Self.pages(guide: changed, command: command)
    #expect(try #require(pages["ja/man1/asyncrules.1"]).contains("new words"))
    let format = try #require(pages["ja/man5/asyncrules-rule.5"])
    #expect(format.contains("A rule is a file."))
    #expect(format.contains(Self.escaped("翻訳後に原文が更新された")))
  }

  @Test func `gaps name what is not translated, what changed and what is left over`() {
    let facts = CommandFacts(
      description: "", exitStatuses: [], environment: [], files: [], examples: [])
    let command = CommandManual(name: "x", abstract: "How findings are printed.")
    #expect(
      Self.translation.gaps(command: command, facts: facts, guide: "# The rule file\n\nNew.\n") == [
        "manual.ja.md: nothing says 'Rules for asynchronous Python.' any more",
        "rule-format.ja.md: section '# The rule file', which is "
          + "{\(TextDigest.of("# The rule file\nNew."))} now, is not translated",
        "rule-format.ja.md: section '# ルールファイル' translates no text of now",
      ])
    let missing = Self.translation.gaps(
      command: CommandManual(name: "x", abstract: "Unheard of."), facts: facts, guide: "")
    #expect(missing.contains("manual.ja.md: 'Unheard of.' is not translated"))
  }

  @Test func `the guide to rule files is translated as it stands`() throws {
    let guide = try String(
      contentsOf: Repository.root.appending(path: "Rules/README.md"), encoding: .utf8)
    let gaps = ManualTranslation.embedded.flatMap {
      $0.gaps(command: SampleCommand.command, guide: guide)
    }
    #expect(!ManualTranslation.embedded.isEmpty)
    #expect(gaps.filter { $0.hasPrefix("rule-format.") } == [])
  }
}
