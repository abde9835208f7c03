package import RuleBase

/// The pages of the program and of the rule file in another language.
///
/// What the English says is looked up by its own words, or keyed to a digest of them: a text that
/// has changed since it was translated is shown in English, and ``gaps(command:facts:guide:)``
/// names it.
package struct ManualTranslation: Sendable {
  package let language: Language
  /// The paragraphs of the program's page by the English ones.
  private let phrases: [String: String]
  /// The sections of the guide to rule files, each with the digest that ends its heading.
  private let guide: [GuideSection]

  /// Reads the two files of a language.
  ///
  /// - Parameters:
  ///   - phrases: English paragraphs as quotations, each with its translation below.
  ///   - guide: The guide with `{1a2b3c4d}` behind the headings of levels one and two.
  package init(language: Language, phrases: String, guide: String) {
    self.language = language
    var table: [String: String] = [:]
    var english: String?
    for line in phrases.split(separator: "\n") {
      if line.hasPrefix("> ") {
        english = String(line.dropFirst(2))
      } else if let key = english {
        table[key] = table[key].map { "\($0) \(line)" } ?? String(line)
      }
    }
    self.phrases = table
    self.guide = GuideSection.sections(of: guide)
  }

  /// The translations that the program holds.
  package static let embedded = Language.translated.compactMap { language in
    SiteInputs.embedded.manualTranslation(to: language)
  }

  /// A text of the option parser, paragraph by paragraph.
  func text(_ english: String) -> String {
    HelpText.paragraphs(english).map { phrases[$0] ?? $0 }.joined(separator: "\n\n")
  }

  /// The command with its texts in the language.
  func localized(_ command: CommandManual) -> CommandManual {
    var result = command
    result.abstract = text(command.abstract)
    result.discussion = text(command.discussion)
    result.arguments = command.arguments.map { argument in
      var result = argument
      result.abstract = text(argument.abstract)
      result.discussion = text(argument.discussion)
      result.values = argument.values.map { .init(name: $0.name, meaning: text($0.meaning)) }
      return result
    }
    result.subcommands = command.subcommands.map(localized)
    return result
  }

  /// The facts with their texts in the language; commands stay.
  func localized(_ facts: CommandFacts) -> CommandFacts {
    func localized(_ entries: [CommandFacts.Entry]) -> [CommandFacts.Entry] {
      entries.map { .init($0.term, text($0.meaning)) }
    }
    return CommandFacts(
      description: text(facts.description), exitStatuses: localized(facts.exitStatuses),
      environment: localized(facts.environment), files: localized(facts.files),
      examples: facts.examples.map { example in
        let words = Self.words(ofExample: example)
        return text(words) + example.dropFirst(words.count)
      })
  }

  /// What stands before the commands of an example.
  private static func words(ofExample example: String) -> String {
    String(example.prefix { $0 != "\n" })
  }

  /// The guide with every section whose English is still the one that was translated.
  func localized(guide english: String, outdated: String) -> String {
    GuideSection.sections(of: english).map { section in
      let digest = TextDigest.of(section.source)
      guard let translated = self.guide.first(where: { $0.digest == digest }) else {
        return section.heading + "\n\n" + outdated + "\n" + section.body
      }
      return translated.heading + "\n" + translated.body
    }.joined(separator: "\n") + "\n"
  }

  /// What is not translated, or not from the English as it is, and translations of nothing.
  package func gaps(
    command: CommandManual, facts: CommandFacts = .asyncrules, guide english: String,
  ) -> [String] {
    var wanted: [String] = []
    func add(_ text: String) { wanted += HelpText.paragraphs(text) }
    func add(_ command: CommandManual) {
      for text in [command.abstract, command.discussion] { add(text) }
      for argument in command.arguments {
        for text in [argument.abstract, argument.discussion] { add(text) }
        for value in argument.values { add(value.meaning) }
      }
      command.subcommands.forEach(add)
    }
    add(command)
    add(facts.description)
    for entry in facts.exitStatuses + facts.environment + facts.files { add(entry.meaning) }
    for example in facts.examples { add(Self.words(ofExample: example)) }
    let known = Set(wanted)
    let (phraseFile, guideFile) = Self.files(of: language)
    var seen: Set<String> = []
    let missing = wanted.filter { phrases[$0] == nil && seen.insert($0).inserted }
      .map { "\(phraseFile): '\($0)' is not translated" }
    let stray = phrases.keys.filter { !known.contains($0) }.sorted()
      .map { "\(phraseFile): nothing says '\($0)' any more" }
    let sections = GuideSection.sections(of: english)
    let digests = sections.map { TextDigest.of($0.source) }
    let outdated = zip(sections, digests).filter { section in
      !guide.contains { $0.digest == section.1 }
    }.map { section, digest in
      "\(guideFile): section '\(section.heading)', which is {\(digest)} now, is not translated"
    }
    let strays = guide.filter { !digests.contains($0.digest) }.map {
      "\(guideFile): section '\($0.heading)' translates no text of now"
    }
    return missing + stray + outdated + strays
  }

  /// The files below `Site/` with the translations to a language.
  static func files(of language: Language) -> (phrases: String, guide: String) {
    ("manual.\(language.rawValue).md", "rule-format.\(language.rawValue).md")
  }
}

/// A section of the guide to rule files: from a heading of level one or two to the next.
private struct GuideSection: Sendable {
  /// With its number signs, without its digest.
  var heading: String
  /// Of the English that it translates; empty in English.
  var digest: String
  var body: String

  var source: String { heading + "\n" + body }

  static func sections(of guide: String) -> [GuideSection] {
    var sections: [GuideSection] = []
    var isCode = false
    for line in guide.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isCode.toggle() }
      if !isCode, line.hasPrefix("# ") || line.hasPrefix("## ") {
        sections.append(section(opening: line))
      } else if !sections.isEmpty {
        sections[sections.count - 1].body += line + "\n"
      }
    }
    return sections
  }

  private static func section(opening line: Substring) -> GuideSection {
    let digest = line.suffix(TextDigest.length + 1).dropLast()
    guard line.hasSuffix("}"), TextDigest.isDigest(digest),
      line.dropLast(TextDigest.length + 1).hasSuffix(" {")
    else { return GuideSection(heading: String(line), digest: "", body: "") }
    return GuideSection(
      heading: String(line.dropLast(TextDigest.length + 3)), digest: String(digest), body: "")
  }
}
