import Foundation
import Publisher
import TestSupport
import Testing
import Verifier

@testable import RuleBase

/// The website, the manual and the terminal in several languages.
@Suite struct SiteLanguageTests {
  /// A rule of which the title and a section are translated, and another that is not.
  private static let rules: [VerifiedRule] = {
    let rule = SampleRules.rule(
      code: "AR901", name: "translated", title: "In English", prose: "Words in English.",
      python: "fetch()\n")
    let other = SampleRules.rule(
      code: "AR902", name: "untranslated", title: "Only English", prose: "Nothing else.",
      python: "fetch()\n")
    let draft = TranslationSkeleton.text(for: rule.rule)
      .replacing("In English", with: "日本語の題名です").replacing("Words in English.", with: "日本語の文章です。")
    var parsed = rule.rule
    var report = RuleFileReport(file: "x")
    let reader = TranslationReader(
      path: "translations/ja/\(parsed.path)", text: draft, report: &report)
    parsed.translations = [reader?.translation].compactMap(\.self)
    return [VerifiedRule(rule: parsed, examples: rule.examples), other]
  }()

  private static func site(_ rules: [VerifiedRule] = rules, address: String? = nil) -> [String:
    String]
  {
    let options = SiteOptions(version: "0.1.0", address: address.flatMap { SafeLink(address: $0) })
    let files = SitePublisher.files(for: rules, options: options)
    return Dictionary(
      files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `each page has a counterpart below ja, and no link is broken`() {
    let files = SitePublisher.files(for: Self.rules, options: SiteOptions(version: "0.1.0"))
    let paths = Set(files.map(\.path))
    for path in ["index.html", "about.html", "rules/index.html", "rules/translated.html"] {
      #expect(paths.contains(path))
      #expect(paths.contains("ja/" + path))
    }
    #expect(LinkChecker.failures(in: files).isEmpty)
  }

  @Test func `without a translation there are no pages in another language`() {
    let site = Self.site(SampleRules.all)
    #expect(!site.keys.contains { $0.hasPrefix("ja/") })
    #expect(site["index.html"]?.contains("hreflang=\"ja\"") == false)
  }

  @Test func `a page states its language and names its counterparts`() throws {
    let site = Self.site()
    let english = try #require(site["rules/translated.html"])
    let japanese = try #require(site["ja/rules/translated.html"])
    #expect(english.contains("<html lang=\"en\""))
    #expect(japanese.contains("<html lang=\"ja\""))
    for page in [english, japanese] {
      for language in ["en", "ja", "x-default"] {
        #expect(page.contains("<link rel=\"alternate\" hreflang=\"\(language)\""), "\(language)")
      }
    }
    #expect(japanese.contains("href=\"../../rules/translated.html\">English</a>"))
    #expect(english.contains("href=\"../ja/rules/translated.html\">日本語</a>"))
  }

  @Test func `counterparts have whole addresses where the site's is known`() throws {
    let page = try #require(Self.site(address: "https://example.org/a/")["ja/index.html"])
    #expect(page.contains("hreflang=\"en\" href=\"https://example.org/a/\">"))
    #expect(page.contains("hreflang=\"ja\" href=\"https://example.org/a/ja/\">"))
    #expect(page.contains("<link rel=\"canonical\" href=\"https://example.org/a/ja/\">"))
  }

  @Test func `what is translated is shown, what is not is English with a mark`() throws {
    let site = Self.site()
    let page = try #require(site["ja/rules/translated.html"])
    #expect(page.contains("日本語の題名です"))
    #expect(page.contains("日本語の文章です。"))
    let other = try #require(site["ja/rules/untranslated.html"])
    #expect(other.contains("<div lang=\"en\">\n<p>Nothing else.</p>"))
    #expect(other.contains("<p class=\"untranslated\">この節はまだ翻訳されていません。"))
    #expect(!site["rules/untranslated.html"]!.contains("class=\"untranslated\""))
  }

  @Test func `code is the same in every language`() throws {
    let site = Self.site()
    func code(_ page: String?) -> [Substring] {
      (page ?? "").split(separator: "<pre class=\"code\"").dropFirst().map {
        $0.split(separator: "</pre>")[0].drop { $0 != "\n" }
      }
    }
    let english = code(site["rules/translated.html"])
    #expect(!english.isEmpty)
    #expect(english == code(site["ja/rules/translated.html"]))
  }

  @Test func `the words of the scripts are the same in number and name in each language`() throws {
    let folder = Repository.root.appending(path: "Site/assets")
    func keys(_ name: String) throws -> [String] {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let pattern = try NSRegularExpression(pattern: "(?:^|[ ,{])([a-zA-Z]+): \"")
      let whole = NSRange(text.startIndex..., in: text)
      return pattern.matches(in: text, range: whole).compactMap {
        Range($0.range(at: 1), in: text).map { String(text[$0]) }
      }.sorted()
    }
    let english = try keys("words.js")
    #expect(english.count > 40)
    #expect(try keys("words.ja.js") == english)
  }

  @Test func `the manual has pages below ja for what is translated`() {
    let files = ManualPublisher.files(
      for: Self.rules, command: SampleCommand.command, formatGuide: SampleCommand.guide,
      version: "0.1.0", date: ReleaseDate("2026-11-23")!)
    let japanese = files.filter { $0.path.hasPrefix("ja/") }
    #expect(
      japanese.map(\.path) == [
        "ja/man1/asyncrules.1", "ja/man5/asyncrules-rule.5", "ja/man7/AR901.7",
        "ja/man7/asyncrules-translated.7", "ja/man7/asyncrules.7",
      ])
    for file in japanese { #expect(file.bytes.allSatisfy { $0 < 0x80 }, "\(file.path)") }
  }

  @Test(.enabled(if: Tool("mandoc") != nil, "mandoc is not installed"))
  func `mandoc has nothing to say of Japanese pages and shows them`() throws {
    let folder = try TemporaryFolder()
    let files = ManualPublisher.files(
      for: Self.rules, command: SampleCommand.command, formatGuide: SampleCommand.guide,
      version: "0.1.0", date: ReleaseDate("2026-11-23")!
    ).filter { $0.path.hasPrefix("ja/") }
    for file in files { try folder.write(file.bytes, to: file.path) }
    let mandoc = try #require(Tool("mandoc"))
    let lint = try mandoc.run(
      ["-T", "lint", "-W", "warning"] + files.map(\.path), in: folder.url)
    #expect(lint.output == "")
    let shown = try mandoc.run(["-T", "utf8", "ja/man7/AR901.7"], in: folder.url).output
    #expect(shown.contains("日本語の文章です。"))
  }

  @Test func `Japanese text in the terminal keeps to the width and to the rules of line breaking`()
  {
    let long = String(repeating: "コルーチンは「イベントループ」を待ちます。", count: 12)
    var rule = Self.rules[0].rule.localized(in: .japanese)
    rule.summary = long
    let text = TerminalPage.text(for: rule, among: RuleNames([rule]), width: 60, color: false)
    let lines = text.split(separator: "\n").filter { $0.contains("ルー") }
    #expect(lines.count > 5)
    for line in lines {
      let words = line.drop { $0 == " " }
      #expect(line.displayWidth <= 60)
      #expect(!"。、」ー".contains(words.first ?? "。"), "\(line)")
      #expect(words.last != "「", "\(line)")
    }
  }

  @Test func `every group of the repository has a Japanese name`() throws {
    for group in Set(try Repository.rules().map(\.rule.group)) {
      #expect(
        Words.of(.japanese).groupName(group) != Words.of(.english).groupName(group)
          || group == "django", "\(group)")
    }
  }
}
