extension Check {
  /// The checks about tests.
  static let testingChecks: [Check] = [
    .asyncTestNeverRuns,
    .asyncTestWithoutMark,
    .markOnFixture,
    .sharedFunctionPatched,
  ]
}
