import AsyncChecks
import Glibc
import RuleBase
import Verifier

/// A folder of rules that somebody is writing: read, checked and verified again as it changes.
struct WatchedRules {
  /// What was wrong with a file, in a form that can be shown with its line.
  struct Fault {
    /// Relative to the rules folder.
    let path: String
    let line: Int?
    let message: String
  }

  let folder: String
  private var files: [String: (stamp: FileStamp, text: String)] = [:]
  private var cache = RuleFileCache()
  private var known: [String: KnownRule] = [:]
  /// What the rules as a whole say to the checker; other rules' findings depend on it.
  private var tableBytes: [UInt8] = []
  private var recordStamps: [String: FileStamp] = [:]
  private var records = ProofRecords()
  private var peers = PeerRecords()

  /// By code; of a broken file the rule as it last was sound.
  private(set) var rules: [VerifiedRule] = []
  private(set) var faults: [Fault] = []
  /// The names of the rules that the last look found changed.
  private(set) var changedRules: Set<String> = []

  /// A rule that was verified, with what is recorded of it.
  private struct KnownRule {
    let source: String
    /// The texts of its translations.
    let translations: [String]
    let rule: VerifiedRule
    let faults: [Fault]

    /// Whether the rule has not changed since.
    func isOf(_ rule: Rule) -> Bool {
      source == rule.source && translations == rule.translations.map(\.source)
    }
  }

  init(folder: String) throws {
    var folder = folder
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    self.folder = folder
  }

  /// The text of a rule file.
  func text(ofFile path: String) -> String? { files[path]?.text }

  /// Looks at the folder; the paths of the files that differ from the last look, or `nil`.
  mutating func refresh() throws -> [String]? {
    let paths = try Self.ruleFiles(in: folder)
    var changed = files.keys.filter { !paths.contains($0) }
    for path in changed { files[path] = nil }
    var unreadable: [Fault] = []
    for path in paths {
      guard let stamp = FileStamp("\(folder)/\(path)"), files[path]?.stamp != stamp else {
        continue
      }
      let bytes = try FileSystem.read("\(folder)/\(path)")
      if let text = String(validating: bytes, as: UTF8.self) {
        files[path] = (stamp, text)
      } else {
        files[path] = (stamp, String(decoding: bytes, as: UTF8.self))
        unreadable.append(Fault(path: path, line: nil, message: "the file is not UTF-8"))
      }
      changed.append(path)
    }
    let recordsChanged = refreshRecords()
    guard !changed.isEmpty || recordsChanged else { return nil }
    read(adding: unreadable)
    return changed.sorted()
  }

  /// Reads the records of proofs and of other tools anew when any of them was written; whether it
  /// was.
  private mutating func refreshRecords() -> Bool {
    let stamps = Self.stamps(of: "\(folder)/proofs").merging(
      Self.stamps(of: "\(folder)/peers"), uniquingKeysWith: { first, _ in first })
    guard stamps != recordStamps else { return false }
    recordStamps = stamps
    records = (try? ProofRecords(folder: "\(folder)/proofs")) ?? ProofRecords()
    peers = (try? PeerRecords(folder: "\(folder)/peers")) ?? PeerRecords()
    known = [:]
    return true
  }

  private mutating func read(adding unreadable: [Fault]) {
    let sources = files.map { (path: $0.key, text: $0.value.text) }
    let (whole, errors) = cache.load(files: sources, root: folder)
    let base = whole ?? cache.soundRules
    let table = base.table.encode()
    // A rule's examples are checked against all rules, so facts that changed concern every rule.
    if table != tableBytes { known = [:] }
    tableBytes = table
    changedRules = []
    var current: [String: KnownRule] = [:]
    lazy var verifier = Verifier(ruleBase: base)
    for rule in base.rules {
      if let known = known[rule.path], known.isOf(rule) {
        current[rule.path] = known
      } else {
        current[rule.path] = verified(rule, by: verifier)
        changedRules.insert(rule.name)
      }
    }
    known = current
    rules = base.rules.compactMap { current[$0.path]?.rule }
    faults =
      unreadable
      + errors.map { error in
        Fault(
          path: error.file.hasPrefix(folder + "/")
            ? String(error.file.dropFirst(folder.count + 1)) : error.file,
          line: error.line, message: "\(error.problem)")
      } + base.rules.flatMap { current[$0.path]?.faults ?? [] }
  }

  private func verified(_ rule: Rule, by verifier: Verifier) -> KnownRule {
    let (result, failures) = verifier.verify(rule)
    let faults = failures.map { failure in
      let subject = failure.example.map { "example '\($0)': " } ?? ""
      return Fault(
        path: failure.path, line: failure.line, message: subject + failure.problem.summary)
    }
    return KnownRule(
      source: rule.source, translations: rule.translations.map(\.source),
      rule: result.attaching(records, peers), faults: faults)
  }

  /// Paths below the folder, as ``RuleBase`` would read them.
  private static func ruleFiles(in folder: String) throws -> Set<String> {
    var result: Set<String> = []
    func visit(_ part: String, depth: Int) throws {
      for entry in try FileSystem.list(part.isEmpty ? folder : "\(folder)/\(part)") {
        let path = part.isEmpty ? entry.name : "\(part)/\(entry.name)"
        guard !entry.name.hasPrefix(".") else { continue }
        if entry.kind == .directory, depth < 8 {
          try visit(path, depth: depth + 1)
        } else if entry.kind != .directory, path.hasSuffix(".md"), entry.name != "README.md" {
          result.insert(path)
        }
      }
    }
    try visit("", depth: 0)
    return result
  }

  private static func stamps(of folder: String) -> [String: FileStamp] {
    let entries = (try? FileSystem.list(folder)) ?? []
    return entries.reduce(into: [:]) { stamps, entry in
      let path = "\(folder)/\(entry.name)"
      stamps[path] = FileStamp(path)
    }
  }
}
