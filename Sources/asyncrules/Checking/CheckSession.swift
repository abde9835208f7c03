import AsyncChecks
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
  /// What is left out in some files.
  let ignores: PerFileIgnores
  /// Enough for fixes that open the way for others; a bound against fixes that feed each other.
  private static let mostRounds = 10

  /// Up to so many files, every one is parsed, so that the syntax errors of all are shown; beyond,
  /// files that no rule can concern are left alone.
  private static let fileCountToParseAll = 1000

  private func scope(_ files: [CheckInputs.File]) -> ParsingScope {
    parsesEveryFile || files.count <= Self.fileCountToParseAll ? .everything : .needed
  }

  private func sources(_ files: [CheckInputs.File], _ log: HashLog?) -> SourceFiles {
    SourceFiles(
      paths: files.map { Array($0.displayPath.utf8) },
      isNotebook: files.map { $0.notebook != nil },
      codecs: TextCodecs.all,
      read: { file in
        let bytes = try? files[file].read()
        if let log, let bytes { bytes.withUnsafeBytes { log.note($0, of: file) } }
        return bytes
      },
      look: { file, body in
        files[file].look { bytes in
          log?.note(UnsafeRawBufferPointer(bytes), of: file)
          body(bytes)
        }
      })
  }

  /// Checks the inputs; those that cannot be read are complained about and have no result.
  private func check(
    _ inputs: inout CheckInputs, log: HashLog? = nil,
  ) -> (results: [CheckedFile?], record: ProjectRecord) {
    let files = inputs.files
    let checked = checker.checkAndRecord(
      sources(files, log), scope: scope(files), executor: WorkerThreads.executor)
    for (index, result) in checked.results.enumerated() where result == nil {
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

  /// What was found in a file, and the code to show.
  struct Found {
    let findings: FileFindings
    let source: [UInt8]
  }

  func reports(for inputs: inout CheckInputs) -> [FileReport] {
    let found = findings(for: &inputs, log: nil).found
    return reports(of: found, in: inputs)
  }

  /// Checks all inputs together.
  func findings(
    for inputs: inout CheckInputs, log: HashLog?,
  ) -> (found: [Found], record: ProjectRecord) {
    let (checked, record) = check(&inputs, log: log)
    let results = checked.enumerated().compactMap { index, file in
      file.map { (index: index, file: $0) }
    }
    return (found(results, in: inputs, log), record)
  }

  /// Checks inputs that have changed since a record was made, if they make no difference to others.
  func findingsApart(
    _ changed: [Int], of inputs: CheckInputs, _ record: ProjectRecord, _ log: HashLog,
  ) -> [Found]? {
    let files = inputs.files
    return checker.checkApart(
      changed, of: sources(files, log), record, scope: scope(files),
      executor: WorkerThreads.executor
    ).map { results in
      found(zip(changed, results).map { (index: $0, file: $1) }, in: inputs, log)
    }
  }

  private func found(
    _ results: [(index: Int, file: CheckedFile)], in inputs: CheckInputs, _ log: HashLog?,
  ) -> [Found] {
    var files = inputs.files.map { (path: $0.displayPath, checked: CheckedFile.empty) }
    let results = results.map { index, file in
      (index: index, file: ignores.applied(to: file, at: files[index].path))
    }
    for (index, file) in results { files[index].checked = file }
    let converter = FindingConverter(table: table, files: files)
    return results.compactMap { index, file in
      guard !file.diagnostics.isEmpty || !file.syntaxErrors.isEmpty else { return nil }
      let bytes = file.source?.bytes ?? readAgain(inputs.files[index], index, log)
      let errors = converter.syntaxErrors(ofFileAt: index, bytes: bytes)
      var findings = converter.findings(ofFileAt: index)
      if !errors.isEmpty { findings = (errors + findings).sorted { $0.start < $1.start } }
      return Found(
        findings: FileFindings(
          index: index, isDecoded: file.source != nil, findings: findings),
        source: bytes)
    }
  }

  private func readAgain(_ input: CheckInputs.File, _ index: Int, _ log: HashLog?) -> [UInt8] {
    let bytes = (try? input.read()) ?? []
    bytes.withUnsafeBytes { log?.note($0, of: index) }
    return bytes
  }

  func reports(of found: [Found], in inputs: CheckInputs) -> [FileReport] {
    found.flatMap { file -> [FileReport] in
      let input = inputs.files[file.findings.index]
      let findings = file.findings.findings
      if let notebook = input.notebook {
        return FileReport.reports(of: notebook, path: input.displayPath, findings: findings)
      }
      return [
        FileReport(
          path: input.displayPath, cell: nil, source: file.source[...], findings: findings)
      ]
    }
  }

  /// Source code as it is shown when it could be decoded.
  static func decoded(_ bytes: [UInt8]) -> [UInt8]? {
    switch SourceText.decode(bytes, codecs: TextCodecs.all) {
    case .success(let source): source.bytes
    case .failure: nil
    }
  }

  // MARK: Fixes

  /// Applies fixes in rounds until there is nothing left to apply, and updates the inputs.
  func fixing(_ inputs: inout CheckInputs, upTo applicability: Applicability) -> FixOutcome {
    var originals: [Int: [UInt8]] = [:]
    var outcome = FixOutcome()
    for round in 0..<Self.mostRounds {
      var isChanged = false
      for (index, result) in check(&inputs).results.enumerated() {
        let file = result.map {
          ignores.applied(to: $0, at: inputs.files[index].displayPath)
        }
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
