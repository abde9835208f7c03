import PythonSyntax

/// The names of a module that are bound to callables of a table, or to modules and classes of them.
struct TriggerUse {
  private var names: [(name: UInt32, symbol: SymbolID)] = []
  private var modules: [(name: UInt32, members: [(word: UInt32, symbol: SymbolID)])] = []
  /// What the module takes over all names of.
  private var stars: [SymbolID] = []

  /// Calls the body with what some names stand for: callables, classes, and members of modules
  /// that are used together with them.
  func forEach(usedBy used: [UInt32], _ body: (SymbolID) -> Void) {
    guard !used.isEmpty else { return }
    for star in stars { body(star) }
    // Most names are not among those used, as a few bits tell.
    let bits = used.reduce(0) { $0 | Self.bit($1) }
    func isUsed(_ name: UInt32) -> Bool { bits & Self.bit(name) != 0 && used.contains(name) }
    for entry in names where isUsed(entry.name) { body(entry.symbol) }
    for module in modules where isUsed(module.name) {
      for member in module.members where isUsed(member.word) { body(member.symbol) }
    }
  }

  private static func bit(_ name: UInt32) -> UInt64 { 1 << UInt64(name & 63) }

  /// Whether some names stand for anything that leads to one of some words.
  func isUsed(by used: [UInt32], with words: [UInt32], _ table: TriggerWords) -> Bool {
    var isUsed = false
    forEach(usedBy: used) { symbol in
      if !isUsed { isUsed = table.words(of: symbol).contains { words.contains($0) } }
    }
    return isUsed
  }

  mutating func add(
    _ module: ArraySlice<UInt8>, _ alias: AliasPart, in tree: SyntaxTree, _ table: SymbolTable,
  ) {
    guard let symbol = table.symbol(dotted: module) else { return }
    guard let bound = alias.bound else {
      stars.append(symbol)
      return
    }
    if alias.isFrom {
      guard let name = tree.alias(alias.node)?.name,
        let member = table.symbol(dotted: tree.text(of: name), below: symbol)
      else { return }
      names.append((bound, member))
      return
    }
    // `import a.b` binds `a`.
    let isRenamed = tree.alias(alias.node)?.asName != nil
    let first = module.firstIndex(of: UInt8(ascii: ".")).map { module[..<$0] } ?? module
    let base = isRenamed ? symbol : table.symbol(dotted: first) ?? symbol
    let members = table.children(of: base).compactMap { atom in
      table.child(of: base, atom).map {
        (word: NameTable.hash(of: table.text(of: atom)), symbol: $0)
      }
    }
    if !members.isEmpty { modules.append((bound, members)) }
  }
}

/// One alias of an import statement.
struct AliasPart {
  let node: NodeID
  /// The name that it binds; `nil` for `*`.
  let bound: UInt32?
  let isFrom: Bool
}
