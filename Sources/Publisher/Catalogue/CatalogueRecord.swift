// The shapes of `catalogue.json`. An absent member means that it does not apply; lists are always
// there. `CatalogueSchema` states the same for other programs, and a test compares the two.

/// The whole catalogue.
struct CatalogueRecord: Encodable {
  let schema: String
  let schemaVersion: String
  let tool: ToolRecord
  let groups: [GroupRecord]
  let rules: [RuleRecord]
  let symptoms: [SymptomRecord]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case schemaVersion, tool, groups, rules, symptoms
  }
}

/// The program that made the catalogue and finds the rules.
struct ToolRecord: Encodable {
  let name: String
  let version: String
  /// `2026-11-23`.
  let released: String
}

/// A folder of rules.
struct GroupRecord: Encodable {
  let name: String
  let title: String
  /// Codes.
  let rules: [String]
}

/// A rule.
struct RuleRecord: Encodable {
  let code: String
  let name: String
  let group: String
  let title: String
  let summary: String
  let severity: String
  let isDefault: Bool
  let status: StatusRecord
  let since: String
  let frameworks: [String]
  let tags: [String]
  let check: String
  let fix: FixRecord
  let messages: [MessageRecord]
  let callables: [CallableRecord]
  let sections: [SectionRecord]
  let examples: [ExampleRecord]
  let aliases: [AliasRecord]
  let symptoms: [String]
  let references: [ReferenceRecord]
  let related: [RuleLinkRecord]
  let proven: OriginRecord?
  let links: LinksRecord
  let translations: [TranslationRecord]
}

/// Where a rule stands in its life.
struct StatusRecord: Encodable {
  let state: String
  let since: String
  let replacedBy: [RuleLinkRecord]
  let reason: String?
}

/// Another rule.
struct RuleLinkRecord: Encodable {
  let code: String?
  let name: String
}

/// Whether the tool cures the rule's findings, and what shows it.
struct FixRecord: Encodable {
  let availability: String
  /// How many examples the fixes turn into code without findings.
  let examplesFixed: Int
}

/// A message template.
struct MessageRecord: Encodable {
  let id: String
  let template: String
  let parameters: [String]
}

/// A known callable.
struct CallableRecord: Encodable {
  let name: String
  let role: String
  let replacements: [ReplacementRecord]
  let isDropIn: Bool
  let returns: String?
  let unless: [String]
  let argument: Int?
  /// What a check asks for by name.
  let trait: String?
  let note: String?
}

/// What to write instead of a callable.
struct ReplacementRecord: Encodable {
  let dialect: String?
  let text: String
}

/// A section of the page.
struct SectionRecord: Encodable {
  let kind: String
  let title: String
  let blocks: [BlockRecord]
}

/// A piece of a section; which members there are depends on `kind`.
struct BlockRecord: Encodable {
  let kind: String
  /// Of `prose`.
  var markdown: String?
  /// Of `heading`.
  var text: String?
  var framework: String?
  /// Of `example`.
  var example: String?
}

/// An example.
struct ExampleRecord: Encodable {
  let id: String
  let kind: String
  let framework: String?
  let caption: String?
  let files: [FileRecord]
  let proof: ProofRecord?
  let observed: [ObservedRecord]
}

/// What was seen when an example ran, on interpreters of which the same is to be told.
struct ObservedRecord: Encodable {
  let variant: String
  let place: String
  let statements: [ObservedStatementRecord]
}

/// A statement about a run.
struct ObservedStatementRecord: Encodable {
  let words: String
  let output: String?
}

/// A file of an example.
struct FileRecord: Encodable {
  let path: String
  let text: String
  let findings: [FindingRecord]
  let fixed: FixedRecord?
}

/// A file after all its fixes.
struct FixedRecord: Encodable {
  let text: String
  /// Unified.
  let diff: String
}

/// A rule of another tool.
struct AliasRecord: Encodable {
  let tool: String
  let rule: String
  let relation: String
  let measured: MeasuredRecord?
}

/// Further reading.
struct ReferenceRecord: Encodable {
  let title: String
  let url: String
}

/// Where else the rule is described, as paths beside the catalogue.
struct LinksRecord: Encodable {
  let page: String
  let manual: String
  /// In the folder of the rules.
  let source: String
}
