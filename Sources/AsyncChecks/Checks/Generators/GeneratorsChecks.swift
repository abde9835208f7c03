extension Check {
  /// The checks about async generators and context managers.
  static let generatorChecks: [Check] = [
    .withOnAsyncManager,
    .asyncWithOnSyncManager,
    .forOverAsyncIterable,
    .asyncForOverIterable,
    .contextManagerDecorator,
    .yieldInContextManager,
    .contextVariableReset,
    .asyncGeneratorLeftEarly,
    .exitAlwaysTrue,
    .fallibleContextManager,
  ]
}
