import Foundation
import Publisher
import TestSupport
import Testing

/// Pages made of Markdown that nobody would write, but that a rule file may hold.
@Suite struct MarkdownTortureTests {
  private static let count = 150

  @Test(.enabled(if: Tool("mandoc") != nil, "mandoc is not installed"))
  func `whatever is nested in whatever, mandoc and groff have nothing to say`() throws {
    let seed = ProcessInfo.processInfo.environment["TORTURE_SEED"].flatMap { UInt64($0) }
    var generator = MarkdownGenerator(seed: seed ?? 20_261_123)
    let folder = try TemporaryFolder()
    var paths: [String] = []
    for number in 0..<Self.count {
      let text = generator.document()
      let rule = SampleRules.rule(
        code: "AR999", name: "torture", title: "Torture", prose: text, python: "fetch()\n")
      let files = ManualPublisher.files(
        for: [rule], command: SampleCommand.command, formatGuide: text, version: "0.1.0",
        date: ReleaseDate("2026-11-23")!)
      for file in files where file.path.hasSuffix("torture.7") || file.path.hasSuffix(".5") {
        let path = "\(number)-\(file.path.split(separator: "/")[1])"
        try folder.write(file.bytes, to: path)
        paths.append(path)
      }
    }
    let mandoc = try #require(Tool("mandoc"))
    let lint = try mandoc.run(["-T", "lint", "-W", "warning"] + paths, in: folder.url)
    #expect(lint.output == "")
    guard let groff = Tool("groff") else { return }
    let warnings = try groff.run(["-ww", "-mandoc", "-T", "utf8", "-z"] + paths, in: folder.url)
    #expect(warnings.output == "")
  }

  @Test func `a page for the terminal has escape sequences only in colour`() {
    var generator = MarkdownGenerator(seed: 7)
    for _ in 0..<Self.count {
      let rule = SampleRules.rule(
        code: "AR999", name: "torture", title: "Torture", prose: generator.document(),
        python: "fetch()\n")
      for color in [false, true] {
        let text = TerminalPage.text(
          for: rule, among: RuleNames([]), width: 60, color: color)
        #expect(!text.isEmpty)
        #expect(color || !text.contains("\u{1B}"))
      }
    }
  }
}

/// Makes Markdown at random, the same from the same seed.
private struct MarkdownGenerator {
  private var state: UInt64

  private static let words = [
    "word", "Sentence.", "`code`", "`.de`", "*emphasis*", "**strong words**",
    "[a link](https://e.org/x_y)",
    "[rule](rule:none)", "(`x`)", "`a`s", "e.g.", "\\\\", "'quoted'", "\"", ".", ",", "`Ql`", "Ns",
    "`a b`, `c`.", "**`bold code`**", "*a `b` c*", "...", "—", "é", "`\\\\n`",
    "[`code`](https://e.org)",
    "end  \nbreak", "\\*star", "`-`", "--", "%T", ".Sh", "`'`", "[.](https://e.org)", "|", "*;*",
  ]

  init(seed: UInt64) { state = seed }

  private mutating func below(_ bound: Int) -> Int {
    // SplitMix64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(bound))
  }

  mutating func document() -> String {
    (0...below(5)).map { _ in block(depth: 0) }.joined(separator: "\n\n")
  }

  private mutating func block(depth: Int) -> String {
    // Deeper, columns are so narrow that a formatter rightly finds no place to break a line.
    switch below(depth > 2 ? 3 : 8) {
    case 0, 1: return paragraph()
    case 2: return "```\n" + [".code", "'x\n\n\ty ", "\\fB", "", " \n"][below(5)] + "\n```"
    case 3: return list("- ", depth: depth)
    case 4: return list("1. ", depth: depth)
    case 5:
      return set(block(depth: depth + 1) + "\n\n" + block(depth: depth + 1), behind: "> ", "> ")
    case 6: return depth == 0 ? "### \(paragraph())" : paragraph()
    default: return "- `term`: \(paragraph())\n- `other`, `another`:\n  \(paragraph())"
    }
  }

  private mutating func paragraph() -> String {
    var text = "Word"
    var isGlued = false
    for _ in 0...below(12) {
      let separator = isGlued ? " " : [" ", " ", "\n", ""][below(4)]
      isGlued = separator.isEmpty
      text += separator + Self.words[below(Self.words.count)]
    }
    return text.replacing("\n\n", with: "\n")
  }

  private mutating func list(_ mark: String, depth: Int) -> String {
    let separator = below(2) == 0 ? "\n" : "\n\n"
    return (0...below(3)).map { _ in
      let blocks = (0...below(2)).map { _ in block(depth: depth + 1) }
      return set(
        blocks.joined(separator: "\n\n"), behind: mark,
        String(repeating: " ", count: mark.count))
    }.joined(separator: separator)
  }

  private func set(_ text: String, behind first: String, _ others: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
      (index == 0 ? first : others) + line
    }.joined(separator: "\n")
  }
}
