import AsyncChecks
import RuleBase
import Verifier

/// Turns verified rules into records.
struct CatalogueBuilder: Sendable {
  let names: RuleNames

  func record(of verified: VerifiedRule) -> RuleRecord {
    let rule = verified.rule
    return RuleRecord(
      code: rule.code, name: rule.name, group: rule.group, title: rule.title,
      summary: rule.summary, severity: rule.severity.word,
      isDefault: rule.isDefault,
      status: StatusRecord(
        state: rule.status.state.rawValue, since: rule.status.since,
        replacedBy: rule.status.replacedBy.map(link), reason: rule.status.reason),
      since: rule.since, frameworks: rule.frameworks.map(\.rawValue), tags: rule.tags,
      check: rule.check,
      fix: FixRecord(
        availability: rule.fix.rawValue,
        examplesFixed: verified.examples.count { $0.files.contains { $0.fixed != nil } }),
      messages: rule.messages.map { message in
        MessageRecord(
          id: message.id, template: message.text,
          parameters: MessageRecord.parameters(of: message.text))
      },
      callables: rule.callables.map(callable),
      sections: rule.sections.map { section($0, of: rule) },
      examples: verified.examples.map(example),
      aliases: rule.aliases.map { alias in
        AliasRecord(
          tool: alias.tool, rule: alias.rule, relation: alias.relation.rawValue,
          measured: verified.peers.flatMap { peers in
            peers.measurement(of: alias.tool, code: alias.rule)
              .map { MeasuredRecord($0, day: peers.date) }
          })
      },
      symptoms: rule.symptoms,
      references: rule.references.map { ReferenceRecord(title: $0.title, url: $0.url) },
      related: rule.related.map(link),
      proven: verified.origin.map { OriginRecord(day: $0.day, system: $0.system) },
      links: LinksRecord(
        page: "site/\(SiteMap.path(of: rule))",
        manual: "man/man7/\(RuleManual.manualName(of: rule)).7", source: rule.path),
      translations: translations(of: rule))
  }

  /// A message with the rules it points to.
  func record(of entry: SymptomIndex.Entry) -> SymptomRecord {
    SymptomRecord(pattern: entry.pattern, rules: entry.rules.map(link))
  }

  private func link(to name: String) -> RuleLinkRecord {
    RuleLinkRecord(code: names[name]?.code, name: name)
  }

  private func callable(_ callable: RuleCallable) -> CallableRecord {
    CallableRecord(
      name: callable.name, role: callable.role.word,
      replacements: callable.replacements.map {
        ReplacementRecord(dialect: $0.dialect?.word, text: $0.text)
      },
      isDropIn: callable.isDropIn, returns: callable.returns, unless: callable.unless,
      argument: callable.role.takesCallable ? callable.argument : nil, trait: callable.trait,
      note: callable.note)
  }

  /// A section, under its English title unless another is given.
  func section(_ section: RuleSection, of rule: Rule, title: String? = nil) -> SectionRecord {
    SectionRecord(
      kind: section.kind.word, title: title ?? section.kind.rawValue,
      blocks: section.blocks.compactMap { block in
        switch block {
        case .prose(let markdown, _): BlockRecord(kind: "prose", markdown: markdown)
        case .heading(let text, _, let framework, _):
          BlockRecord(kind: "heading", text: text, framework: framework?.rawValue)
        case .example(let index):
          rule.examples.indices.contains(index)
            ? BlockRecord(kind: "example", example: rule.examples[index].id) : nil
        }
      })
  }

  private func example(_ verified: VerifiedExample) -> ExampleRecord {
    let example = verified.example
    let columns = Dictionary(
      verified.files.map { ($0.file.path, UTF16Columns($0.file.text)) },
      uniquingKeysWith: { first, _ in first })
    return ExampleRecord(
      id: example.id, kind: example.kind.rawValue, framework: example.framework?.rawValue,
      caption: example.caption,
      files: verified.files.map { file($0, columns: columns) },
      proof: verified.proof.map(ProofRecord.init),
      observed: verified.proof.map(observed) ?? [])
  }

  private func observed(_ proof: Proof) -> [ObservedRecord] {
    ObservedText.summaries(of: proof).map { summary in
      ObservedRecord(
        variant: summary.variant.rawValue, place: summary.place,
        statements: summary.statements.map {
          ObservedStatementRecord(words: $0.words, output: $0.code)
        })
    }
  }

  private func file(_ verified: VerifiedFile, columns: [String: UTF16Columns]) -> FileRecord {
    let file = verified.file
    return FileRecord(
      path: file.path, text: file.text,
      findings: verified.findings.map { finding in
        FindingRecord(finding, path: nil) { position, path in
          PositionRecord(
            position, utf16Column: columns[path ?? file.path]?.column(of: position))
        }
      },
      fixed: verified.fixed.map { fixed in
        FixedRecord(text: fixed, diff: Self.diff(from: file.text, to: fixed, path: file.path))
      })
  }

  private static func diff(from old: String, to new: String, path: String) -> String {
    let diff = UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8))
    let path = Array(path.utf8)
    return String(decoding: diff.formatted(oldName: path, newName: path), as: UTF8.self)
  }
}

extension MessageRecord {
  /// The names in braces, each once, in the order of the text.
  static func parameters(of template: String) -> [String] {
    var parameters: [String] = []
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"),
      let close = rest[open...].firstIndex(of: "}")
    {
      let name = String(rest[rest.index(after: open)..<close])
      if !parameters.contains(name) { parameters.append(name) }
      rest = rest[rest.index(after: close)...]
    }
    return parameters
  }
}

extension Rule {
  /// Whether it is on when nothing is selected.
  var isDefault: Bool { status.state == .stable || status.state == .deprecated }
}

/// Counts UTF-16 columns in a text.
private struct UTF16Columns {
  private let text: String

  init(_ text: String) { self.text = text }

  /// The column, from 1, of a place; `nil` outside the text.
  func column(of position: Position) -> Int? {
    text.withBytes { bytes in
      var start = 0
      for _ in 1..<max(position.line, 1) {
        guard let feed = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        start = feed + 1
      }
      var units = 0
      var scalars = 0
      for byte in bytes[start...] where byte & 0xC0 != 0x80 {
        guard scalars < position.column - 1, byte != UInt8(ascii: "\n") else { break }
        scalars += 1
        // Four bytes make two units.
        units += byte >= 0xF0 ? 2 : 1
      }
      return scalars == position.column - 1 ? 1 + units : nil
    }
  }
}

extension RuleSection.Kind {
  /// The key of the section in the catalogue.
  var word: String {
    switch self {
    case .whatItDoes: "what-it-does"
    case .whyItMatters: "why-it-matters"
    case .examples: "examples"
    case .howToFix: "how-to-fix"
    case .nearMisses: "near-misses"
    case .commonBeliefs: "common-beliefs"
    case .whenToIgnore: "when-to-ignore"
    }
  }
}
