package import RuleBase

/// The outcome of classifying every example of a rule base.
package struct Verification: Sendable {
  package let rules: [VerifiedRule]
  /// In the order of the rules and their lines.
  package let failures: [VerificationFailure]

  package var exampleCount: Int { rules.reduce(0) { $0 + $1.examples.count } }

  package var findingCount: Int {
    rules.reduce(0) { count, rule in
      rule.examples.reduce(count) { count, example in
        example.files.reduce(count) { $0 + $1.findings.count }
      }
    }
  }
}

/// Something that an example promises and the checker does not confirm.
package struct VerificationFailure: Error, Hashable, Sendable {
  /// What was wanted and what was found.
  package enum Problem: Hashable, Sendable {
    /// An expected diagnostic that was not given.
    case missing(Expectation)
    /// A diagnostic that no expectation states.
    case unexpected(Finding)
    /// A diagnostic at the right line with another span, message or code.
    case different(wanted: Expectation, found: Finding)
    /// A `bad` example without any expectation.
    case nothingExpected
    /// A `good` or `near-miss` example that states an expectation.
    case expectationInCleanExample(Example.Kind)
    /// The code of the example does not parse.
    case syntaxError(message: String, column: Int)
    /// The fixed text differs from the `fixed` fence.
    case wrongFix(wanted: String, found: String)
    /// A `fixed` fence, but the checker has no fix to apply.
    case noFix
    /// After the fixes, a diagnostic that a fix was meant to cure is still there.
    case fixNotComplete(Finding)
    /// Applying the fixes again changes the text once more.
    case fixNotIdempotent
    /// A fix of another applicability than the rule's `fix:` states.
    case wrongApplicability(wanted: FixAvailability, found: String)
    /// The rule's `fix:` promises a fix, but no `bad` example shows one.
    case fixNotShown(FixAvailability)
  }

  /// The rule file, relative to the rules folder.
  package let path: String
  /// The 1-based line of the Markdown file.
  package let line: Int
  /// The example's id; `nil` for a fence outside the examples or a fault of the whole rule.
  package let example: String?
  package let problem: Problem
}

extension VerificationFailure: CustomStringConvertible {
  /// `blocking/blocking-sleep.md:42: example 'handler': …`, without the code frame.
  package var description: String {
    let subject = example.map { "example '\($0)': " } ?? ""
    return "\(path):\(line): \(subject)\(problem.summary)"
  }
}

extension VerificationFailure.Problem {
  /// One line that says what was wanted and what was found.
  package var summary: String {
    switch self {
    case .missing(let wanted):
      "expected \(wanted.code) at \(wanted.start)-\(wanted.end), found nothing"
    case .unexpected(let found):
      "unexpected \(found.code) (\(found.name)) at \(found.start)-\(found.end): \(found.message)"
    case .different(let wanted, let found):
      differences(wanted: wanted, found: found)
    case .nothingExpected:
      "a bad example must state at least one expected diagnostic, and the checker finds none"
    case .expectationInCleanExample(let kind):
      "a \(kind.rawValue) example must not state an expected diagnostic"
    case .syntaxError(let message, let column):
      "the code does not parse: \(message) (column \(column))"
    case .wrongFix:
      "the fixed text differs from the 'fixed' fence (- wanted, + found)"
    case .noFix:
      "a 'fixed' fence follows, but the checker offers no fix here"
    case .fixNotComplete(let finding):
      "after the fix, \(finding.code) is still found at \(finding.start)-\(finding.end)"
    case .fixNotIdempotent:
      "applying the fixes twice changes the text a second time"
    case .wrongApplicability(let wanted, let found):
      "the rule says 'fix: \(wanted.rawValue)', but the fix found here is \(found)"
    case .fixNotShown(let availability):
      "the rule says 'fix: \(availability.rawValue)', but no bad example with a 'fixed' fence shows it"
    }
  }

  private func differences(wanted: Expectation, found: Finding) -> String {
    var parts: [String] = []
    if wanted.code != found.code {
      parts.append("expected code \(wanted.code), found \(found.code)")
    }
    let foundStart = TextPosition(line: found.start.line, column: found.start.column)
    let foundEnd = TextPosition(line: found.end.line, column: found.end.column)
    if wanted.start != foundStart || wanted.end != foundEnd {
      parts.append(
        "expected span \(wanted.start)-\(wanted.end), found \(foundStart)-\(foundEnd)")
    }
    if wanted.message != found.message {
      parts.append("expected message \"\(wanted.message)\", found \"\(found.message)\"")
    }
    return parts.joined(separator: "; ")
  }
}

extension TextPosition: CustomStringConvertible {
  /// `line:column`.
  package var description: String { "\(line):\(column)" }
}

extension Position: CustomStringConvertible {
  /// `line:column`.
  package var description: String { "\(line):\(column)" }
}
