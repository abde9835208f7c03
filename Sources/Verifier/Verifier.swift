package import PythonSemantics
package import AsyncChecks
import PythonSyntax
package import RuleBase

/// Classifies every example of a rule base with the checker and compares the outcome with what
/// the rule files state.
package struct Verifier: Sendable {
  private let ruleBase: RuleBase
  private let checker: Checker
  private let table: RuleTable

  package init(ruleBase: RuleBase) {
    self.ruleBase = ruleBase
    table = ruleBase.table
    // No finding of any other rule may appear, so those that are off by default count too.
    checker = Checker(table: table, selected: Array(repeating: true, count: table.rules.count))
  }

  /// Classifies every example.
  ///
  /// - Parameters:
  ///   - executor: Runs rules beside each other.
  ///   - progress: Called now and then with how many rules are done.
  package func verify(
    executor: Executor = .sequential,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
  ) -> Verification {
    var rules: [VerifiedRule] = []
    var failures: [VerificationFailure] = []
    let total = ruleBase.rules.count
    let step = 64
    for start in stride(from: 0, to: total, by: step) {
      let done = executor.map(min(step, total - start)) { verify(ruleBase.rules[start + $0]) }
      for (verified, ruleFailures) in done {
        rules.append(verified)
        failures += ruleFailures.sorted { $0.line < $1.line }
      }
      progress(rules.count, total)
    }
    return Verification(rules: rules, failures: failures)
  }

  /// Classifies the examples of one rule.
  package func verify(_ rule: Rule) -> (VerifiedRule, [VerificationFailure]) {
    // The checker no longer knows what a removed rule is about.
    guard rule.status.state != .removed || rule.callables.isEmpty else {
      return Verifier(ruleBase: ruleBase.restoring(rule)).verifyExamples(of: rule)
    }
    return verifyExamples(of: rule)
  }

  private func verifyExamples(of rule: Rule) -> (VerifiedRule, [VerificationFailure]) {
    var examples: [VerifiedExample] = []
    var failures = plainFenceFailures(of: rule)
    for example in rule.examples {
      let classified = classify(example.files.map { ($0.path, $0.text) })
      var files: [VerifiedFile] = []
      let session = ExampleComparison(rule: rule, example: example)
      for (file, outcome) in zip(example.files, classified) {
        failures += session.failures(of: file, outcome: outcome)
        let (fixed, fixFailures) = verifyFix(of: file, outcome: outcome, in: example, rule: rule)
        failures += fixFailures
        files.append(VerifiedFile(file: file, findings: outcome.findings, fixed: fixed))
      }
      if example.kind == .bad, example.files.allSatisfy(\.expectations.isEmpty),
        files.allSatisfy(\.findings.isEmpty)
      {
        failures.append(
          session.failure(line: example.files[0].markdownLines.first ?? 1, .nothingExpected))
      }
      examples.append(VerifiedExample(example: example, files: files))
    }
    if rule.fix != .none, rule.status.state != .removed,
      !rule.examples.contains(where: { $0.files.contains { $0.fixed != nil } })
    {
      failures.append(
        VerificationFailure(path: rule.path, line: 1, example: nil, problem: .fixNotShown(rule.fix))
      )
    }
    return (VerifiedRule(rule: rule, examples: examples), failures)
  }

  /// What the checker says of one file.
  package struct Outcome: Sendable {
    package let findings: [Finding]
    package let diagnostics: [Diagnostic]
    package let syntaxErrors: [(position: Position, message: String)]
  }

  /// Checks files as one project.
  package func classify(_ files: [(path: String, text: String)]) -> [Outcome] {
    let checked = checker.check(
      project: files.map { file in
        SourceFile(
          path: Array(file.path.utf8), bytes: Array(file.text.utf8),
          isNotebook: file.path.hasSuffix(".ipynb"))
      })
    let converter = FindingConverter(
      table: table, files: zip(files, checked).map { ($0.path, $1) })
    return checked.enumerated().map { index, file in
      Outcome(
        findings: converter.findings(ofFileAt: index), diagnostics: file.diagnostics,
        syntaxErrors: converter.syntaxErrors(
          ofFileAt: index, bytes: Array(files[index].text.utf8)
        ).map { ($0.start, $0.message) })
    }
  }

  // MARK: - Fixes

  private func verifyFix(
    of file: ExampleFile, outcome: Outcome, in example: Example, rule: Rule,
  ) -> (fixed: String?, failures: [VerificationFailure]) {
    let session = ExampleComparison(rule: rule, example: example)
    let firstLine = file.markdownLines.first ?? 1
    var failures: [VerificationFailure] = []
    for finding in outcome.findings where finding.code == rule.code {
      guard let fix = finding.fix, fix.applicability != .displayOnly else { continue }
      if fix.applicability.word != rule.fix.rawValue {
        failures.append(
          session.failure(
            line: session.markdownLine(of: finding.start.line, in: file),
            .wrongApplicability(wanted: rule.fix, found: fix.applicability.word)))
      }
    }
    let fixes = outcome.diagnostics.compactMap(\.fix).filter { $0.applicability != .displayOnly }
    guard !fixes.isEmpty else {
      if let line = file.fixedLine {
        failures.append(session.failure(line: line, .noFix))
      }
      return (nil, failures)
    }
    let others = example.files.filter { $0.path != file.path }.map { ($0.path, $0.text) }
    let (fixed, isComplete) = applyUntilStable(to: file, fixes: fixes, others: others)
    if let wanted = file.fixed, wanted != fixed {
      failures.append(
        session.failure(
          line: file.fixedLine ?? firstLine, .wrongFix(wanted: wanted, found: fixed)))
    }
    if !isComplete {
      failures.append(session.failure(line: file.fixedLine ?? firstLine, .fixNotIdempotent))
    }
    let after = classify([(file.path, fixed)] + others)[0]
    for error in after.syntaxErrors {
      failures.append(
        session.failure(
          line: file.fixedLine ?? firstLine,
          .syntaxError(message: "after the fix: \(error.message)", column: error.position.column)))
    }
    let unfixed = outcome.diagnostics.count - fixes.count
    if after.findings.count > unfixed, let remaining = after.findings.first {
      failures.append(
        session.failure(line: file.fixedLine ?? firstLine, .fixNotComplete(remaining)))
    }
    return (fixed, failures)
  }

  /// Applies fixes until nothing is left to fix, as `check --fix` does.
  private func applyUntilStable(
    to file: ExampleFile, fixes: [Fix], others: [(path: String, text: String)],
  ) -> (text: String, isComplete: Bool) {
    var text = file.text
    var fixes = fixes
    for _ in 0..<10 {
      let result = apply(fixes, to: Array(text.utf8), upTo: .unsafe)
      text = String(decoding: result.bytes, as: UTF8.self)
      fixes = classify([(file.path, text)] + others)[0].diagnostics.compactMap(\.fix)
        .filter { $0.applicability != .displayOnly }
      if fixes.isEmpty { return (text, true) }
    }
    return (text, false)
  }

  // MARK: - Plain fences

  /// Fences of plain `python` are not classified, but they must parse.
  private func plainFenceFailures(of rule: Rule) -> [VerificationFailure] {
    var failures: [VerificationFailure] = []
    for section in rule.sections {
      for case .prose(let markdown, let line) in section.blocks {
        for fence in PlainFence.pythonFences(in: markdown) {
          for error in classify([("example.py", fence.text)])[0].syntaxErrors {
            failures.append(
              VerificationFailure(
                path: rule.path, line: line + fence.firstLine + error.position.line - 1,
                example: nil,
                problem: .syntaxError(message: error.message, column: error.position.column)))
          }
        }
      }
    }
    return failures
  }
}
