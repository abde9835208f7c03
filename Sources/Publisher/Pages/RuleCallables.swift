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
      [.paragraph([.text(role.opening)])]
        + order.filter { $0.role == role }.map { facts in
          list(of: names[facts] ?? [], words(facts, markdown))
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

  private static func words(_ facts: Facts, _ markdown: PageMarkdown) -> [PageInline] {
    var sentences: [[PageInline]] = []
    if facts.role.takesCallable {
      sentences.append([.text("It takes the callable as argument \(facts.argument + 1).")])
    }
    if !facts.replacements.isEmpty {
      let opening = facts.isDropIn ? "Await instead, with the same arguments: " : "Instead: "
      let names = PageInline.joined(facts.replacements.map(replacement))
      sentences.append([.text(opening)] + names + [.text(".")])
    }
    if let type = facts.returns {
      sentences.append([.text("Returns "), .code(type), .text(".")])
    }
    if let trait = facts.trait {
      sentences.append([.text("Known as "), .code(trait), .text(".")])
    }
    if !facts.unless.isEmpty {
      let conditions = PageInline.joined(facts.unless.map(condition))
      sentences.append([.text("Not when called ")] + conditions + [.text(".")])
    }
    if let note = facts.note { sentences.append(markdown.inlines(note)) }
    return Array(sentences.joined(separator: [.text(" ")]))
  }

  private static func replacement(_ replacement: RuleReplacement) -> [PageInline] {
    guard let dialect = replacement.dialect else { return [.code(replacement.text)] }
    return [.code(replacement.text), .text(" (\(dialect.word))")]
  }

  /// An argument condition in words: `1:block=False`, `0=False`, `interval`, `!interval`.
  private static func condition(_ condition: String) -> [PageInline] {
    if condition.hasPrefix("!") {
      return [.text("without "), .code(String(condition.dropFirst()))]
    }
    let parts = condition.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts[0].split(separator: ":", maxSplits: 1)
    guard let position = place.first.flatMap({ Int($0) }) else {
      return [.text("with "), .code(condition)]
    }
    let value = parts.count > 1 ? "=\(parts[1])" : ""
    if place.count > 1 { return [.text("with "), .code(place[1] + value)] }
    let argument = PageInline.text("argument \(position + 1)")
    guard parts.count > 1 else { return [.text("with "), argument] }
    return [.text("with "), .code(String(parts[1])), .text(" as "), argument]
  }
}

extension CallableRole {
  /// What opens the list of the callables of the role.
  fileprivate var opening: String {
    switch self {
    case .blocking: "These block the thread that calls them:"
    case .coroutine: "These return an awaitable that does nothing until awaited:"
    case .offload: "These run a callable in a thread or process:"
    case .bridge: "These make a callable awaitable:"
    case .runner: "These start an event loop and block until it is done:"
    case .concurrent: "These run several awaitables at once:"
    case .spawn: "These schedule a coroutine:"
    case .asgiApp: "These make an ASGI application:"
    case .request: "These send an asynchronous request:"
    case .evaluator: "These evaluate a lazy query:"
    case .plain: "These are known for what they are or return:"
    }
  }

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
