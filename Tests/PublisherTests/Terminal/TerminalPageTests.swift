import Publisher
import RuleBase
import TestSupport
import Testing
import Verifier

@Suite struct TerminalPageTests {
  private static let names = RuleNames(SampleRules.all.map(\.rule))

  private static func text(width: Int = 80, color: Bool = false) -> String {
    TerminalPage.text(for: SampleRules.sleep, among: names, width: width, color: color)
  }

  @Test func `a page is as it was approved`() {
    Golden.expect(Self.text(), equals: "blocking-sleep.txt")
  }

  @Test func `a page in colour is as it was approved`() {
    Golden.expect(Self.text(color: true), equals: "blocking-sleep.ansi.txt")
  }

  @Test func `colour adds escape sequences and takes the quotes of code away`() {
    let plain = Self.text(width: 100).filter { !$0.isWhitespace && $0 != "`" }
    let colored = Self.withoutSequences(Self.text(width: 100, color: true))
      .filter { !$0.isWhitespace && $0 != "`" }
    #expect(plain == colored)
  }

  @Test(arguments: [40, 60, 80, 100])
  func `running text keeps to the width`(width: Int) {
    let rule = SampleRules.rule(
      code: "AR999", name: "long", title: "Long", prose: String(repeating: "words ", count: 100),
      python: "fetch()\n")
    let text = TerminalPage.text(for: rule, among: Self.names, width: width, color: false)
    let prose = text.split(separator: "\n").filter {
      $0.hasPrefix("    words") && $0.allSatisfy { "words ".contains($0) }
    }
    #expect(!prose.isEmpty)
    #expect(prose.allSatisfy { $0.displayWidth <= width })
  }

  @Test func `long code is broken at its spaces, short code is not`() {
    let rule = SampleRules.rule(
      code: "AR999", name: "long", title: "Long",
      prose: "Words words words words words `short code here` and "
        + "`\(String(repeating: "long ", count: 20))code`.",
      python: "fetch()\n")
    let text = TerminalPage.text(for: rule, among: Self.names, width: 40, color: false)
    #expect(text.contains("`short code here`"))
    #expect(text.contains("\n    long long long long long long long\n"))
  }

  @Test func `nothing from a rule can steer the terminal`() {
    let evil = "\u{1B}]0;title\u{7} \u{202E}txt\u{202C} \u{9B}31m"
    let rule = SampleRules.rule(
      code: "AR999", name: "evil", title: evil, prose: evil, python: "x = '\(evil)'\n")
    let text = TerminalPage.text(for: rule, among: Self.names, width: 80, color: false)
    let categories = text.unicodeScalars.filter { $0 != "\n" }.map(\.properties.generalCategory)
    #expect(!categories.contains(.control))
    #expect(!categories.contains(.format))
    #expect(text.contains("<U+001B>]0;title<U+0007>"))
    #expect(text.contains("<U+202E>txt"))
  }

  @Test func `a rule that was not verified shows what its file states`() {
    let stated = TerminalPage.text(
      for: SampleRules.sleep.rule, among: Self.names, width: 80, color: false)
    #expect(stated.contains("error[AR101]: `time.sleep` blocks the event loop"))
    #expect(stated.contains("+    await asyncio.sleep(1)"))
  }

  private static func withoutSequences(_ text: String) -> String {
    var result = ""
    var isSequence = false
    for character in text {
      if character == "\u{1B}" {
        isSequence = true
      } else if isSequence {
        isSequence = character != "m"
      } else {
        result.append(character)
      }
    }
    return result
  }
}
