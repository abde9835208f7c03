extension Check {
  /// The checks about bridges between synchronous and asynchronous code.
  static let bridgeChecks: [Check] = [
    .syncToAsyncOnCoroutine,
    .unawaitedSyncToAsync,
    .adapterOfResult,
    .asyncToSyncOfFunction,
    .queryInPoolThread,
  ]
}
