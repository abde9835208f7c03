/// Changes for a terminal and for other programs.
package enum ChangesText {
  /// A heading, then each rule with its differences below it.
  package static func text(of changes: CatalogueChanges) -> String {
    var lines = ["asyncrules \(changes.old.version) to \(changes.new.version)"]
    if changes.rules.isEmpty { lines.append("No rule differs.") }
    for rule in changes.rules {
      let sign =
        switch rule.changes.first {
        case .added: "+"
        case .removed: "-"
        default: "~"
        }
      lines.append("\(sign) \(rule.code) \(rule.name): \(rule.title)")
      lines += rule.changes.flatMap(sentences).map { "    \($0)" }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The differences of a rule in words; none for a rule that is new or gone.
  static func sentences(for change: CatalogueChanges.Change) -> [String] {
    switch change {
    case .added, .removed: return []
    case .value(let name, let from, let to): return ["\(name): \(from) to \(to)"]
    case .members(let name, let added, let removed, let changed):
      let parts = [("added", added), ("removed", removed), ("changed", changed)]
      return parts.filter { !$0.1.isEmpty }
        .map { "\(name) \($0.0): \($0.1.joined(separator: ", "))" }
    case .text: return ["the explanation was revised"]
    }
  }

  /// An object with the versions and a list of rules.
  package static func json(of changes: CatalogueChanges) -> String {
    JSONText.text(
      of: JSONValue.object([
        "from": tool(changes.old), "to": tool(changes.new),
        "rules": .array(
          changes.rules.map { rule in
            .object([
              "code": .string(rule.code), "name": .string(rule.name),
              "title": .string(rule.title), "changes": .array(rule.changes.map(value)),
            ])
          }),
      ]))
  }

  private static func tool(_ tool: CatalogueSnapshot.Tool) -> JSONValue {
    .object(["version": .string(tool.version), "released": .string(tool.released)])
  }

  private static func value(of change: CatalogueChanges.Change) -> JSONValue {
    func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    switch change {
    case .added: return .object(["kind": "added"])
    case .removed: return .object(["kind": "removed"])
    case .value(let name, let from, let to):
      return .object([
        "kind": "value", "of": .string(name), "from": .string(from), "to": .string(to),
      ])
    case .members(let name, let added, let removed, let changed):
      return .object([
        "kind": "members", "of": .string(name), "added": list(added), "removed": list(removed),
        "changed": list(changed),
      ])
    case .text: return .object(["kind": "text"])
    }
  }
}
