extension Check {
  /// The checks about blocking calls.
  static let blockingChecks: [Check] = [
    .blockingCall,
    .blockingHelper,
  ]
}
