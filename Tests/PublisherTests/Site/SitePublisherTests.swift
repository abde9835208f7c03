import Foundation
import Publisher
import TestSupport
import Testing
import Verifier

@testable import RuleBase

@Suite struct SitePublisherTests {
  private static let files = SiteFixture.files()

  @Test(arguments: [
    "index.html", "404.html", "about.html", "rules/index.html", "rules/blocking-sleep.html",
    "rules/unawaited-coroutine.html", "ASYNC251/index.html",
  ])
  func `a page is as it was approved`(path: String) throws {
    let page = try #require(SiteFixture.page(path, of: Self.files))
    Golden.expect(page, equals: path.replacing("/", with: "_"))
  }

  @Test func `search data is as it was approved`() throws {
    let script = try #require(Self.files.first { $0.path.hasPrefix("assets/search.") })
    Golden.expect(script.bytes, equals: "search.js")
  }

  @Test func `the same rules in any order yield the same bytes, sorted by path`() {
    let reversed = SiteFixture.files(for: SampleRules.all.reversed())
    #expect(reversed == Self.files)
    #expect(Self.files.map(\.path) == Self.files.map(\.path).sorted())
    #expect(Set(Self.files.map(\.path)).count == Self.files.count)
  }

  @Test func `every link and anchor of the sample site leads somewhere`() {
    #expect(LinkChecker.failures(in: Self.files) == [])
  }

  @Test func `the inputs inside the program are those of the repository`() throws {
    let folder = try Repository.siteInputs()
    let embedded = SiteInputs.embedded
    #expect(embedded.assets.sorted { $0.path < $1.path } == folder.assets)
    #expect(embedded.habits == folder.habits)
    #expect(embedded.about == folder.about)
  }

  @Test func `a site without rules is still whole`() {
    #expect(LinkChecker.failures(in: SiteFixture.files(for: [])) == [])
  }

  @Test func `our codes and foreign codes have pages that lead to the rule`() throws {
    for code in ["AR101", "ASYNC251", "S7499"] {
      let page = try #require(SiteFixture.page("\(code)/index.html", of: Self.files))
      #expect(page.contains("content=\"0; url=../rules/blocking-sleep.html\""))
    }
  }

  @Test func `a foreign code of several rules leads to a choice`() throws {
    var second = SampleRules.minimal.rule
    second.aliases = [RuleAlias(tool: "ruff", rule: "ASYNC251", relation: .overlaps)]
    let files = SiteFixture.files(for: [SampleRules.sleep, VerifiedRule(stating: second)])
    let page = try #require(SiteFixture.page("ASYNC251/index.html", of: files))
    #expect(!page.contains("http-equiv=\"refresh\""))
    #expect(page.contains("blocking-sleep.html") && page.contains("unawaited-coroutine.html"))
  }

  @Test func `no page loads anything from elsewhere or runs anything inline`() {
    for file in Self.files where file.path.hasSuffix(".html") && file.path != "asyncrules.html" {
      let page = String(decoding: file.bytes, as: UTF8.self)
      #expect(!page.contains(" style=") && !page.contains("<style"))
      #expect(!page.contains(" onclick=") && !page.contains("src=\"http"))
      for script in page.split(separator: "<script").dropFirst() {
        #expect(script.contains(/^\ssrc="[^"]+"( defer)?><\/script>/), "\(file.path)")
      }
    }
  }

  @Test func `lines between vertical bars are a table`() throws {
    let rule = SampleRules.rule(
      code: "AR999", name: "table", title: "Table",
      prose: "| client | `limit` |\n|---|---|\n| httpx | 100 |", python: "f(1234)\n")
    let page = try #require(
      SiteFixture.page("rules/table.html", of: SiteFixture.files(for: [rule])))
    #expect(
      page.contains("<th scope=\"col\">client</th><th scope=\"col\"><code>limit</code></th>"))
    #expect(page.contains("<tr><td>httpx</td><td>100</td></tr>"))
  }

  @Test func `a report link is there only with a repository`() throws {
    let with = try #require(SiteFixture.page("rules/blocking-sleep.html", of: Self.files))
    let files = SiteFixture.files(options: SiteOptions(version: "1.2.3"))
    let without = try #require(SiteFixture.page("rules/blocking-sleep.html", of: files))
    #expect(with.contains("https://example.org/asyncrules/issues/new?title=AR101%3A%20false%20"))
    #expect(!without.contains("false positive"))
  }

  @Test func `the marks of a finding stand exactly around its span, in characters of any width`()
    throws
  {
    let page = try #require(SiteFixture.page("rules/blocking-sleep.html", of: Self.files))
    let marks = page.matches(of: /<mark [^>]*>(.*?)<\/mark>/).map { Self.text(of: $0.1) }
    #expect(marks == ["time.sleep(1)", "time.sleep(0.5)"])
  }

  @Test func `a finding over several lines is marked on each of them`() throws {
    let code = "f(\n  1,\n)\n"
    var rule = SampleRules.minimal.rule
    rule.examples[0].files[0].text = code
    rule.examples[0].files[0].expectations[0].end = TextPosition(line: 3, column: 2)
    let files = SiteFixture.files(for: [VerifiedRule(stating: rule)])
    let page = try #require(SiteFixture.page("rules/unawaited-coroutine.html", of: files))
    let marks = page.matches(of: /<mark [^>]*>(.*?)<\/mark>/).map { Self.text(of: $0.1) }
    #expect(marks == ["f(", "  1,", ")"])
  }

  @Test func `the fix is shown as the tool's own difference`() throws {
    let page = try #require(SiteFixture.page("rules/blocking-sleep.html", of: Self.files))
    let rows = page.matches(of: /<(del|ins)>(.*?)<\/(del|ins)>/)
      .map { Self.text(of: $0.2) }
    #expect(
      rows == [
        "-    time.sleep(1)", "-    é = \"naïve\"; time.sleep(0.5)",
        "+    await asyncio.sleep(1)", "+    é = \"naïve\"; await asyncio.sleep(0.5)",
      ])
  }

  /// The text without tags and escapes.
  private static func text(of html: Substring) -> String {
    String(html.replacing(/<[^>]*>/, with: "")).replacing("&quot;", with: "\"")
      .replacing("&lt;", with: "<").replacing("&amp;", with: "&")
  }
}
