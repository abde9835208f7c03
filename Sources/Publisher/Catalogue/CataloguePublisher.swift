package import PythonSemantics
import RuleBase
package import Verifier

/// Makes the catalogue for other programs: `catalogue.json`, its schema, and the rules as SARIF.
package enum CataloguePublisher {
  /// The files, in order of their paths.
  package static func files(
    for rules: [VerifiedRule], version: String, date: ReleaseDate,
  ) -> [OutputFile] {
    let names = RuleNames(rules.map(\.rule))
    return [
      catalogue(of: rules, among: names, version: version, date: date),
      OutputFile(
        path: "catalogue.sarif",
        text: JSONText.text(of: SARIFBuilder(rules: rules).log(version: version, date: date))),
      OutputFile(
        path: "catalogue.schema.json", text: JSONText.text(of: CatalogueSchema.document)),
    ]
  }

  /// The record of each rule by itself, beside its page: `rules/blocking-sleep.json`.
  package static func records(
    of rules: [VerifiedRule], executor: Executor = .sequential,
  ) -> [OutputFile] {
    let builder = CatalogueBuilder(names: RuleNames(rules.map(\.rule)))
    return executor.map(rules.count) { index in
      let verified = rules[index]
      return OutputFile(
        path: "rules/\(PathPart(verified.rule.name).text).json",
        text: JSONText.text(of: builder.record(of: verified)))
    }
  }

  /// The catalogue of some rules, `catalogue.json`.
  ///
  /// - Parameter names: All rules, for links to them.
  package static func catalogue(
    of rules: [VerifiedRule], among names: RuleNames, version: String, date: ReleaseDate,
  ) -> OutputFile {
    let builder = CatalogueBuilder(names: names)
    let records = rules.map(builder.record)
    var groups: [RuleGroup] = []
    for rule in rules where !groups.contains(RuleGroup(of: rule.rule)) {
      groups.append(RuleGroup(of: rule.rule))
    }
    let catalogue = CatalogueRecord(
      schema: "catalogue.schema.json", schemaVersion: CatalogueSchema.version,
      tool: ToolRecord(name: "asyncrules", version: version, released: date.isoText),
      groups: groups.map { group in
        GroupRecord(
          name: group.name, title: group.title,
          rules: records.filter { $0.group == group.name }.map(\.code))
      },
      rules: records, symptoms: SymptomIndex(rules).entries.map(builder.record))
    return OutputFile(path: "catalogue.json", text: JSONText.text(of: catalogue))
  }
}
