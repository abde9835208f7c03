import Foundation
@testable import RuleBase
import TestSupport
import Testing

/// Translations: what is shown, what goes out of date, and what is an error.
@Suite struct TranslationTests {
  private static let path = "translations/ja/blocking/blocking-demo.md"
  /// As a translator writes it, before it is accepted.
  private static let draft =
    (try? String(
      contentsOfFile: Repository.fixtures(of: "RuleBaseTests") + "/valid.ja.md", encoding: .utf8))
    ?? ""

  private static func load(
    _ translation: String, rule: String = Fixture.valid, at path: String = path,
  ) -> (RuleBase?, [RuleFileError]) {
    RuleBase.load(
      files: [("blocking/blocking-demo.md", rule), Fixture.other, (path, translation)],
      checks: Fixture.checks)
  }

  private static func rule(
    _ translation: String, rule: String = Fixture.valid,
  ) throws -> Rule {
    let (base, errors) = load(translation, rule: rule)
    #expect(errors.isEmpty, "\(errors)")
    return try #require(base?.rule(named: "blocking-demo").first)
  }

  /// The draft with the digests of the English it was written for; the note is filled in.
  private static func accepted() throws -> String {
    let rule = try rule(draft)
    let note = try #require(
      rule.translatable.compactMap { text -> String? in
        if case .note(let digest) = text.unit { digest } else { nil }
      }.first)
    let text = draft.replacing(
      "\n---\n\n## What", with: "\nnotes:\n  \(note): すぐに戻ります。\n---\n\n## What")
    let noted = try Self.rule(text)
    let translation = try #require(noted.translation(to: .japanese))
    return TranslationSkeleton.accepting(translation, of: noted)
  }

  private static func gaps(_ translation: String, rule: String = Fixture.valid) throws -> [String] {
    TranslationStanding(of: try Self.rule(translation, rule: rule), in: .japanese).gaps
      .map { "\($0.unit): \($0.gap)" }
  }

  @Test func `what does not agree is told again until it is mended`() throws {
    let wrong = try Self.accepted().replacing("{call}", with: "{name}")
    var cache = RuleFileCache()
    func errors(_ translation: String) -> [RuleFileError] {
      let files = [
        (path: "blocking/blocking-demo.md", text: Fixture.valid), Fixture.other,
        (path: Self.path, text: translation),
      ]
      return cache.load(files: files, root: "Rules", checks: Fixture.checks).1
    }
    #expect(!errors(wrong).isEmpty)
    #expect(!errors(wrong).isEmpty)
    #expect(errors(try Self.accepted()).isEmpty)
  }

  @Test func `how a text is broken into lines does not change its digest`() {
    let digest = TextDigest.of("one two three")
    for text in ["one\ntwo\r\n three\n", " one\t\u{a0}two\u{3000}three", "one two\u{2028}three"] {
      #expect(TextDigest.of(text) == digest)
    }
    #expect(TextDigest.of("onetwo three") != digest)
    #expect(TextDigest.of(" ") == TextDigest.of(""))
  }

  @Test func `control characters of a text are escaped in the skeleton and read back`() throws {
    let title = "title: \"Bell \\u0007 and \\u202e turned \\u001b[31m\""
    let english = Fixture.valid.replacing("title: Demonstration of a blocking call", with: title)
    let (base, _) = RuleBase.load(
      files: [("blocking/blocking-demo.md", english), Fixture.other], checks: Fixture.checks)
    let rule = try #require(base?.rule(named: "blocking-demo").first)
    let skeleton = TranslationSkeleton.text(for: rule)
    #expect(skeleton.contains(title))
    #expect(try Self.rule(skeleton, rule: english).translation(to: .japanese) != nil)
  }

  @Test func `an accepted translation is complete`() throws {
    let standing = TranslationStanding(of: try Self.rule(try Self.accepted()), in: .japanese)
    #expect(standing.gaps.map(\.unit.description) == [])
    #expect(standing.isComplete)
    #expect(standing.unitCount > 10)
  }

  @Test func `without digests nothing counts as translated`() throws {
    let standing = TranslationStanding(of: try Self.rule(Self.draft), in: .japanese)
    #expect(standing.gaps.count == standing.unitCount)
  }

  @Test func `a localized rule has the words of the translation and the code of the rule`() throws {
    let english = try Self.rule(try Self.accepted())
    let rule = english.localized(in: .japanese)
    #expect(rule.title == "ブロックする呼び出しの実演")
    #expect(rule.examples.map(\.caption)[0] == "呼び出しがブロックします。")
    #expect(rule.callables.compactMap(\.note) == ["すぐに戻ります。", "すぐに戻ります。"])
    #expect(
      rule.examples.map { $0.files.map(\.text) } == english.examples.map { $0.files.map(\.text) })
    #expect(rule.messages == english.messages)
    #expect(rule.messageTranslations["call"]?.hasPrefix("`{call}`は") == true)
    #expect(rule.untranslated.isEmpty)
    #expect(english.localized(in: .english).title == english.title)
  }

  @Test func `headings are translated and keep the anchors of the English`() throws {
    let rule = try Self.rule(try Self.accepted()).localized(in: .japanese)
    let cures = try #require(rule.sections.first { $0.kind == .howToFix })
    var found: [String] = []
    for case .heading(let text, let anchor, let framework, _) in cures.blocks {
      found.append("\(text) \(anchor) \(framework?.rawValue ?? "-")")
    }
    #expect(found == ["asyncio asyncio asyncio", "そのほか elsewhere -"])
  }

  @Test func `fences of a section are named and come from the English`() throws {
    let english = Fixture.valid.replacing(
      "The loop stands still.", with: "It prints\n\n```text\nstanding\n```\n\nand stands still.")
    let draft = Self.draft.replacing("ループが止まります。", with: "表示するのは\n\n{code 1}\n\nで、止まります。")
    let unkeyed = try Self.rule(draft, rule: english)
    let translation = try #require(unkeyed.translation(to: .japanese))
    let text = TranslationSkeleton.accepting(translation, of: unkeyed)
    let rule = try Self.rule(text, rule: english).localized(in: .japanese)
    let section = try #require(rule.sections.first { $0.kind == .whyItMatters })
    guard case .prose(let markdown, _) = section.blocks[0] else { return }
    #expect(markdown == "表示するのは\n\n```text\nstanding\n```\n\nで、止まります。")
    let (_, errors) = Self.load(text.replacing("{code 1}", with: "{code 2}"), rule: english)
    #expect(errors.map(\.description).joined().contains("wanted each of 1 to 1 once"))
  }

  @Test(arguments: [
    ("Demonstration of a", "Show of a", ["title: outdated"]),
    ("which blocks the event loop.", "which stalls it.", ["summary: outdated"]),
    ("The loop stands still.", "The loop rests.", ["section 'Why it matters': outdated"]),
    ("The call blocks.", "It blocks.", ["caption of 'blocks': outdated"]),
    ("note: Returns at once.", "note: Returns.", ["note '*': missing"]),
    ("Await it.", "Await that.", ["section 'How to fix it': outdated"]),
    ("### Elsewhere", "### Otherwise", ["section 'How to fix it': outdated"]),
  ])
  func `a change of the English makes that text outdated, and it is shown in English`(
    old: String, new: String, wanted: [String],
  ) throws {
    let english = Fixture.valid.replacing(old, with: new)
    let found = try Self.gaps(try Self.accepted(), rule: english).map { gap in
      gap.hasPrefix("note '") ? "note '*': " + gap.split(separator: " ").last! : gap
    }
    #expect(found == wanted)
    let rule = try Self.rule(try Self.accepted(), rule: english).localized(in: .japanese)
    #expect(rule.untranslated.count == 1)
  }

  @Test func `how the English is broken into lines and what its code says does not matter`() throws
  {
    let english = Fixture.valid.replacing("The loop stands still.", with: "The loop\nstands still.")
      .replacing("import demo\n\nprint(demo.block)", with: "import demo\n\n\nprint(demo.block)")
    #expect(try Self.gaps(try Self.accepted(), rule: english) == [])
  }

  @Test func `a message may begin with a placeholder`() throws {
    let english = Fixture.valid.replacing("call: \"`{call}` blocks", with: "call: \"{call} blocks")
      .replacing("AR101 `demo.block` blocks", with: "AR101 demo.block blocks")
    let draft = Self.draft.replacing("\"`{call}`は", with: "\"{call}は")
    let unkeyed = try Self.rule(draft, rule: english)
    let translation = try #require(unkeyed.translation(to: .japanese))
    let text = TranslationSkeleton.accepting(translation, of: unkeyed)
    #expect(
      try Self.rule(text, rule: english).localized(in: .japanese).messageTranslations.count == 1)
  }

  @Test func `an example that the rule gets or loses is no error`() throws {
    let added = Fixture.valid.replacing(
      "## How to fix it",
      with: "Waits too.\n\n```python good id=waits-too\nimport demo\n```\n\n## How to fix it")
    #expect(try Self.gaps(try Self.accepted(), rule: added) == ["caption of 'waits-too': missing"])
    let renamed = Fixture.valid.replacing("id=named", with: "id=only-named")
    let standing = TranslationStanding(
      of: try Self.rule(try Self.accepted(), rule: renamed), in: .japanese)
    #expect(standing.gaps.map(\.unit.description) == ["caption of 'only-named'"])
    #expect(standing.leftovers.map(\.unit.description) == ["caption of 'named'"])
  }

  @Test func `a skeleton loads, is keyed to the English and counts as not translated`() throws {
    let (base, _) = RuleBase.load(
      files: [("blocking/blocking-demo.md", Fixture.valid), Fixture.other], checks: Fixture.checks)
    let rule = try #require(base?.rule(named: "blocking-demo").first)
    let standing = TranslationStanding(
      of: try Self.rule(TranslationSkeleton.text(for: rule)), in: .japanese)
    #expect(standing.gaps.count == standing.unitCount)
    #expect(standing.gaps.allSatisfy { $0.gap == .missing })
    #expect(standing.leftovers.isEmpty)
  }

  @Test(arguments: [
    ("{blocks ", "{block ", "has {block}, {two-files}"),
    ("rule:other-demo#blocks", "rule:third-demo", "link 'rule:third-demo', which the English"),
    (
      "`{call}`は", "`{name}`は",
      "message 'call' has {name}, {replacement}; wanted {call}, {replacement}"
    ),
    ("### そのほか\n", "そのほか\n", "section 'How to fix it' has ###; wanted ###, ###"),
    (
      "## Near misses", "## Near mises", "unknown section 'Near mises'; did you mean 'Near misses'?"
    ),
    ("ありません。", "<b>ありません。</b>", "HTML"),
    ("title: ", "titel: ", "unknown key 'titel'; did you mean 'title'?"),
    ("## What it does {", "## What it does {x", "digest '{x"),
  ])
  func `a mistake of the translator is told with its file and line`(
    old: String, new: String, wanted: String,
  ) throws {
    // Words between examples, so that the section is keyed to its outline.
    let english = Fixture.valid.replacing("Two files.", with: "Words.\n\nTwo files.")
    let draft = Self.draft.replacing("2つのファイルです。", with: "言葉です。\n\n2つのファイルです。")
    let unkeyed = try Self.rule(draft, rule: english)
    let translation = try #require(unkeyed.translation(to: .japanese))
    let text = TranslationSkeleton.accepting(translation, of: unkeyed)
    let (_, errors) = Self.load(text.replacing(old, with: new), rule: english)
    let error = try #require(errors.first { $0.description.contains(wanted) }, "\(errors)")
    #expect(error.file == "Rules/" + Self.path)
    #expect(error.line != nil)
  }

  @Test(arguments: [
    "translations/ja/blocking-demo.md", "translations/de/blocking/blocking-demo.md",
    "translations/en/blocking/blocking-demo.md", "translations/blocking-demo.md",
  ])
  func `a misplaced translation is an error`(path: String) {
    let (base, errors) = Self.load(Self.draft, at: path)
    #expect(base == nil)
    #expect(
      errors.map(\.description) == [
        "Rules/\(path): misplaced; wanted "
          + "translations/<language>/<group>/<name>.md, the language one of ja"
      ])
  }

  @Test func `the translation of a rule that is not there is kept apart`() throws {
    let (base, errors) = Self.load(Self.draft, at: "translations/ja/blocking/gone.md")
    #expect(errors.isEmpty)
    #expect(base?.strayTranslations.map(\.rulePath) == ["blocking/gone.md"])
  }

  @Test func `rules put over others leave the translations of the others`() throws {
    let (base, _) = Self.load(try Self.accepted())
    let new = Fixture.valid.replacing("AR101", with: "AR109").replacing(
      "blocking-demo", with: "new-demo"
    )
    .replacing("demo.", with: "newer.").replacing(
      "related: [other-demo]", with: "related: [blocking-demo]"
    )
    .replacing("rule:other-demo", with: "rule:blocking-demo")
    let (merged, errors) = RuleBase.load(
      files: [("blocking/new-demo.md", new)], over: base, checks: Fixture.checks)
    #expect(errors.isEmpty, "\(errors)")
    #expect(merged?.rule(named: "blocking-demo").first?.translation(to: .japanese) != nil)
    #expect(merged?.rule(named: "new-demo").first?.translation(to: .japanese) == nil)
  }

  @Test func `lines of Japanese are joined without spaces, others with`() throws {
    let markdown = try Markdown(parsing: "一行目です。\n二行目の\n`code`は\ncodeの後。\n`await`する")
    guard case .paragraph(let inlines) = markdown.blocks[0] else { return }
    #expect(
      inlines == [
        .text("一行目です。二行目の"), .softBreak, .code("code"), .text("は"), .softBreak,
        .text("codeの後。"), .code("await"), .text("する"),
      ])
  }
}

/// The language that a reader's environment asks for.
@Suite struct LanguageTests {
  @Test(arguments: [
    ([:], Language.english),
    (["LANG": "ja_JP.UTF-8"], .japanese),
    (["LANG": "ja"], .japanese),
    (["LANG": "de_DE.UTF-8"], .english),
    (["LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"], .english),
    (["LANG": "en_GB.UTF-8", "LC_MESSAGES": "ja_JP.eucJP"], .japanese),
    (["LANG": "ja_JP.UTF-8", "LC_ALL": "C"], .english),
    (["LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"], .japanese),
    (["LANG": "ja_JP.UTF-8", "LC_ALL": ""], .japanese),
    (["LANG": "de_DE.UTF-8", "LANGUAGE": "fr:ja:en"], .japanese),
    (["LANG": "ja_JP.UTF-8", "LANGUAGE": "en"], .english),
    (["LANG": "C.UTF-8", "LANGUAGE": "ja"], .english),
    (["LANG": "jam_JM"], .english),
  ])
  func `variables are read in the order of POSIX and GNU`(
    environment: [String: String], wanted: Language,
  ) {
    #expect(Language(environment: environment) == wanted)
  }
}
