package import AsyncChecks
import RuleBase
import Verifier

/// Turns verified rules into the rules of a SARIF log.
struct SARIFBuilder: Sendable {
  private let rules: [VerifiedRule]
  private let names: RuleNames
  private let indices: [String: Int]

  init(rules: [VerifiedRule], names: RuleNames) {
    self.rules = rules
    self.names = names
    indices = Dictionary(
      rules.enumerated().map { ($1.rule.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The log but for its rules.
  static func log(version: String, date: ReleaseDate) -> SARIFLog<SARIFRun> {
    let driver = SARIFComponent(
      name: "asyncrules", semanticVersion: version, releaseDateUtc: date.isoText, rules: [])
    return SARIFLog(runs: [SARIFRun(tool: SARIFTool(driver: driver))])
  }

  func record(of texts: RuleTexts) -> SARIFRule {
    let rule = texts.verified.rule
    return SARIFRule(
      id: rule.code, name: rule.name, shortDescription: text(rule.title),
      fullDescription: text(rule.summary),
      messageStrings: Dictionary(
        rule.messages.map { ($0.id, text(Self.numbered($0.text))) },
        uniquingKeysWith: { first, _ in first }),
      defaultConfiguration: SARIFConfiguration(
        enabled: rule.isDefault, level: rule.severity.sarifLevel),
      help: SARIFText(
        text: TerminalPage.text(ofRule: texts.page, rule, width: 80, color: false),
        markdown: texts.markdown),
      relationships: (rule.related + rule.status.replacedBy).compactMap { name in
        guard let index = indices[name] else { return nil }
        let isSuccessor = rule.status.replacedBy.contains(name)
        return SARIFRelationship(
          target: SARIFReference(id: rules[index].rule.code, index: index),
          kinds: [isSuccessor ? "superset" : "relevant"])
      },
      properties: SARIFProperties(
        tags: Self.unique(rule.frameworks.map(\.rawValue) + rule.tags),
        problemSeverity: rule.severity == .suggestion ? "recommendation" : rule.severity.word))
  }

  /// Plain text, and Markdown where it says more.
  private func text(_ markdown: String) -> SARIFText {
    let plain = PageMarkdown(codes: names.codes).inlines(markdown).plainText
    return SARIFText(text: plain, markdown: plain == markdown ? nil : markdown)
  }

  /// The words without repetitions; a list of tags is a set.
  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  /// The template with numbers for parameters, as SARIF wants it: `{call}` becomes `{0}`.
  private static func numbered(_ template: String) -> String {
    guard template.hasByte("{") else { return template }
    let parameters = MessageRecord.parameters(of: template)
    var result = ""
    var rest = template.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: "}")),
      let number = parameters.firstIndex(
        where: { $0.utf8.elementsEqual(rest[open..<close].dropFirst()) })
    {
      result += "\(Substring(rest[..<open])){\(number)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + Substring(rest)
  }
}

extension Severity {
  /// The level of a result or rule in SARIF.
  package var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .suggestion: "note"
    }
  }
}
