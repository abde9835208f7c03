extension Check {
  /// The checks about web frameworks.
  static let webChecks: [Check] = [
    .startupHandlerIgnored,
    .lifespanWithoutCleanup,
  ]
}
