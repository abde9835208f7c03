package import PythonSemantics
import RuleBase
package import Verifier

/// Makes the catalogue for other programs: `catalogue.json`, its schema, and the rules as SARIF.
package enum CataloguePublisher {
  /// The files, in order of their paths.
  ///
  /// - Parameter record: Is given the record of each rule by itself, which stands beside its page:
  ///   `rules/blocking-sleep.json`.
  package static func files(
    for rules: [VerifiedRule], version: String, date: ReleaseDate,
    executor: Executor = .sequential, record: @Sendable (OutputFile) -> Void = { _ in },
  ) -> [OutputFile] {
    let names = RuleNames(rules.map(\.rule))
    let (builder, sarif) = (CatalogueBuilder(names: names), SARIFBuilder(rules: rules))
    let parts = executor.map(rules.count) { index in
      let json = JSONText.compact(builder.record(of: rules[index]))
      record(
        OutputFile(
          path: "rules/\(PathPart(rules[index].rule.name).text).json",
          bytes: JSONText.indented(json) + [UInt8(ascii: "\n")]))
      return (
        catalogue: JSONText.indented(json, depth: 2),
        sarif: JSONText.indented(JSONText.compact(sarif.record(of: rules[index])), depth: 6)
      )
    }
    let frame = frame(of: rules, builder, version: version, date: date)
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

  /// The catalogue of some rules, `catalogue.json`.
  ///
  /// - Parameter names: All rules, for links to them.
  package static func catalogue(
    of rules: [VerifiedRule], among names: RuleNames, version: String, date: ReleaseDate,
  ) -> OutputFile {
    let builder = CatalogueBuilder(names: names)
    let frame = frame(of: rules, builder, version: version, date: date)
    let records = rules.map {
      JSONText.indented(JSONText.compact(builder.record(of: $0)), depth: 2)
    }
    return OutputFile(
      path: "catalogue.json",
      bytes: JSONText.text(of: frame, filling: "rules", with: records, depth: 2))
  }

  /// The catalogue but for its rules.
  private static func frame(
    of rules: [VerifiedRule], _ builder: CatalogueBuilder, version: String, date: ReleaseDate,
  ) -> CatalogueRecord {
    var order: [RuleGroup] = []
    var codes: [RuleGroup: [String]] = [:]
    for rule in rules.map(\.rule) {
      let group = RuleGroup(of: rule)
      if codes[group] == nil { order.append(group) }
      codes[group, default: []].append(rule.code)
    }
    return CatalogueRecord(
      schema: "catalogue.schema.json", schemaVersion: CatalogueSchema.version,
      tool: ToolRecord(name: "asyncrules", version: version, released: date.isoText),
      groups: order.map { GroupRecord(name: $0.name, title: $0.title, rules: codes[$0] ?? []) },
      rules: [], symptoms: SymptomIndex(rules).entries.map(builder.record))
  }
}
