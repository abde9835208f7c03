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
  private var files: [String: (stamp: Stamp, text: String)] = [:]
  private var cache = RuleFileCache()
  private var verifiedRules: [String: (source: String, rule: VerifiedRule, faults: [Fault])] = [:]
  /// What the rules as a whole say to the checker; other rules' findings depend on it.
  private var tableBytes: [UInt8] = []
  private var recordsStamp: [String: Stamp] = [:]
  private var records: ProofRecords?

  /// By code; of a broken file the rule as it last was sound.
  private(set) var rules: [VerifiedRule] = []
  private(set) var faults: [Fault] = []

  /// When and how a file was last written.
  private struct Stamp: Hashable {
    let seconds: Int
    let nanoseconds: Int
    let size: Int
    let inode: UInt64

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
      size = Int(status.st_size)
      inode = UInt64(status.st_ino)
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
      guard let stamp = Stamp("\(folder)/\(path)"), files[path]?.stamp != stamp else { continue }
      let bytes = try FileSystem.read("\(folder)/\(path)")
      if let text = String(validating: bytes, as: UTF8.self) {
        files[path] = (stamp, text)
      } else {
        files[path] = (stamp, String(decoding: bytes, as: UTF8.self))
        unreadable.append(Fault(path: path, line: nil, message: "the file is not UTF-8"))
      }
      changed.append(path)
    }
    let proofs = Self.stamps(of: "\(folder)/proofs")
    guard !changed.isEmpty || proofs != recordsStamp else { return nil }
    if proofs != recordsStamp || records == nil {
      recordsStamp = proofs
      records = try? ProofRecords(folder: "\(folder)/proofs")
    }
    read(adding: unreadable)
    return changed.sorted()
  }

  private mutating func read(adding unreadable: [Fault]) {
    let sources = files.map { (path: $0.key, text: $0.value.text) }
    let (whole, errors) = cache.load(files: sources, root: folder)
    let base = whole ?? cache.soundRules
    let table = base.table.encode()
    // A rule's examples are checked against all rules, so facts that changed concern every rule.
    if table != tableBytes { verifiedRules.removeAll() }
    tableBytes = table
    let verifier = Verifier(ruleBase: base)
    var verified: [String: (source: String, rule: VerifiedRule, faults: [Fault])] = [:]
    for rule in base.rules {
      if let known = verifiedRules[rule.path], known.source == rule.source {
        verified[rule.path] = known
        continue
      }
      let (result, failures) = verifier.verify(rule)
      let faults = failures.map { failure in
        let subject = failure.example.map { "example '\($0)': " } ?? ""
        return Fault(
          path: failure.path, line: failure.line, message: subject + failure.problem.summary)
      }
      verified[rule.path] = (rule.source, result, faults)
    }
    verifiedRules = verified
    let peers = (try? PeerRecords(folder: "\(folder)/peers")) ?? PeerRecords()
    rules = base.rules.compactMap { rule in
      guard let result = verified[rule.path]?.rule else { return nil }
      return records.map { result.attaching($0, peers) } ?? result
    }
    faults =
      unreadable
      + errors.map { error in
        Fault(
          path: error.file.hasPrefix(folder + "/")
            ? String(error.file.dropFirst(folder.count + 1)) : error.file,
          line: error.line, message: "\(error.problem)")
      } + base.rules.flatMap { verified[$0.path]?.faults ?? [] }
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

  private static func stamps(of folder: String) -> [String: Stamp] {
    let entries = (try? FileSystem.list(folder)) ?? []
    return entries.reduce(into: [:]) { $0[$1.name] = Stamp("\(folder)/\($1.name)") }
  }
}
