extension Check {
  /// The checks about async generators and context managers.
  static let generatorChecks: [Check] = [
    .yieldInContextManager,
    .contextVariableReset,
    .asyncGeneratorLeftEarly,
    .exitAlwaysTrue,
    .fallibleContextManager,
  ]
}
