package import PythonSyntax

/// The code that finds the diagnostics of one or several rules.
///
/// A value with closures instead of a protocol, because Embedded Swift has no existentials.
package struct Check: Sendable {
  /// The slug that a rule file gives under `check`.
  package let name: StaticString
  /// The message ids that the check uses; a rule file words them.
  package let messages: [CheckMessage]
  /// The kinds of nodes that ``visit`` is called with.
  package let kinds: [NodeKind]
  /// Looks at one node and reports what is wrong with it.
  let visit: @Sendable (_ node: NodeID, _ context: CheckContext) -> Void

  init(
    name: StaticString, messages: [CheckMessage], kinds: [NodeKind],
    visit: @escaping @Sendable (_ node: NodeID, _ context: CheckContext) -> Void,
  ) {
    self.name = name
    self.messages = messages
    self.kinds = kinds
    self.visit = visit
  }

  /// Every check, in the order of the rules' codes.
  package static let all: [Check] = [
    .blockingCall,
    .awaitOutsideCoroutine,
    .unawaitedCoroutine,
    .coroutineUsedAsValue,
    .coroutineFunctionInThread,
    .runInCoroutine,
    .runInASGIModule,
    .runInNotebook,
    .sequentialAwaits,
    .gatherOfList,
    .unboundedFanOut,
    .syncToAsyncOnCoroutine,
    .unawaitedSyncToAsync,
    .querysetEvaluated,
    .lazyQuerysetReturned,
  ]
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
