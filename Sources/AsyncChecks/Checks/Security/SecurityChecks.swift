extension Check {
  /// The checks about commands and statements that are put together from text.
  static let securityChecks: [Check] = [
    .shellCommandFromText,
    .sqlFromText,
  ]
}
