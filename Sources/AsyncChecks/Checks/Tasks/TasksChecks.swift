extension Check {
  /// The checks about tasks: who keeps, awaits and cancels them.
  static let taskChecks: [Check] = [
    .danglingTask,
    .variableOutlivedByTask,
    .gatherExceptionsIgnored,
    .executorFutureDropped,
    .taskStatusNeverStarted,
    .cancelledTaskNotAwaited,
    .shieldResultLost,
    .queueJoinWithoutTaskDone,
    .startSoonInEnter,
  ]
}
