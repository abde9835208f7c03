import AsyncChecks
import Foundation
import Publisher
import Testing
import Verifier

@testable import RuleBase

/// Texts that try to break out of where they stand.
private let attacks = [
  "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
  "</code></pre><svg onload=alert(1)>", "</title><script>alert(1)</script>", "<!--", "-->",
  "]]>", "&lt;script&gt;", "&#60;script&#62;", "javascript:alert(1)", "`</code><b>`",
  "[link](javascript:alert(1))", "[link](JaVaScRiPt:alert(1))", "[link](java\tscript:alert(1))",
  "[link](data:text/html,<script>alert(1)</script>)", "[link](vbscript:x)",
  "[link](//evil.example/x)", "[link](/etc/passwd)", "[link](rule:\"><script>)",
  "<https://ok.example/\"onclick=alert(1)>", "a\u{0}b", "a\u{1B}[31mb", "\u{202E}txt.exe\u{202C}",
  "\u{2066}x\u{2069}", "\u{FEFF}", "\u{9B}31m", "\u{2028}\u{2029}", "${alert(1)}",
  "{{constructor}}",
]

@Suite struct HostileSiteTests {
  /// A rule with an attack in every field that holds text of its author.
  private static func rule(_ attack: String) -> VerifiedRule {
    var rule = SampleRules.rule(
      code: "AR101", name: "evil", title: attack, prose: attack, python: "x = 1  # \(attack)\n"
    ).rule
    rule.group = attack
    rule.path = attack
    rule.since = attack
    rule.symptoms = [attack]
    rule.tags = [attack]
    rule.aliases = [RuleAlias(tool: attack, rule: attack, relation: .same)]
    rule.references = [
      RuleReference(title: attack, url: attack),
      RuleReference(title: attack, url: "https://example.org/" + attack),
    ]
    rule.related = [attack, "evil"]
    rule.callables = [
      RuleCallable(
        name: "m." + attack, role: .blocking,
        replacements: [RuleReplacement(dialect: .asyncio, text: attack)], isDropIn: false,
        returns: attack, unless: [attack], argument: 0, note: attack)
    ]
    rule.examples[0].id = attack
    rule.examples[0].caption = attack
    rule.examples[0].files[0].path = attack
    rule.examples[0].files[0].fixed = "y = 2  # \(attack)\n"
    rule.sections.append(
      RuleSection(
        kind: .howToFix,
        blocks: [
          .heading(text: attack, anchor: attack, framework: .trio, line: 1),
          .prose(markdown: "```\(attack)\n\(attack)\n```\n", line: 2),
          .heading(text: attack + "2", anchor: attack + "2", framework: .asyncio, line: 3),
        ]))
    return VerifiedRule(stating: rule)
  }

  @Test(arguments: attacks)
  func `nothing that an author writes becomes active`(attack: String) throws {
    let files = SiteFixture.files(for: [Self.rule(attack)])
    let allowed: Set = [
      "a", "article", "aside", "b", "body", "br", "button", "circle", "code", "dd", "del", "div",
      "dl",
      "dt", "em", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "head",
      "header", "html", "i", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "mark",
      "meta", "nav", "noscript", "ol", "option", "p", "path", "pre", "samp", "script", "section",
      "select",
      "small", "span", "strong", "svg", "table", "tbody", "td", "textarea", "th", "thead", "time",
      "title",
      "tr", "ul", "wbr",
    ]
    for file in files where file.path.hasSuffix(".html") {
      let page = String(decoding: file.bytes, as: UTF8.self)
      for match in page.matches(of: /<\/?([^ >]*)([^>]*)>/) {
        let name = String(match.1).lowercased()
        guard name != "!doctype" else { continue }
        let isBundleStyle = name == "style" && file.path == "asyncrules.html"
        #expect(allowed.contains(name) || isBundleStyle, "<\(name)> in \(file.path)")
        // Attributes are names with values in double quotes, and nothing else.
        let rest = match.2.replacing(/\s[a-zA-Z-]+="[^"<]*"/, with: "")
          .replacing(/\s(hidden|checked|defer)/, with: "").replacing("/", with: "")
        #expect(rest.allSatisfy { $0.isWhitespace }, "\(match.0) in \(file.path)")
        #expect(!match.2.contains(/\son[a-z]+="/), "\(match.0) in \(file.path)")
      }
      let deceptive = page.unicodeScalars.filter {
        (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
          || ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || (0x7F...0x9F).contains($0.value)
      }
      #expect(deceptive.isEmpty, "\(file.path)")
    }
    let failures = LinkChecker.failures(in: files)
    #expect(!failures.contains { $0.problem == .forbiddenScheme })
    #expect(!failures.contains { $0.problem == .outsideSite })
    #expect(!failures.contains { $0.problem == .externalResource })
  }

  @Test(arguments: attacks)
  func `the search data is one literal whatever rules contain`(attack: String) throws {
    let files = SiteFixture.files(for: [Self.rule(attack)])
    let script = try #require(files.first { $0.path.hasPrefix("assets/search.") })
    let text = String(decoding: script.bytes, as: UTF8.self)
    #expect(!text.contains("<"))
    let json = text.dropFirst("window.asyncrulesSearch = ".count).dropLast(2)
    let records = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(records.count == 1)
    #expect(records[0]["code"] as? String == "AR101")
  }

  @Test func `paths never leave the folder`() {
    for attack in attacks + ["../../up", "..", ".hidden", "a/../../b", "rules", "assets", "RULES"] {
      for file in SiteFixture.files(for: [Self.rule(attack)]) {
        #expect(!file.path.hasPrefix("/") && !file.path.contains(".."), "\(file.path)")
        let isPlain = file.path.allSatisfy { $0.isLetter || $0.isNumber || "/-_.".contains($0) }
        #expect(isPlain, "\(file.path)")
      }
    }
  }

  @Test func `characters that turn the direction of code are shown by their numbers`() throws {
    let files = SiteFixture.files(for: [Self.rule("\u{202E}x\u{2066}")])
    let page = try #require(SiteFixture.page("rules/evil.html", of: files))
    #expect(page.contains("<span class=\"hidden-character\">U+202E</span>"))
    #expect(page.contains("<span class=\"hidden-character\">U+2066</span>"))
  }

  @Test func `text is escaped in interpolation and markup only where it is said`() {
    let text = "<a b=\"c\" d='e'>&"
    let html: HTML = "<p title=\"\(text)\">\(text)\(raw: "<br>")</p>"
    let escaped = "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;"
    #expect(html.text == "<p title=\"\(escaped)\">\(escaped)<br></p>")
  }

  @Test(arguments: [
    "javascript:x", "JAVASCRIPT:x", " javascript:x", "data:text/html,x", "vbscript:x", "file:///x",
    "https:evil", "", "https://a b", "ht\ntps://x",
  ])
  func `an address that is not of the web is no link`(address: String) {
    #expect(SafeLink(address: address) == nil)
  }
}
