import RuleBase
import Testing

@Suite("Hostile rule files")
struct HostileFilesTests {
  @Test(
    arguments: [
      ("- ", 3_000, "x"), ("[", 100_000, "x"), ("{a: ", 5_000, "x"), ("- [", 2_000, "x"),
      ("? ", 5_000, "x"),
      ("'", 1, String(repeating: "x", count: 1_000_000)),
    ])
  func `deep or long front matter is an error and no overflow`(
    opening: String, count: Int, end: String,
  ) {
    let yaml = String(repeating: opening, count: count) + end
    let text = Fixture.valid.replacing("tags: [blocking]", with: "tags:\n  " + yaml)
    let (base, errors) = load(text)
    #expect(base == nil && !errors.isEmpty)
    for error in errors { #expect(error.description.count < 2_100_000) }
  }

  @Test func `an alias of an alias of an alias is not expanded`() {
    var yaml = "tags:\n  - &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let alias = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      yaml += "  - &a\(level) [\(alias)]\n"
    }
    let (base, errors) = load(Fixture.valid.replacing("tags: [blocking]\n", with: yaml))
    #expect(base == nil && errors.contains { $0.description.contains("aliases") })
  }

  @Test func `an alias that stands for little is read as what it stands for`() {
    let symptoms = "symptoms:\n  - \"Executing <Task> took 0.3 seconds\"\n"
    let text = Fixture.valid.replacing(symptoms, with: "symptoms: &some [x, y]\n")
      .replacing("tags: [blocking]\n", with: "tags: *some\n")
    let (base, _) = load(text)
    #expect(base?.rule(named: "blocking-demo").first?.tags == ["x", "y"])
  }

  @Test func `every shortened file gives errors and no trap`() {
    let text = Fixture.valid
    for count in stride(from: 0, to: text.count - 8, by: 7) {
      let (base, errors) = load(String(text.prefix(count)))
      #expect(base == nil || !errors.isEmpty)
    }
  }

  @Test func `changed files give errors or rules and no trap`() {
    let pieces = [
      "\n", "---\n", "```", "#", "#@ ", "^", "..", "+", "{", "}", "[", "]", "'", "\"", ":", " ",
      "|",
      "&", "*", "!", "%", "\t", "é", "## ", "### ", "- ", "> ", "=", "(", ")", "`", "rule:",
      "AR101",
      "99999999999999999999", "\u{202E}", "<b>",
    ]
    var generator = SeededGenerator(seed: 0xF00D)
    let valid = Array(Fixture.valid)
    for _ in 0..<400 {
      var text = valid
      for _ in 0..<Int.random(in: 1...5, using: &generator) {
        let start = Int.random(in: text.indices, using: &generator)
        let end = min(text.count, start + Int.random(in: 0...12, using: &generator))
        text.replaceSubrange(start..<end, with: pieces.randomElement(using: &generator)!)
      }
      let (base, errors) = load(String(text))
      #expect(base != nil || !errors.isEmpty)
      #expect(errors == errors.sorted())
    }
  }

  private func load(_ text: String) -> (RuleBase?, [RuleFileError]) {
    RuleBase.load(
      files: [("blocking/blocking-demo.md", text), Fixture.other], checks: Fixture.checks)
  }
}
