extension Check {
  /// The checks about cancellation, cancel scopes, timeouts and exception groups.
  static let cancellationChecks: [Check] = [
    .cancelNotReraised,
    .cancelSwallowedInLoop,
    .scopeWithoutCheckpoint,
    .checkpointNotGuaranteed,
    .yieldInScope,
    .awaitInCleanup,
    .awaitInHandler,
    .returnInFinally,
    .controlFlowInTaskGroup,
    .busyWait,
    .constantDeadline,
    .timeoutWithoutEffect,
    .delayedScopeEntry,
    .timeoutParameter,
    .sleepZero,
    .sleepVeryLong,
    .cancelledClassSaved,
    .timeoutErrorAlias,
    .shieldInAsyncWith,
    .exceptAroundTaskGroup,
    .attributeOnExceptionGroup,
    .innerExceptionRaised,
    .groupWithoutDerive,
    .pytestRaisesGroup,
  ]
}
