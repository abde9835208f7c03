import AsyncChecks
import Dispatch
import PythonSyntax
import Verifier

/// What fixing changed.
struct FixOutcome {
  struct Change {
    /// The index of the file in the inputs.
    let index: Int
    let before: [UInt8]
    let after: [UInt8]
  }

  var changes: [Change] = []
  /// How many fixes were applied.
  var applied = 0
  /// Files with fixes that cannot be written back: notebooks, and encodings other than UTF-8.
  var unfixable: [String] = []
}

/// Runs the checker over the inputs and turns what it says into reports.
struct CheckSession {
  let checker: Checker
  let table: RuleTable
  /// Enough for fixes that open the way for others; a bound against fixes that feed each other.
  private static let mostRounds = 10

  /// All cores: files are independent but for the project's names.
  private static let parallel = Executor { count, body in
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }

  private enum Scan: Sendable {
    case scanned(ScannedFile)
    case unreadable(FileError)
  }

  /// Checks the inputs; those that cannot be read are complained about and have no result.
  private func check(_ inputs: inout CheckInputs) -> [CheckedFile?] {
    let files = inputs.files
    let scans = Self.parallel.map(files.count) { scan(files[$0], isCompact: true) }
    var readable: [Int] = []
    var scanned: [ScannedFile] = []
    for (index, scan) in scans.enumerated() {
      switch scan {
      case .scanned(let file):
        readable.append(index)
        scanned.append(file)
      case .unreadable(let error): inputs.complain(error.description)
      }
    }
    let plan = checker.plan(for: scanned)
    let dropped = scanned.indices.filter { plan.isNeeded[$0] && scanned[$0].isDropped }
    let droppedFiles = dropped.map { files[readable[$0]] }
    let rescans = Self.parallel.map(dropped.count) { scan(droppedFiles[$0], isCompact: false) }
    for (index, scan) in zip(dropped, rescans) {
      // A file that went away meanwhile is analysed as far as it is known.
      if case .scanned(let file) = scan { scanned[index] = file }
    }
    let analysis = checker.analysis(of: scanned, plan: plan, executor: Self.parallel)
    let checked = Self.parallel.map(scanned.count) { analysis.check($0) }
    var results = [CheckedFile?](repeating: nil, count: files.count)
    for (index, file) in zip(readable, checked) { results[index] = file }
    return results
  }

  private func scan(_ file: CheckInputs.File, isCompact: Bool) -> Scan {
    do throws(FileError) {
      let scanned = checker.scan(
        SourceFile(
          path: Array(file.displayPath.utf8), bytes: try file.read(),
          isNotebook: file.notebook != nil))
      return .scanned(isCompact ? scanned.compacted() : scanned)
    } catch {
      return .unreadable(error)
    }
  }

  // MARK: Reports

  func reports(for inputs: inout CheckInputs) -> [FileReport] {
    let checked = check(&inputs)
    let converter = FindingConverter(
      table: table,
      files: zip(inputs.files, checked).map { ($0.displayPath, $1 ?? CheckedFile.empty) })
    var reports: [FileReport] = []
    for (index, input) in inputs.files.enumerated() {
      guard let file = checked[index] else { continue }
      guard !file.diagnostics.isEmpty || !file.syntaxErrors.isEmpty else { continue }
      let bytes = file.source?.bytes ?? (try? input.read()) ?? []
      let errors = converter.syntaxErrors(ofFileAt: index, bytes: bytes)
      var findings = converter.findings(ofFileAt: index)
      if !errors.isEmpty { findings = (errors + findings).sorted { $0.start < $1.start } }
      if let notebook = input.notebook {
        reports += FileReport.reports(of: notebook, path: input.displayPath, findings: findings)
      } else {
        reports.append(
          FileReport(path: input.displayPath, cell: nil, source: bytes[...], findings: findings))
      }
    }
    return reports
  }

  // MARK: Fixes

  /// Applies fixes in rounds until there is nothing left to apply, and updates the inputs.
  func fixing(_ inputs: inout CheckInputs, upTo applicability: Applicability) -> FixOutcome {
    var originals: [Int: [UInt8]] = [:]
    var outcome = FixOutcome()
    for round in 0..<Self.mostRounds {
      var isChanged = false
      for (index, file) in check(&inputs).enumerated() {
        let fixes = file?.diagnostics.compactMap(\.fix).filter {
          $0.applicability != .displayOnly
        }
        guard let file, let fixes, !fixes.isEmpty else { continue }
        let input = inputs.files[index]
        guard input.notebook == nil, let source = file.source,
          let bytes = try? input.read(), source.bytes == bytes
        else {
          if round == 0 { outcome.unfixable.append(input.displayPath) }
          continue
        }
        let fixed = apply(fixes, to: bytes, upTo: applicability)
        guard fixed.applied > 0, fixed.bytes != bytes else { continue }
        if originals[index] == nil { originals[index] = bytes }
        outcome.applied += fixed.applied
        inputs.setBytes(fixed.bytes, ofFileAt: index)
        isChanged = true
      }
      if !isChanged { break }
    }
    for (index, original) in originals.sorted(by: { $0.key < $1.key }) {
      if let after = inputs.files[index].bytes, after != original {
        outcome.changes.append(FixOutcome.Change(index: index, before: original, after: after))
      }
    }
    return outcome
  }
}

extension CheckedFile {
  /// What is said of a file that could not be read: nothing.
  fileprivate static let empty = CheckedFile(
    source: nil, syntaxErrors: [], diagnostics: [], suppressed: 0)
}
