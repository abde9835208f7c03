import PythonSyntax

/// Which checks look at which kind of node.
struct Dispatch: Sendable {
  struct Entry: Sendable {
    /// An index into ``Check/all``.
    let check: Int
    let visit: @Sendable (_ node: NodeID, _ context: CheckContext) -> Void
  }

  private var entries: [[Entry]]
  private let watched: [Bool]

  /// - Parameter isWanted: Whether each check of ``Check/all`` finds a selected rule.
  init(isWanted: [Bool]) {
    var entries = [[Entry]](repeating: [], count: 256)
    for (index, check) in Check.all.enumerated() where isWanted[index] {
      for kind in check.kinds {
        entries[Int(kind.rawValue)].append(Entry(check: index, visit: check.visit))
      }
    }
    watched = entries.map { !$0.isEmpty }
    self.entries = entries
  }

  func checks(for kind: NodeKind) -> [Entry] { entries[Int(kind.rawValue)] }

  /// Whether any check looks at nodes of a kind.
  func isWatched(_ kind: NodeKind) -> Bool { watched[Int(kind.rawValue)] }
}
