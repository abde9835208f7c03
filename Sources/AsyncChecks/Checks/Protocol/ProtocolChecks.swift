extension Check {
  /// The checks about syntax and special methods.
  static let protocolChecks: [Check] = []
}
