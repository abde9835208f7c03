package import PythonSyntax

/// The code that finds the diagnostics of one or several rules.
///
/// A value with closures instead of a protocol, because Embedded Swift has no existentials.
package struct Check: Sendable {
  /// The slug that a rule file gives under `check`.
  package let name: StaticString
  /// The message ids that the check uses; a rule file words them.
  package let messages: [CheckMessage]
  /// What the check asks of callables by name (``KnownCallable/trait``); rule files state it under
  /// `trait`.
  package let traits: [StaticString]
  /// Those of its traits that matter in files without coroutines too: a file that neither has one
  /// nor uses one of another file is only looked at when it names such a callable.
  package let traitsOutsideCoroutines: [StaticString]
  /// The kinds of nodes that ``visit`` is called with.
  package let kinds: [NodeKind]
  /// Looks at one node and reports what is wrong with it.
  let visit: @Sendable (_ node: NodeID, _ context: CheckContext) -> Void

  init(
    name: StaticString, messages: [CheckMessage], traits: [StaticString] = [],
    traitsOutsideCoroutines: [StaticString] = [], kinds: [NodeKind],
    visit: @escaping @Sendable (_ node: NodeID, _ context: CheckContext) -> Void,
  ) {
    self.name = name
    self.messages = messages
    self.traits = traits
    self.traitsOutsideCoroutines = traitsOutsideCoroutines
    self.kinds = kinds
    self.visit = visit
  }

  /// Every check: those of one folder of `Checks` after another.
  package static let all: [Check] =
    blockingChecks + coroutineChecks + eventLoopChecks + concurrencyChecks + bridgeChecks
    + djangoChecks + taskChecks + cancellationChecks + generatorChecks + lockChecks
    + resourceChecks + webChecks + testingChecks + protocolChecks + securityChecks
}

/// A message that a check can give: its id and the placeholders that a text may use.
package struct CheckMessage: Sendable {
  package let id: StaticString
  package let placeholders: [StaticString]

  package init(_ id: StaticString, _ placeholders: [StaticString]) {
    self.id = id
    self.placeholders = placeholders
  }
}
