extension Check {
  /// The checks about Django's queries.
  static let djangoChecks: [Check] = [
    .querysetEvaluated,
    .lazyQuerysetReturned,
    .transactionInCoroutine,
  ]
}
