import RuleBase
import Verifier

/// How the recorded proofs stand to the rules as they are.
struct ProofStanding {
  let records: ProofRecords
  private(set) var staleCount = 0
  private(set) var missingCount = 0

  /// Compares the rules of a folder with the records in it, or those inside the binary.
  init(of base: RuleBase, in folder: String?) throws {
    do {
      records = try folder.map { try ProofRecords(folder: $0 + "/proofs") } ?? .embedded()
    } catch let error as ProofError {
      throw Complaint("\(error)")
    }
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
