package import PythonSemantics
import RuleBase
package import Verifier

/// Makes the website from verified rules.
package enum SitePublisher {
  /// All files of the site, sorted by path; the same input yields the same bytes.
  package static func files(
    for rules: [VerifiedRule], options: SiteOptions, inputs: SiteInputs = .embedded,
    executor: Executor = .sequential,
  ) -> [OutputFile] {
    Website(rules: rules, options: options, inputs: inputs).files(executor: executor)
  }
}
