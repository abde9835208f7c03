import Foundation
import Publisher
import Testing
import Verifier

@testable import RuleBase

/// Rules with more examples than a page has room for.
@Suite struct LongPageTests {
  private static let limit = 60 * 1024

  /// A rule with many examples of about 1.5 KB of page each, half of them near-misses.
  private static func rule(examples count: Int) -> VerifiedRule {
    var rule = SampleRules.minimal.rule
    let line = "value = compute(\"text\", 1, 2, 3)\n"
    let template = rule.examples[0]
    rule.examples = (0..<count).map { number in
      var example = template
      example.id = "example-\(number)"
      example.kind = number < count / 2 ? .bad : .nearMiss
      example.caption = "This is the example of number \(number), with `code`."
      example.files[0].text = "fetch()\n" + String(repeating: line, count: 16)
      if example.kind == .nearMiss { example.files[0].expectations = [] }
      return example
    }
    rule.sections = [
      RuleSection(
        kind: .whatItDoes,
        blocks: [.prose(markdown: "See [the last one](#example-\(count - 1)).", line: 1)]),
      RuleSection(kind: .examples, blocks: (0..<count / 2).map { .example($0) }),
      RuleSection(kind: .nearMisses, blocks: (count / 2..<count).map { .example($0) }),
    ]
    return VerifiedRule(stating: rule)
  }

  private static func pages(of rule: VerifiedRule) -> [String: String] {
    let files = SiteFixture.files(for: [rule])
    return Dictionary(
      files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `a rule of few examples has them all on its page`() throws {
    let pages = Self.pages(of: Self.rule(examples: 6))
    #expect(!pages.keys.contains { $0.contains(".examples") })
  }

  @Test(arguments: [30, 60, 90])
  func `no page of a rule is over the limit, and each example is on exactly one`(count: Int) throws
  {
    let pages = Self.pages(of: Self.rule(examples: count))
    let parts = pages.filter { $0.key.hasPrefix("rules/unawaited-coroutine.") }
      .filter { $0.key.hasSuffix(".html") }
    #expect(parts.count > 1)
    for (path, text) in parts { #expect(text.utf8.count < Self.limit, "\(path)") }
    for number in 0..<count {
      let figure = "id=\"example-\(number)\""
      let shown = parts.values.filter { page in
        page.contains("<figure class=\"example bad\" \(figure)")
          || page.contains("<figure class=\"example near-miss\" \(figure)")
      }
      #expect(shown.count == 1, "example \(number)")
      // Its anchor stays where links from elsewhere look for it.
      #expect(try #require(parts["rules/unawaited-coroutine.html"]).contains(figure))
    }
  }

  @Test func `what has moved leaves its caption and a link that leads to it`() throws {
    let rule = Self.rule(examples: 60)
    let pages = Self.pages(of: rule)
    let page = try #require(pages["rules/unawaited-coroutine.html"])
    #expect(page.contains("This is the example of number 29, with <code>code</code>."))
    #expect(
      page.contains(
        /<li id="example-29"><a href="[^"]*\/unawaited-coroutine\.examples(-\d)?\.html#example-29">/
      ))
    #expect(LinkChecker.failures(in: SiteFixture.files(for: [rule])) == [])
  }

  @Test func `the first examples of both kinds stay`() throws {
    let page = try #require(
      Self.pages(of: Self.rule(examples: 60))["rules/unawaited-coroutine.html"])
    for number in [0, 1, 2, 30, 31] {
      #expect(page.contains("id=\"example-\(number)\">\n<figcaption>"), "example \(number)")
    }
  }

  @Test func `the file with all rules and the twin hold every example`() throws {
    let pages = Self.pages(of: Self.rule(examples: 60))
    let bundle = try #require(pages["asyncrules.html"])
    for number in 0..<60 {
      #expect(bundle.contains("id=\"unawaited-coroutine.example-\(number)\">\n<figcaption>"))
    }
    let twin = try #require(pages["rules/unawaited-coroutine.md"])
    #expect(twin.contains("This is the example of number 59"))
  }

  @Test func `a preview makes the further pages too`() throws {
    let website = Website(
      rules: [Self.rule(examples: 60)],
      options: SiteOptions(version: "0.1.0", isPreview: true), inputs: SiteFixture.inputs)
    #expect(website.bytes(at: "rules/unawaited-coroutine.examples.html") != nil)
    #expect(website.bytes(at: "rules/unawaited-coroutine.examples-9.html") == nil)
    #expect(website.bytes(at: "rules/unawaited-coroutine.html") != nil)
  }
}
