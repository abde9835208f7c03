import Foundation
package import RuleBase

/// Finds rules by the run-time messages that their examples gave, and by those that they name.
package struct SymptomIndex: Sendable {
  /// A message with the rules whose examples gave it.
  package struct Entry: Hashable, Sendable {
    /// With `*` for what differs from program to program.
    package let pattern: String
    /// Sorted slugs.
    package let rules: [String]
  }

  /// Sorted by their patterns.
  package let entries: [Entry]

  /// Gathers the messages of `bad` examples.
  package init(rules: [Rule], records: ProofRecords) {
    var slugs: [String: Set<String>] = [:]
    for rule in rules {
      let bad = Set(rule.examples.filter { $0.kind == .bad }.map(\.id))
      let proofs = (records.rules[rule.name]?.proofs ?? []).filter { bad.contains($0.id) }
      for message in rule.symptoms + proofs.flatMap(Self.messages) {
        Self.add(message, rule, to: &slugs)
      }
    }
    entries = Self.entries(of: slugs)
  }

  /// Gathers the messages of `bad` examples from what is attached to rules.
  package init(_ rules: [VerifiedRule]) {
    var slugs: [String: Set<String>] = [:]
    for rule in rules {
      let bad = rule.examples.filter { $0.example.kind == .bad }.compactMap(\.proof)
      for message in rule.rule.symptoms + bad.flatMap(Self.messages) {
        Self.add(message, rule.rule, to: &slugs)
      }
    }
    entries = Self.entries(of: slugs)
  }

  private static func add(_ message: String, _ rule: Rule, to slugs: inout [String: Set<String>]) {
    let pattern = normalized(message)
    // `RuntimeWarning: *` says nothing.
    guard pattern.filter(\.isLetter).count >= 12 else { return }
    slugs[pattern, default: []].insert(rule.name)
  }

  private static func entries(of slugs: [String: Set<String>]) -> [Entry] {
    slugs.map { Entry(pattern: $0.key, rules: $0.value.sorted()) }
      .sorted { $0.pattern < $1.pattern }
  }

  /// What Python said while an example ran.
  private static func messages(in proof: Proof) -> [String] {
    proof.seen.filter { $0.variant == .example }.flatMap { group in
      let observation = group.observation
      return [observation.exception?.text].compactMap { $0 }
        + (observation.warnings ?? []).map(\.text) + (observation.lost ?? [])
    }
  }

  /// The slugs of the rules that a message, or any line of a traceback, points to; those of the
  /// most telling message first.
  package func rules(for text: String) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).map { Self.normalized(String($0)) }
    var found: [(weight: Int, rule: String)] = []
    for entry in entries {
      let message = Self.message(of: entry.pattern)
      let isMeant = lines.contains { line in
        TextPattern.matches(line, "*\(message)*")
          || line.filter(\.isLetter).count >= 12 && TextPattern.matches(message, "*\(line)*")
      }
      guard isMeant else { continue }
      found += entry.rules.map { (message.count, $0) }
    }
    var seen: Set<String> = []
    return found.sorted { ($1.weight, $0.rule) < ($0.weight, $1.rule) }.map(\.rule)
      .filter { seen.insert($0).inserted }
  }

  /// Words in quotation marks that tell messages apart; other quoted words are names.
  private static let telling: Set<String> = [
    "coroutine", "async_generator", "await", "async with", "async for", "async", "yield",
    "yield from", "return", "list", "NoneType", "generator", "method", "function",
    "_GatheringFuture", "_asyncio.Future", "_asyncio.Task", "QuerySet",
  ]

  /// A message with `*` for quoted names, numbers and addresses.
  package static func normalized(_ message: String) -> String {
    var result = ""
    var rest = message[...]
    var last: Character?
    func star(_ result: inout String) { if result.last != "*" { result.append("*") } }
    while let character = rest.popFirst() {
      // An apostrophe within a word quotes nothing.
      let opens = character == "'" && !(last?.isLetter ?? false)
      if opens, let end = rest.firstIndex(of: "'") {
        let quoted = String(rest[..<end])
        if telling.contains(quoted) { result += "'\(quoted)'" } else { star(&result) }
        rest = rest[rest.index(after: end)...]
      } else if character == "<", let end = rest.lastIndex(of: ">") {
        star(&result)
        rest = rest[rest.index(after: end)...]
      } else if character.isNumber {
        star(&result)
        rest = rest.drop { $0.isNumber || $0 == "." || $0.isLetter }
      } else {
        result.append(character)
      }
      last = character
    }
    return result.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }

  /// A message without the type before it: tracebacks and logs name it in different ways.
  private static func message(of pattern: String) -> String {
    guard let colon = pattern.range(of: ": "),
      !pattern[..<colon.lowerBound].contains(" "),
      pattern[colon.upperBound...].filter(\.isLetter).count >= 12
    else { return pattern }
    return String(pattern[colon.upperBound...])
  }
}
