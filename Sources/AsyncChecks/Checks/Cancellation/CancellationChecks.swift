extension Check {
  /// The checks about cancellation, cancel scopes, timeouts and exception groups.
  static let cancellationChecks: [Check] = []
}
