import ArgumentParser
import RuleBase

/// `asyncrules translate`: the skeleton of a translation, and the digests of a finished one.
struct TranslateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "translate",
    abstract: "Start or update the translation of rules.",
    discussion: """
      For a rule without a translation a skeleton is written: the English text, keyed to itself. \
      For one that has a translation, what is missing or outdated is listed.

      Each text is keyed to a digest of the English it translates. When the English changes, pages \
      show it instead, with a mark, until '--accept' says that the translation fits again.
      """)

  @Argument(
    help: ArgumentHelp("Codes or names of rules; all when left out.", valueName: "rule"))
  var names: [String] = []

  @Option(help: ArgumentHelp("The language to translate to.", valueName: "language"))
  var to: TargetLanguage = .ja

  @Flag(help: "Key every translated text of existing files to the English as it is now.")
  var accept = false

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("The rules folder to read and write.", valueName: "dir"))
  var folder = "Rules"

  func run() throws {
    let base = try RuleOptions.load(folder)
    for rule in try rules(of: base) {
      let path = "\(folder)/translations/\(to.rawValue)/\(rule.path)"
      guard let translation = rule.translation(to: to.language) else {
        if accept { continue }
        try FileSystem.makeDirectory("\(folder)/translations/\(to.rawValue)/\(rule.group)")
        try FileSystem.write(Array(TranslationSkeleton.text(for: rule).utf8), to: path)
        Streams.output("\(path)\n")
        continue
      }
      if accept {
        let text = TranslationSkeleton.accepting(translation, of: rule)
        guard text != translation.source else { continue }
        try FileSystem.writeAtomically(Array(text.utf8), to: path)
        Streams.output("\(path)\n")
      } else {
        let standing = TranslationStanding(of: rule, in: to.language)
        for line in TranslationReport.lines(of: standing, in: folder) {
          Streams.output(line + "\n")
        }
      }
    }
  }

  private func rules(of base: RuleBase) throws -> [Rule] {
    guard !names.isEmpty else { return base.rules }
    return try names.map { name in
      guard let rule = base.rule(named: name).first else {
        let hint = base.nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
        throw Complaint("no rule is called '\(name)'\(hint)")
      }
      return rule
    }
  }
}

/// A language that rules are translated to, as the command line names it.
enum TargetLanguage: String, ExpressibleByArgument, CaseIterable {
  case ja

  var language: Language {
    switch self {
    case .ja: .japanese
    }
  }
}

/// How the translations stand to the rules as they are, in words.
struct TranslationReport {
  /// One line for each text that is shown in English or left over.
  private(set) var lines: [String] = []
  private var missingCount = 0
  private var outdatedCount = 0
  private var leftoverCount = 0
  private var unitCount = 0
  private let language: Language

  /// Compares all rules with their translations to a language.
  init(of base: RuleBase, in folder: String?, language: Language) {
    self.language = language
    for rule in base.rules {
      let standing = TranslationStanding(of: rule, in: language)
      unitCount += standing.unitCount
      missingCount += standing.gaps.count { $0.gap == .missing }
      outdatedCount += standing.gaps.count { $0.gap == .outdated }
      leftoverCount += standing.leftovers.count
      lines += Self.lines(of: standing, in: folder)
    }
    for stray in base.strayTranslations where stray.language == language {
      leftoverCount += 1
      lines.append("\(Self.prefix(folder))\(stray.path): there is no rule '\(stray.rulePath)'")
    }
  }

  var isComplete: Bool { lines.isEmpty }

  /// Whether somebody has begun with this language.
  var isBegun: Bool { missingCount < unitCount || leftoverCount > 0 }

  /// What is to be done, in one line.
  var summary: String {
    let parts = [
      (missingCount, "not translated"), (outdatedCount, "outdated"), (leftoverCount, "left over"),
    ]
    return "\(language.rawValue): of \(count(unitCount, "text")) "
      + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  /// One line for each text of a rule that is shown in English or left over.
  static func lines(of standing: TranslationStanding, in folder: String?) -> [String] {
    let path = "\(prefix(folder))translations/\(standing.language.rawValue)/\(standing.rule.path)"
    func place(_ line: Int?) -> String { line.map { "\(path):\($0)" } ?? path }
    guard standing.rule.translation(to: standing.language) != nil else {
      return ["\(path): rule '\(standing.rule.name)' is not translated"]
    }
    return standing.gaps.map { unit, gap in
      switch gap {
      case .missing: "\(place(standing.line(of: unit))): \(unit) is not translated"
      case .outdated: "\(place(standing.line(of: unit))): \(unit) translates an older text"
      }
    } + standing.leftovers.map { unit, line in "\(place(line)): \(unit) is not in the rule" }
  }

  private static func prefix(_ folder: String?) -> String {
    folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
  }
}
