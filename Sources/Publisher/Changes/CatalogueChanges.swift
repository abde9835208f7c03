/// What differs between two catalogues, rule by rule.
package struct CatalogueChanges: Sendable {
  /// What happened to one rule.
  package struct RuleChange: Sendable {
    package let code: String
    package let name: String
    package let title: String
    let summary: String
    package let changes: [Change]
  }

  /// One difference.
  package enum Change: Hashable, Sendable {
    case added
    case removed
    /// A value that a user may rely on: `severity`, `name`, `status`, `fix`, …
    case value(of: String, from: String, to: String)
    /// Members of a list, such as callables or examples, that are new, gone or different.
    case members(of: String, added: [String], removed: [String], changed: [String])
    /// The explanation reads differently.
    case text
  }

  package let old: CatalogueSnapshot.Tool
  package let new: CatalogueSnapshot.Tool
  /// In the order of their codes.
  package let rules: [RuleChange]

  /// Compares two catalogues; rules are the same when their codes are.
  package init(from old: CatalogueSnapshot, to new: CatalogueSnapshot) {
    self.old = old.tool
    self.new = new.tool
    let before = Dictionary(old.rules.map { ($0.code, $0) }) { first, _ in first }
    let after = Dictionary(new.rules.map { ($0.code, $0) }) { first, _ in first }
    rules = Set(before.keys).union(after.keys).sorted().compactMap { code in
      let changes = Self.changes(from: before[code], to: after[code])
      guard !changes.isEmpty, let rule = after[code] ?? before[code] else { return nil }
      return RuleChange(
        code: code, name: rule.name, title: rule.title, summary: rule.summary, changes: changes)
    }
  }

  private static func changes(from old: RuleSnapshot?, to new: RuleSnapshot?) -> [Change] {
    guard let old else { return [.added] }
    guard let new else { return [.removed] }
    guard old != new else { return [] }
    var changes: [Change] = []
    func compare(_ name: String, _ value: (RuleSnapshot) -> String) {
      let (from, to) = (value(old), value(new))
      if from != to { changes.append(.value(of: name, from: from, to: to)) }
    }
    compare("name") { $0.name }
    compare("status") { $0.status.state }
    compare("severity") { $0.severity }
    compare("default") { $0.isDefault ? "on" : "off" }
    compare("fix") { $0.fix.availability }
    compare("title") { $0.title }
    func compare<Member: Hashable>(
      _ name: String, _ members: (RuleSnapshot) -> [Member], _ key: (Member) -> String,
    ) {
      let from = Dictionary(members(old).map { (key($0), $0) }) { first, _ in first }
      let to = Dictionary(members(new).map { (key($0), $0) }) { first, _ in first }
      let change = Change.members(
        of: name, added: to.keys.filter { from[$0] == nil }.sorted(),
        removed: from.keys.filter { to[$0] == nil }.sorted(),
        changed: to.keys.filter { from[$0] != nil && from[$0] != to[$0] }.sorted())
      if change != .members(of: name, added: [], removed: [], changed: []) {
        changes.append(change)
      }
    }
    compare("messages", { $0.messages }, \.id)
    compare("calls", { $0.callables }, \.name)
    compare("examples", { $0.examples }, \.id)
    compare("aliases", { $0.aliases }) { "\($0.tool) \($0.rule)" }
    if old.summary != new.summary || old.sections != new.sections { changes.append(.text) }
    return changes
  }
}
