import RuleBase

/// Compares what one example states with what the checker found.
struct ExampleComparison {
  let rule: Rule
  let example: Example

  /// The failures of one file of the example.
  func failures(of file: ExampleFile, outcome: Verifier.Outcome) -> [VerificationFailure] {
    var failures: [VerificationFailure] = []
    for error in outcome.syntaxErrors {
      failures.append(
        failure(
          line: markdownLine(of: error.position.line, in: file),
          .syntaxError(message: error.message, column: error.position.column)))
    }
    if example.kind != .bad, let stated = file.expectations.first {
      failures.append(
        failure(line: stated.markdownLine, .expectationInCleanExample(example.kind)))
      return failures
    }
    return failures + differences(in: file, findings: outcome.findings)
  }

  func failure(line: Int, _ problem: VerificationFailure.Problem) -> VerificationFailure {
    VerificationFailure(path: rule.path, line: line, example: example.id, problem: problem)
  }

  /// The line of the Markdown file of a 1-based line of the example.
  func markdownLine(of line: Int, in file: ExampleFile) -> Int {
    guard let last = file.markdownLines.last else { return 1 }
    return line <= file.markdownLines.count ? file.markdownLines[line - 1] : last
  }

  /// Pairs expectations with findings: first those that agree, then the nearest on one line.
  private func differences(in file: ExampleFile, findings: [Finding]) -> [VerificationFailure] {
    var unmatchedFindings = findings
    var unmatched: [Expectation] = []
    for expectation in file.expectations {
      if let index = unmatchedFindings.firstIndex(where: { $0.agrees(with: expectation) }) {
        unmatchedFindings.remove(at: index)
      } else {
        unmatched.append(expectation)
      }
    }
    var failures: [VerificationFailure] = []
    for expectation in unmatched {
      let nearest =
        unmatchedFindings.firstIndex {
          $0.code == expectation.code && $0.start.line == expectation.start.line
        } ?? unmatchedFindings.firstIndex { $0.start.line == expectation.start.line }
      if let nearest {
        let found = unmatchedFindings.remove(at: nearest)
        failures.append(
          failure(line: expectation.markdownLine, .different(wanted: expectation, found: found)))
      } else {
        failures.append(failure(line: expectation.markdownLine, .missing(expectation)))
      }
    }
    for finding in unmatchedFindings {
      failures.append(
        failure(line: markdownLine(of: finding.start.line, in: file), .unexpected(finding)))
    }
    return failures
  }
}

extension Finding {
  /// Whether code, span and message are exactly the expected ones.
  fileprivate func agrees(with expectation: Expectation) -> Bool {
    code == expectation.code && message == expectation.message
      && start.line == expectation.start.line && start.column == expectation.start.column
      && end.line == expectation.end.line && end.column == expectation.end.column
  }
}
