/// One thing wrong with a rule file or a folder of them.
package struct RuleFileError: Error, Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The path as the caller knows it: `Rules/blocking/blocking-sleep.md`.
  package let file: String
  /// 1-based; `nil` when the error is about the file or folder as a whole.
  package let line: Int?
  package let problem: RuleFileProblem

  package init(file: String, line: Int?, problem: RuleFileProblem) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  /// For example `Rules/x/y.md:7: unknown key 'severty'; did you mean 'severity'?`.
  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(problem)"
  }

  package static func < (left: RuleFileError, right: RuleFileError) -> Bool {
    (left.file, left.line ?? 0, left.problem.description)
      < (right.file, right.line ?? 0, right.problem.description)
  }
}

/// Collects what is wrong with one file.
struct RuleFileReport {
  let file: String
  private(set) var errors: [RuleFileError] = []

  init(file: String) { self.file = file }

  mutating func add(_ problem: RuleFileProblem, line: Int?) {
    errors.append(RuleFileError(file: file, line: line, problem: problem))
  }
}
