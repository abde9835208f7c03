extension Check {
  /// The checks about the event loop and who starts it.
  static let eventLoopChecks: [Check] = [
    .runInCoroutine,
    .runInASGIModule,
    .runInNotebook,
    .discouragedCall,
    .ownLoopResult,
    .loopCallFromThread,
    .loopWithoutYield,
    .repeatedThreadHops,
    .serverRunWithObject,
    .loopBoundObject,
  ]
}
