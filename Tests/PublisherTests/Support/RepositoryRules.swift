import Foundation
import Publisher
import RuleBase
import TestSupport
import Testing
import Verifier

extension Repository {
  /// The rules in the repository, with what their files state of their examples.
  static func rules() throws -> [VerifiedRule] {
    // What is wrong with a rule file is for the loader's tests to say.
    let (base, _) = RuleBase.load(directory: rulesFolder, checks: [])
    return try #require(base).rules.map(VerifiedRule.init(stating:))
  }
}
