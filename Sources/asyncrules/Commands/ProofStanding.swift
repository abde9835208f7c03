import RuleBase
import Verifier

/// How the recorded proofs stand to the rules as they are.
struct ProofStanding {
  let records: ProofRecords
  private(set) var staleCount = 0
  private(set) var missingCount = 0

  /// Compares the rules of a folder with the records in it, or those inside the binary.
  init(of base: RuleBase, in folder: String?) throws {
    let records = try Self.reading { () throws(ProofError) in
      guard let folder else { return try ProofRecords.embedded() }
      return try ProofRecords(folder: folder + "/proofs")
    }
    self.init(of: base, records: records)
  }

  /// The records inside the binary and those of folders with rules.
  static func records(
    with folders: [String], withBuiltIn: Bool = true,
  ) throws -> ProofRecords {
    try reading { () throws(ProofError) in
      var records = ProofRecords()
      if withBuiltIn { records = try ProofRecords.embedded() }
      for folder in folders { records.add(try ProofRecords(folder: folder + "/proofs")) }
      return records
    }
  }

  private static func reading(
    _ read: () throws(ProofError) -> ProofRecords
  ) throws -> ProofRecords {
    do {
      return try read()
    } catch {
      throw Complaint("\(error)")
    }
  }

  /// Compares rules with records.
  init(of base: RuleBase, records: ProofRecords) {
    self.records = records
    for rule in base.rules {
      for example in rule.examples {
        switch records.state(of: example, in: rule) {
        case .current: break
        case .stale: staleCount += 1
        case .missing: missingCount += 1
        }
      }
    }
  }

  /// What is to be done; `nil` when every example is proven as it stands.
  var warning: String? {
    guard staleCount + missingCount > 0 else { return nil }
    let parts = [(staleCount, "stale"), (missingCount, "missing")].filter { $0.0 > 0 }
      .map { "\(count($0.0, "proof")) \($0.1)" }
    return parts.joined(separator: ", ") + "; run 'asyncrules prove'"
  }
}
