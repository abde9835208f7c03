import AsyncChecks
import Dispatch
import PythonSemantics
import PythonSyntax
import TextCodecs
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
  /// Whether files that no rule can concern are parsed too, for their syntax errors.
  let parsesEveryFile: Bool
  /// Enough for fixes that open the way for others; a bound against fixes that feed each other.
  private static let mostRounds = 10

  /// All cores: files are independent but for the project's names.
  static let parallel = Executor { count, body in
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }

  /// Up to so many files, every one is parsed, so that the syntax errors of all are shown; beyond,
  /// files that no rule can concern are left alone.
  private static let fileCountToParseAll = 1000

  /// Checks the inputs; those that cannot be read are complained about and have no result.
  private func check(_ inputs: inout CheckInputs) -> [CheckedFile?] {
    let files = inputs.files
    let sources = SourceFiles(
      paths: files.map { Array($0.displayPath.utf8) },
      isNotebook: files.map { $0.notebook != nil },
      codecs: TextCodecs.all,
      read: { try? files[$0].read() },
      look: { files[$0].look($1) })
    let scope: ParsingScope =
      parsesEveryFile || files.count <= Self.fileCountToParseAll ? .everything : .needed
    let checked = checker.check(sources, scope: scope, executor: Self.parallel)
    for (index, result) in checked.enumerated() where result == nil {
      do throws(FileError) {
        _ = try files[index].read()
        inputs.complain("cannot read '\(files[index].displayPath)'")
      } catch {
        inputs.complain(error.description)
      }
    }
    return checked
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
