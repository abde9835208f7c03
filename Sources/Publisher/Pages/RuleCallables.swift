import AsyncChecks
import RuleBase

/// Lists the known callables of a rule: those with the same facts stand together.
enum RuleCallables {
  /// What is said of a callable, apart from its name.
  private struct Facts: Hashable {
    let role: CallableRole
    let replacements: [RuleReplacement]
    let isDropIn: Bool
    let returns: String?
    let unless: [String]
    let argument: Int
    let trait: String?
    let note: String?

    init(_ callable: RuleCallable) {
      role = callable.role
      replacements = callable.replacements
      isDropIn = callable.isDropIn
      returns = callable.returns
      unless = callable.unless
      argument = callable.argument
      trait = callable.trait
      note = callable.note
    }
  }

  /// The lists, for each role in the order of the rule file.
  static func blocks(of rule: Rule, _ markdown: PageMarkdown) -> [PageBlock] {
    let words = Words.of(rule.language).callables
    var order: [Facts] = []
    var names: [Facts: [String]] = [:]
    for callable in rule.callables {
      let facts = Facts(callable)
      if names[facts] == nil { order.append(facts) }
      names[facts, default: []].append(callable.name)
    }
    var roles: [CallableRole] = []
    for facts in order where !roles.contains(facts.role) { roles.append(facts.role) }
    return roles.flatMap { role in
      [.paragraph([.text(words.opening(role))])]
        + order.filter { $0.role == role }.map { facts in
          list(of: names[facts] ?? [], text(facts, markdown, words))
        }
    }
  }

  /// Names of which the same is said, which stands below the last.
  private static func list(of names: [String], _ words: [PageInline]) -> PageBlock {
    let items = names.enumerated().map { index, name in
      let isLast = index == names.count - 1
      return PageTaggedList.Item([.code(name)], isLast && !words.isEmpty ? [.paragraph(words)] : [])
    }
    return .tagged(PageTaggedList(isCompact: true, width: 4, items: items))
  }

  private static func text(
    _ facts: Facts, _ markdown: PageMarkdown, _ words: CallableWords,
  ) -> [PageInline] {
    var sentences: [[PageInline]] = []
    func around(_ pair: (before: String, after: String), _ inlines: [PageInline]) -> [PageInline] {
      [.text(pair.before)] + inlines + [.text(pair.after)]
    }
    if facts.role.takesCallable {
      sentences.append([.text(words.takesCallable(facts.argument + 1))])
    }
    if !facts.replacements.isEmpty {
      let opening = facts.isDropIn ? words.awaitInstead : words.instead
      let names = PageInline.joined(facts.replacements.map(replacement))
      sentences.append([.text(opening)] + names + [.text(words.period)])
    }
    if let type = facts.returns { sentences.append(around(words.returns, [.code(type)])) }
    if let trait = facts.trait { sentences.append(around(words.trait, [.code(trait)])) }
    if !facts.unless.isEmpty {
      let conditions = facts.unless.map { condition($0, words, around) }
      sentences.append(around(words.notWhenCalled, PageInline.joined(conditions)))
    }
    if let note = facts.note { sentences.append(markdown.inlines(note)) }
    return Array(sentences.joined(separator: [.text(" ")]))
  }

  private static func replacement(_ replacement: RuleReplacement) -> [PageInline] {
    guard let dialect = replacement.dialect else { return [.code(replacement.text)] }
    return [.code(replacement.text), .text(" (\(dialect.word))")]
  }

  /// An argument condition in words: `1:block=False`, `0=False`, `interval`, `!interval`.
  private static func condition(
    _ condition: String, _ words: CallableWords,
    _ around: ((before: String, after: String), [PageInline]) -> [PageInline],
  ) -> [PageInline] {
    if condition.hasPrefix("!") {
      return around(words.without, [.code(String(condition.dropFirst()))])
    }
    let parts = condition.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts[0].split(separator: ":", maxSplits: 1)
    guard let position = place.first.flatMap({ Int($0) }) else {
      return around(words.with, [.code(condition)])
    }
    let value = parts.count > 1 ? "=\(parts[1])" : ""
    if place.count > 1 { return around(words.with, [.code(place[1] + value)]) }
    guard parts.count > 1 else {
      return around(words.with, [.text(words.argument(position + 1))])
    }
    return around(words.valueOfArgument(position + 1), [.code(String(parts[1]))])
  }
}

extension CallableRole {
  /// Whether ``RuleCallable/argument`` means something.
  var takesCallable: Bool {
    switch self {
    case .offload, .bridge: true
    case .blocking, .coroutine, .runner, .concurrent, .spawn, .asgiApp, .request, .evaluator,
      .plain:
      false
    }
  }
}
