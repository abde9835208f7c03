import AsyncChecks
import RuleBase
package import Verifier

/// Makes the catalogue for other programs: `catalogue.json`, its schema, and the rules as SARIF.
package enum CataloguePublisher {
  /// The files, in order of their paths.
  package static func files(
    for rules: [VerifiedRule], version: String, date: ReleaseDate,
  ) -> [OutputFile] {
    let builder = CatalogueParts(rules: rules)
    let parts = rules.map { builder.part(of: RuleTexts(of: $0, among: builder.names)) }
    return builder.files(of: parts, version: version, date: date)
  }

  /// The catalogue of some rules, `catalogue.json`.
  ///
  /// - Parameter names: All rules, for links to them.
  package static func catalogue(
    of rules: [VerifiedRule], among names: RuleNames, version: String, date: ReleaseDate,
  ) -> OutputFile {
    let builder = CatalogueBuilder(names: names)
    let frame = CatalogueParts.frame(of: rules, builder, version: version, date: date)
    let records = rules.map {
      JSONEncoding.bytes(of: builder.record(of: $0), depth: 2)
    }
    return OutputFile(
      path: "catalogue.json",
      bytes: JSONText.text(of: frame, filling: "rules", with: records, depth: 2))
  }
}

/// Makes the parts of the catalogue that are about one rule each, and joins them.
struct CatalogueParts: Sendable {
  let rules: [VerifiedRule]
  let names: RuleNames
  private let builder: CatalogueBuilder
  private let sarif: SARIFBuilder

  /// What the files say of one rule.
  struct Part: Sendable {
    /// The record by itself, which stands beside the rule's page: `rules/blocking-sleep.json`.
    let record: OutputFile
    fileprivate let catalogue: [UInt8]
    fileprivate let sarif: [UInt8]
  }

  init(rules: [VerifiedRule]) {
    self.rules = rules
    names = RuleNames(rules.map(\.rule))
    builder = CatalogueBuilder(names: names)
    sarif = SARIFBuilder(rules: rules, names: names)
  }

  func part(of texts: RuleTexts) -> Part {
    let json = JSONEncoding.bytes(of: builder.record(of: texts.verified))
    return Part(
      record: OutputFile(
        path: "rules/\(PathPart(texts.verified.rule.name).text).json",
        bytes: json + [UInt8(ascii: "\n")]),
      catalogue: JSONEncoding.deepened(json, by: 2),
      sarif: JSONEncoding.bytes(of: sarif.record(of: texts), depth: 6))
  }

  /// The files made of the parts of all rules, in their order.
  func files(of parts: [Part], version: String, date: ReleaseDate) -> [OutputFile] {
    let frame = Self.frame(of: rules, builder, version: version, date: date)
    return [
      OutputFile(
        path: "catalogue.json",
        bytes: JSONText.text(of: frame, filling: "rules", with: parts.map(\.catalogue), depth: 2)),
      OutputFile(
        path: "catalogue.sarif",
        bytes: JSONText.text(
          of: SARIFBuilder.log(version: version, date: date), filling: "rules",
          with: parts.map(\.sarif), depth: 6)),
      OutputFile(
        path: "catalogue.schema.json", text: JSONText.text(of: CatalogueSchema.document)),
    ]
  }

  /// The catalogue but for its rules.
  static func frame(
    of rules: [VerifiedRule], _ builder: CatalogueBuilder, version: String, date: ReleaseDate,
  ) -> CatalogueRecord {
    var order: [RuleGroup] = []
    var codes: [RuleGroup: [String]] = [:]
    for verified in rules {
      let group = RuleGroup(of: verified.rule)
      if codes[group] == nil { order.append(group) }
      codes[group, default: []].append(verified.rule.code)
    }
    return CatalogueRecord(
      schema: "catalogue.schema.json", schemaVersion: CatalogueSchema.version,
      tool: ToolRecord(name: "asyncrules", version: version, released: date.isoText),
      groups: order.map { GroupRecord(name: $0.name, title: $0.title, rules: codes[$0] ?? []) },
      rules: [], symptoms: SymptomIndex(rules).entries.map(builder.record))
  }
}
