import PythonSyntax

/// Where a module puts something into collections after they were made, and how often it stores
/// something in attributes: what the elements of its collections depend on.
struct ChangedCollections: Sendable {
  /// The names and attributes into whose values something is put, ascending.
  private(set) var nodes: [NodeID] = []
  private var changedNames = IDTable()
  private var storeCounts = IDTable()

  init() {}

  /// - Complexity: O(*n*) in the number of nodes.
  init(_ model: SemanticModel) {
    let tree = model.tree
    let words: [StaticString] = [
      "append", "add", "extend", "insert", "update", "setdefault", "appendleft",
    ]
    let changing = words.compactMap { tree.nameTable.id(of: $0) }
    for node in tree.nodes {
      let changed: NodeID?
      switch tree.kind(node) {
      case .subscript:
        changed = tree.subscript(node).flatMap { $0.context == .store ? $0.value : nil }
      case .augAssign: changed = tree.augAssign(node)?.target
      case .attribute:
        changed = tree.attribute(node).flatMap { changing.contains($0.name) ? $0.value : nil }
      default: continue
      }
      guard let changed, let name = tree.name(changed)?.name ?? tree.attribute(changed)?.name else {
        continue
      }
      nodes.append(changed)
      changedNames[UInt64(name.rawValue)] = 1
    }
    nodes.sort()
    for store in model.attributeStores {
      guard let name = tree.attribute(store)?.name else { continue }
      let key = UInt64(name.rawValue)
      storeCounts[key] = (storeCounts[key] ?? 0) + 1
    }
  }

  /// Whether anything is put into the value of a variable or attribute of a name.
  func contains(_ name: NameID) -> Bool { changedNames[UInt64(name.rawValue)] != nil }

  /// Whether the module stores something in attributes of a name at one place at most.
  func isStoredOnce(_ name: NameID) -> Bool { storeCounts[UInt64(name.rawValue)] ?? 0 < 2 }
}
