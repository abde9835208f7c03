import AsyncChecks
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

  init(checker: Checker, table: RuleTable) {
    self.checker = checker
    self.table = table
  }

  private func check(_ inputs: CheckInputs) -> [CheckedFile] {
    checker.check(
      project: inputs.files.map { file in
        SourceFile(
          path: Array(file.displayPath.utf8), bytes: file.bytes,
          isNotebook: file.notebook != nil)
      })
  }

  func reports(for inputs: CheckInputs) -> [FileReport] {
    let checked = check(inputs)
    let converter = FindingConverter(
      table: table,
      files: zip(inputs.files, checked).map { ($0.displayPath, $1.lineIndex) })
    return checked.enumerated().flatMap { index, file -> [FileReport] in
      let errors = file.syntaxErrors.map { error in
        Finding(
          code: FileReport.syntaxErrorCode, name: FileReport.syntaxErrorCode, severity: .error,
          message: String(decoding: error.message, as: UTF8.self),
          start: file.lineIndex.position(at: error.span.start),
          end: file.lineIndex.position(at: error.span.end))
      }
      var findings = file.diagnostics.map { converter.finding($0, inFileAt: index) }
      if !errors.isEmpty { findings = (errors + findings).sorted { $0.start < $1.start } }
      let input = inputs.files[index]
      if let notebook = input.notebook {
        return FileReport.reports(of: notebook, path: input.displayPath, findings: findings)
      }
      return [
        FileReport(
          path: input.displayPath, cell: nil, source: (file.source?.bytes ?? input.bytes)[...],
          findings: findings)
      ]
    }
  }

  /// Applies fixes in rounds until there is nothing left to apply, and updates the inputs.
  func fixing(_ inputs: inout CheckInputs, upTo applicability: Applicability) -> FixOutcome {
    let originals = inputs.files.map(\.bytes)
    var outcome = FixOutcome()
    for round in 0..<Self.mostRounds {
      var isChanged = false
      for (index, file) in check(inputs).enumerated() {
        let fixes = file.diagnostics.compactMap(\.fix).filter { $0.applicability != .displayOnly }
        guard !fixes.isEmpty else { continue }
        let input = inputs.files[index]
        guard input.notebook == nil, let source = file.source, source.bytes == input.bytes else {
          if round == 0 { outcome.unfixable.append(input.displayPath) }
          continue
        }
        let fixed = apply(fixes, to: input.bytes, upTo: applicability)
        guard fixed.applied > 0, fixed.bytes != input.bytes else { continue }
        outcome.applied += fixed.applied
        inputs.replaceBytes(ofFileAt: index, with: fixed.bytes)
        isChanged = true
      }
      if !isChanged { break }
    }
    for index in inputs.files.indices where inputs.files[index].bytes != originals[index] {
      outcome.changes.append(
        FixOutcome.Change(
          index: index, before: originals[index], after: inputs.files[index].bytes))
    }
    return outcome
  }
}
