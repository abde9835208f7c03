extension Check {
  /// The checks about running several things at once.
  static let concurrencyChecks: [Check] = [
    .sequentialAwaits,
    .gatherOfList,
    .unboundedFanOut,
  ]
}
