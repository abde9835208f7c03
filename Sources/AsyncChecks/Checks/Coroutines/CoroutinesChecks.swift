extension Check {
  /// The checks about coroutines that are not awaited and what is taken for one.
  static let coroutineChecks: [Check] = [
    .awaitOutsideCoroutine,
    .unawaitedCoroutine,
    .coroutineUsedAsValue,
    .coroutineFunctionInThread,
    .coroutineFunctionAsCallback,
    .unawaitedAwaitable,
    .callHandedOver,
    .functionNotCalled,
    .awaitOfPlainValue,
    .cachedCoroutine,
    .coroutineAwaitedTwice,
    .coroutineInWait,
    .mixedLibraries,
    .asyncProperty,
    .uselessAsync,
  ]
}
