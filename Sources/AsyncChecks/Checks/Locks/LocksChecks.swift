extension Check {
  /// The checks about locks and shared state.
  static let lockChecks: [Check] = [
    .threadLockAcrossAwait,
    .lockCreatedInline,
    .conditionWaitUnderIf,
    .lockReentry,
    .updateAcrossAwait,
    .mutableContextDefault,
    .lazyInitAcrossAwait,
  ]
}
