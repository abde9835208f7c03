extension Check {
  /// The checks about tasks: who keeps, awaits and cancels them.
  static let taskChecks: [Check] = []
}
