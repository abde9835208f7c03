extension Check {
  /// The checks about syntax and special methods.
  static let protocolChecks: [Check] = [
    .asyncSpecialMethod,
    .overrideColour,
    .directSpecialCall,
    .asyncLambdaHandler,
  ]
}
