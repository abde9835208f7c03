package import RuleBase

/// The recorded measurements of other tools, one JSON file for each rule: `peers/<name>.json`.
package struct PeerRecords: Sendable {
  /// By the slug of the rule.
  package private(set) var rules: [String: PeerRecord] = [:]

  package init() {}

  /// Reads every record of a folder; a folder that is not there holds none.
  package init(folder: String) throws(ProofError) {
    try self.init(files: RecordFiles.read(in: folder))
  }

  /// Reads the texts of records.
  package init(files: [(name: String, text: String)]) throws(ProofError) {
    rules = try RecordFiles.decode(files, of: "other tools") { (record: PeerRecord) in record.rule }
  }

  /// The records that were there when the program was built.
  package static func embedded() throws(ProofError) -> PeerRecords {
    try PeerRecords(files: EmbeddedPeers.files.map { ("\($0.name)", "\($0.text)") })
  }

  /// Takes over the records of others; they replace those of the same rule.
  package mutating func add(_ others: PeerRecords) {
    rules.merge(others.rules) { _, new in new }
  }

  /// The record of a rule, if it is about the rule as it stands.
  package func current(for rule: Rule) -> PeerRecord? {
    rules[rule.name].flatMap { $0.hash == Self.hash(of: rule) ? $0 : nil }
  }

  /// Of everything in a rule that a measurement depends on.
  ///
  /// The relation is not in it: what the tool finds does not depend on what is stated of it.
  package static func hash(of rule: Rule) -> String {
    var parts = measurable(rule).map { "\($0.tool) \($0.rule)" }
    for example in rule.examples {
      parts += [example.id, example.kind.rawValue]
      for file in example.files {
        parts += [file.path, file.text, file.expectations.map { "\($0.start.line)" }.joined()]
      }
    }
    let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
    return String(SHA256.hexadecimal(of: text.utf8).prefix(16))
  }

  /// The aliases of a rule that name a tool which can be run.
  package static func measurable(_ rule: Rule) -> [RuleAlias] {
    rule.aliases.filter { PeerTool.named($0.tool) != nil }
  }

  /// The text of a record: JSON with a line for each alias. The same record is the same bytes.
  package static func text(of record: PeerRecord) throws(ProofError) -> String {
    func json(_ value: some Encodable) throws -> String { try RecordFiles.json(value) }
    do {
      return """
        {"rule":\(try json(record.rule)),"hash":\(try json(record.hash)),\
        "date":\(try json(record.date)),"measured":[
        \(try record.measured.map(json).joined(separator: ",\n"))
        ]}

        """
    } catch {
      throw .unwritable(path: record.rule + ".json", reason: "\(error)")
    }
  }
}
