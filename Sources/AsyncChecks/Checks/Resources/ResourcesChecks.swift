extension Check {
  /// The checks about clients, sessions, streams and subprocesses.
  static let resourceChecks: [Check] = [
    .subprocessPipeWait,
    .subprocessLeftRunning,
    .writeWithoutDrain,
    .closeWithoutWait,
    .clientPerRequest,
    .clientNeverClosed,
    .sessionSharedByTasks,
    .lazyRelationRead,
  ]
}
