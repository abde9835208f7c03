import PythonSyntax

/// Which checks look at which kind of node.
struct Dispatch: Sendable {
  struct Entry: Sendable {
    /// An index into ``Check/all``.
    let check: Int
    let visit: @Sendable (_ node: NodeID, _ context: CheckContext) -> Void
  }

  private var entries: [[Entry]]

  /// - Parameter isWanted: Whether each check of ``Check/all`` finds a selected rule.
  init(isWanted: [Bool]) {
    entries = [[Entry]](repeating: [], count: 256)
    for (index, check) in Check.all.enumerated() where isWanted[index] {
      for kind in check.kinds {
        entries[Int(kind.rawValue)].append(Entry(check: index, visit: check.visit))
      }
    }
  }

  func checks(for kind: NodeKind) -> [Entry] { entries[Int(kind.rawValue)] }
}
