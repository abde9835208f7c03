import AsyncChecks

/// Reads the front matter of one file into a rule without a body.
struct FrontMatterReader {
  static let keys = [
    "code", "name", "title", "summary", "severity", "status", "since", "frameworks", "aliases",
    "symptoms", "tags", "check", "in-tests", "messages", "calls", "fix", "references", "related",
  ]
  private static let required = [
    "code", "name", "title", "summary", "severity", "since", "frameworks", "check", "messages",
    "fix",
  ]
  private static let titleLimit = 70

  private(set) var rule: Rule
  private(set) var marks = RuleMarks()
  private let mapping: MappingReader

  /// Reads all keys.
  ///
  /// - Parameters:
  ///   - path: The file relative to the rules folder.
  ///   - checks: What the checker offers; an empty list leaves check and messages alone.
  init(
    _ value: YAMLValue, path: String, checks: [CheckSignature], report: inout RuleFileReport,
  ) {
    rule = Rule(path: path)
    mapping = MappingReader(
      value, of: nil, known: Self.keys, required: Self.required, report: &report)
    mapping.checkOrder(Self.keys, report: &report)
    readIdentity(report: &report)
    readStatus(report: &report)
    readLists(report: &report)
    readMessages(report: &report)
    readCalls(report: &report)
    readMentions(report: &report)
    checkAgainst(checks, report: &report)
  }

  private mutating func readIdentity(report: inout RuleFileReport) {
    marks.code = mapping.line(of: "code")
    marks.name = mapping.line(of: "name")
    rule.code = mapping.text("code", report: &report) ?? ""
    if !rule.code.isEmpty, !TextForm.isCode(rule.code) {
      malformed("code", rule.code, "capital letters and three digits", report: &report)
    }
    rule.name = mapping.text("name", report: &report) ?? ""
    let fileName = RulePath(rule.path).name
    if !rule.name.isEmpty, !TextForm.isSlug(rule.name) {
      malformed("name", rule.name, "lower-case words joined by hyphens", report: &report)
    } else if !rule.name.isEmpty, rule.name != fileName {
      report.add(.nameIsNotFileName(found: rule.name, wanted: fileName), line: marks.name)
    }
    rule.title = mapping.text("title", report: &report) ?? ""
    if rule.title.hasSuffix(".") {
      malformed("title", rule.title, "no full stop", report: &report)
    }
    let length = rule.title.unicodeScalars.count
    if length > Self.titleLimit {
      report.add(
        .tooLong(what: "title", count: length, limit: Self.titleLimit),
        line: mapping.line(of: "title"))
    }
    rule.summary = mapping.text("summary", report: &report) ?? ""
    if !rule.summary.isEmpty {
      checkSentence("summary", rule.summary, line: mapping.line(of: "summary"), report: &report)
    }
    rule.severity =
      mapping.word("severity", as: SeverityWord.self, report: &report)?.severity ?? .error
    rule.check = mapping.text("check", report: &report) ?? ""
    rule.isForTests = mapping.boolean("in-tests", report: &report) ?? true
    rule.fix = mapping.word("fix", as: FixAvailability.self, report: &report) ?? .none
    rule.since = version("since", of: mapping, report: &report) ?? ""
  }

  private mutating func readStatus(report: inout RuleFileReport) {
    rule.status = RuleStatus(state: .stable, since: rule.since, replacedBy: [], reason: nil)
    guard let value = mapping["status"] else { return }
    if value.text != nil {
      rule.status.state =
        mapping.word("status", as: RuleStatus.State.self, report: &report) ?? .stable
    } else {
      let status = MappingReader(
        value, of: .value(of: "status"), known: ["state", "since", "replaced-by", "reason"],
        required: ["state"], report: &report)
      rule.status.state =
        status.word("state", as: RuleStatus.State.self, report: &report) ?? .stable
      rule.status.since = version("since", of: status, report: &report) ?? rule.since
      rule.status.reason = status.text("reason", report: &report)
      for (name, line) in status.texts("replaced-by", report: &report) {
        rule.status.replacedBy.append(name)
        marks.mentions.append(RuleMarks.Mention(what: "replaced-by", name: name, line: line))
      }
    }
    let state = rule.status.state
    if rule.status.reason == nil, state == .deprecated || state == .removed {
      report.add(.missingReason(state: state.rawValue), line: value.line)
    }
  }

  private mutating func readLists(report: inout RuleFileReport) {
    for (text, line) in mapping.texts("frameworks", report: &report) {
      if let framework = Framework(rawValue: text) {
        rule.frameworks.append(framework)
      } else {
        let wanted = Framework.allCases.map(\.rawValue)
        let near = NearestWord.to(text, among: wanted)
        report.add(
          .unknownWord(what: "framework", found: text, near: near, wanted: wanted), line: line)
      }
    }
    rule.symptoms = mapping.texts("symptoms", report: &report).map(\.text)
    rule.tags = mapping.texts("tags", report: &report).map(\.text)
    for value in mapping.list("aliases", report: &report) {
      let required = ["tool", "rule", "relation"]
      let entry = MappingReader(
        value, of: .entry(of: "aliases"), known: required + ["noqa"], required: required,
        report: &report)
      let tool = entry.text("tool", report: &report)
      let name = entry.text("rule", report: &report)
      let relation = entry.word("relation", as: RuleAlias.Relation.self, report: &report)
      let isSilencing = entry.boolean("noqa", report: &report) ?? true
      guard let tool, let name, let relation else { continue }
      if rule.aliases.contains(where: { $0.tool == tool && $0.rule == name }) {
        report.add(.repeated(what: "alias", "\(tool) \(name)"), line: value.line)
      }
      rule.aliases.append(
        RuleAlias(tool: tool, rule: name, relation: relation, isSilencing: isSilencing))
    }
    for value in mapping.list("references", report: &report) {
      let entry = MappingReader(
        value, of: .entry(of: "references"), known: ["title", "url"], required: ["title", "url"],
        report: &report)
      let title = entry.text("title", report: &report)
      guard let url = entry.text("url", report: &report) else { continue }
      if !url.hasPrefix("https://") || url.contains(where: \.isWhitespace) {
        report.add(
          .malformed(what: "url", found: url, wanted: "https://…"), line: entry.line(of: "url"))
      } else if rule.references.contains(where: { $0.url == url }) {
        report.add(.repeated(what: "url", url), line: entry.line(of: "url"))
      }
      rule.references.append(RuleReference(title: title ?? "", url: url))
    }
  }

  private mutating func readMessages(report: inout RuleFileReport) {
    guard let value = mapping["messages"] else { return }
    guard let pairs = value.mapping else {
      report.add(
        .wrongType(of: "messages", found: value.kind, wanted: "a mapping"), line: value.line)
      return
    }
    if pairs.isEmpty { report.add(.empty("messages"), line: value.line) }
    for pair in pairs {
      guard let text = MappingReader.text(pair.value, of: pair.key, report: &report) else {
        continue
      }
      rule.messages.append(RuleMessage(id: pair.key, text: text))
      if let wanted = MessageText.whatIsWanted(of: text) {
        report.add(
          .malformed(what: "message", found: text, wanted: wanted), line: pair.value.line)
      }
    }
  }

  private mutating func readCalls(report: inout RuleFileReport) {
    for value in mapping.list("calls", report: &report) {
      for callable in CallableReader.callables(of: value, report: &report) {
        if let first = rule.callables.firstIndex(where: {
          $0.name == callable.name && $0.role == callable.role && $0.trait == callable.trait
        }) {
          report.add(
            .duplicateCallable(
              callable.name, role: callable.role.word,
              other: "line \(marks.callables[first])"), line: value.line)
          continue
        }
        rule.callables.append(callable)
        marks.callables.append(value.line)
      }
    }
  }

  private mutating func readMentions(report: inout RuleFileReport) {
    for (name, line) in mapping.texts("related", report: &report) {
      rule.related.append(name)
      marks.mentions.append(RuleMarks.Mention(what: "related", name: name, line: line))
    }
  }

  private func checkAgainst(_ checks: [CheckSignature], report: inout RuleFileReport) {
    guard !rule.check.isEmpty, !checks.isEmpty else { return }
    for (callable, line) in zip(rule.callables, marks.callables) {
      guard let trait = callable.trait, !checks.contains(where: { $0.traits.contains(trait) })
      else { continue }
      let traits = checks.flatMap(\.traits)
      let near = NearestWord.to(trait, among: traits)
      report.add(
        .unknownWord(what: "trait", found: trait, near: near, wanted: traits), line: line)
    }
    let line = mapping.line(of: "check")
    guard let check = checks.first(where: { $0.name == rule.check }) else {
      let wanted = checks.map(\.name)
      let near = NearestWord.to(rule.check, among: wanted)
      report.add(.unknownCheck(rule.check, near: near, wanted: wanted), line: line)
      return
    }
    CheckAgreement(check: check, rule: rule, messages: mapping["messages"], calls: mapping["calls"])
      .check(report: &report)
  }

  private func version(
    _ key: String, of mapping: MappingReader, report: inout RuleFileReport,
  ) -> String? {
    guard let text = mapping.text(key, report: &report) else { return nil }
    if !TextForm.isVersion(text) {
      report.add(
        .malformed(what: key, found: text, wanted: "a version such as 0.1.0"),
        line: mapping.line(of: key))
    }
    return text
  }

  private func malformed(
    _ key: String, _ found: String, _ wanted: String, report: inout RuleFileReport,
  ) {
    report.add(
      .malformed(what: key, found: found, wanted: wanted), line: mapping.line(of: key))
  }

  private func checkSentence(
    _ key: String, _ text: String, line: Int, report: inout RuleFileReport,
  ) {
    if !text.hasSuffix(".") {
      malformed(key, text, "a sentence with its full stop", report: &report)
    } else if !TextForm.hasPairedBackquotes(text) {
      malformed(key, text, "backquotes in pairs", report: &report)
    } else if text.contains("\n") {
      malformed(key, text, "a single line", report: &report)
    }
  }
}

/// `severity` as a rule file writes it.
enum SeverityWord: String, CaseIterable {
  case error, warning, suggestion

  var severity: Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .suggestion: .suggestion
    }
  }
}
