package import RuleBase

/// The recorded proofs, one JSON file for each rule: `proofs/<name>.json`.
package struct ProofRecords: Sendable {
  /// By the slug of the rule.
  package private(set) var rules: [String: RuleProofs] = [:]

  package init() {}

  /// Reads every record of a folder; a folder that is not there holds none.
  package init(folder: String) throws(ProofError) {
    try self.init(files: RecordFiles.read(in: folder))
  }

  /// Reads the texts of records.
  package init(files: [(name: String, text: String)]) throws(ProofError) {
    rules = try RecordFiles.decode(files, of: "proofs") { (record: RuleProofs) in record.rule }
  }

  /// The records that were there when the program was built.
  package static func embedded() throws(ProofError) -> ProofRecords {
    try ProofRecords(files: EmbeddedProofs.files.map { ("\($0.name)", "\($0.text)") })
  }

  /// Takes over the records of others; they replace those of the same rule.
  package mutating func add(_ others: ProofRecords) {
    rules.merge(others.rules) { _, new in new }
  }

  /// The text of a record: JSON with a line for each thing that may change, so that a review
  /// shows what did. The same proofs are the same bytes.
  package static func text(of proofs: RuleProofs) throws(ProofError) -> String {
    func json(_ value: some Encodable) throws -> String { try RecordFiles.json(value) }
    func group(_ group: ProofGroup) throws -> String {
      var rest = group.observation
      rest.activities = nil
      let activities = try (group.observation.activities ?? []).map(json)
      let observation = try json(rest).dropLast()
      let list =
        activities.isEmpty
        ? "" : ",\n      \"activities\":[\n       \(activities.joined(separator: ",\n       "))]"
      return """
            {"variant":\(try json(group.variant)),"on":\(try json(group.on)),
             "observation":\(observation)\(list)}}
        """
    }
    func entry(_ proof: Proof) throws -> String {
      """
        {"id":\(try json(proof.id)),"hash":\(try json(proof.hash)),
         "skipped":\(try json(proof.skipped)),
         "seen":[
      \(try proof.seen.map(group).joined(separator: ",\n"))]}
      """
    }
    do {
      return """
        {"rule":\(try json(proofs.rule)),"recorded":\(try json(proofs.recorded)),\
        "system":\(try json(proofs.system)),"proofs":[
        \(try proofs.proofs.map(entry).joined(separator: ",\n"))
        ]}

        """
    } catch {
      throw .unwritable(path: proofs.rule + ".json", reason: "\(error)")
    }
  }
}

/// How a record stands to the example it is about.
package enum ProofState: Hashable, Sendable {
  case current(Proof)
  /// The example, its expectations or the harness changed since.
  case stale
  case missing
}

extension ProofRecords {
  /// The state of the proof of one example.
  package func state(of example: Example, in rule: Rule) -> ProofState {
    guard let proof = rules[rule.name]?.proof(of: example.id) else { return .missing }
    return proof.hash == ProofFingerprint.of(example) ? .current(proof) : .stale
  }
}

extension VerifiedRule {
  /// The rule with what is recorded and still holds.
  package func attaching(_ records: ProofRecords, _ peers: PeerRecords) -> VerifiedRule {
    var result = VerifiedRule(
      rule: rule,
      examples: examples.map { verified in
        var verified = verified
        if case .current(let proof) = records.state(of: verified.example, in: rule) {
          verified.proof = proof
        }
        return verified
      })
    result.origin = records.rules[rule.name].map {
      ProofOrigin(day: $0.recorded, system: $0.system)
    }
    result.peers = peers.current(for: rule)
    return result
  }
}
