import AsyncChecks

/// Compares a rule's messages and callables with what its check uses.
struct CheckAgreement {
  let check: CheckSignature
  let rule: Rule
  let messages: YAMLValue?
  let calls: YAMLValue?

  /// The check that reports `blocking` callables; its `with` and `iterate` messages are only
  /// needed by rules that name an implicit call of that kind.
  private static let blockingCheck = "blocking-call"
  private static let implicitCalls = ["with": "__enter__", "iterate": "__iter__"]

  func check(report: inout RuleFileReport) {
    let wanted = check.messages.map(\.id)
    // A message that was meant to be another is not missing as well.
    var found = Set((messages?.mapping ?? []).map(\.key))
    for pair in messages?.mapping ?? [] {
      guard let message = check.messages.first(where: { $0.id == pair.key }) else {
        let near = NearestWord.to(pair.key, among: wanted)
        if let near { found.insert(near) }
        report.add(
          .unknownMessage(pair.key, check: check.name, near: near, wanted: wanted),
          line: pair.keyLine)
        continue
      }
      for name in MessageText.placeholders(of: pair.value.text ?? "") ?? []
      where !message.placeholders.contains(name) {
        let near = NearestWord.to(name, among: message.placeholders)
        report.add(
          .unknownPlaceholder(
            name, message: pair.key, near: near, wanted: message.placeholders),
          line: pair.value.line)
      }
    }
    if let messages, messages.mapping != nil {
      for id in wanted where !found.contains(id) && isNeeded(id) {
        report.add(.missingMessage(id, check: check.name), line: messages.line)
      }
    }
    guard check.name != Self.blockingCheck else { return }
    for entry in calls?.list ?? [] {
      let pairs = entry.mapping ?? []
      let isPlain = pairs.contains { $0.key == "trait" }
      let role =
        pairs.first { $0.key == "role" }?.value.text ?? (isPlain ? "plain" : "blocking")
      guard role == "blocking", pairs.contains(where: { $0.key == "call" }) else { continue }
      report.add(.wrongRole(found: role, check: check.name), line: entry.line)
    }
  }

  private func isNeeded(_ id: String) -> Bool {
    guard check.name == Self.blockingCheck else { return true }
    if let name = Self.implicitCalls[id] {
      return rule.callables.contains { $0.name.hasSuffix(".\(name)") }
    }
    return rule.callables.contains { callable in
      !Self.implicitCalls.values.contains { callable.name.hasSuffix(".\($0)") }
    }
  }
}
