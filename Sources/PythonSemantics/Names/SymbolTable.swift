/// An interned part of a dotted name: `asyncio` and `sleep` in `asyncio.sleep`.
package struct AtomID: Hashable, Sendable {
  package let rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A qualified name: a node of the trie in a ``SymbolTable``.
///
/// Equal qualified names have equal ids, so a rule's question "is this `time.sleep`?" compares
/// integers.
package struct SymbolID: Hashable, Sendable {
  package let rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  package var index: Int { Int(rawValue) }

  /// The empty name, above all top-level modules.
  package static let root = SymbolID(0)
}

/// All qualified names that somebody asked about, as a trie of atoms.
package struct SymbolTable: Sendable {
  private var atomBytes: [[UInt8]] = []
  private var atomSlots: [UInt32] = [UInt32](repeating: .max, count: 256)
  private var parents: [SymbolID] = [.root]
  private var atoms: [AtomID] = [AtomID(.max)]
  private var children = IDTable(minimumCapacity: 256)
  private var parentsOfSome: [Bool] = [false]

  package init() {}

  package var symbolCount: Int { parents.count }
  package var atomCount: Int { atomBytes.count }

  // MARK: Atoms

  /// The atom with this text, if any name has it.
  package func atom(_ text: some Collection<UInt8>) -> AtomID? {
    let mask = atomSlots.count - 1
    var slot = Self.hash(text) & mask
    while true {
      let found = atomSlots[slot]
      if found == .max { return nil }
      if atomBytes[Int(found)].elementsEqual(text) { return AtomID(found) }
      slot = (slot + 1) & mask
    }
  }

  /// Interns an atom.
  package mutating func intern(_ text: some Collection<UInt8>) -> AtomID {
    if let known = atom(text) { return known }
    let id = UInt32(atomBytes.count)
    atomBytes.append(Array(text))
    if atomBytes.count * 2 > atomSlots.count {
      atomSlots = [UInt32](repeating: .max, count: atomSlots.count * 2)
      for index in atomBytes.indices { place(UInt32(index)) }
    } else {
      place(id)
    }
    return AtomID(id)
  }

  package func text(of atom: AtomID) -> [UInt8] { atomBytes[Int(atom.rawValue)] }

  private mutating func place(_ id: UInt32) {
    let mask = atomSlots.count - 1
    var slot = Self.hash(atomBytes[Int(id)]) & mask
    while atomSlots[slot] != .max { slot = (slot + 1) & mask }
    atomSlots[slot] = id
  }

  private static func hash(_ text: some Collection<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7FFF_FFFF)
  }

  // MARK: Symbols

  /// The symbol below another one, if it was interned.
  package func child(of parent: SymbolID, _ atom: AtomID) -> SymbolID? {
    children[Self.key(parent, atom)].map(SymbolID.init)
  }

  /// Interns the symbol below another one.
  package mutating func internChild(of parent: SymbolID, _ atom: AtomID) -> SymbolID {
    let key = Self.key(parent, atom)
    if let known = children[key] { return SymbolID(known) }
    let id = UInt32(parents.count)
    parents.append(parent)
    atoms.append(atom)
    parentsOfSome.append(false)
    parentsOfSome[parent.index] = true
    children[key] = id
    return SymbolID(id)
  }

  /// Interns a dotted name below a symbol.
  package mutating func intern(dotted name: some Collection<UInt8>, below parent: SymbolID = .root)
    -> SymbolID
  {
    var symbol = parent
    for part in name.split(separator: UInt8(ascii: ".")) {
      symbol = internChild(of: symbol, intern(part))
    }
    return symbol
  }

  /// The symbol with this dotted name, if it was interned.
  package func symbol(dotted name: some Collection<UInt8>) -> SymbolID? {
    var symbol = SymbolID.root
    for part in name.split(separator: UInt8(ascii: ".")) {
      guard let atom = atom(part), let child = child(of: symbol, atom) else { return nil }
      symbol = child
    }
    return symbol
  }

  /// The symbol with this dotted name below another one, if it was interned.
  func symbol(dotted name: some Collection<UInt8>, below parent: SymbolID) -> SymbolID? {
    var symbol = parent
    for part in name.split(separator: UInt8(ascii: ".")) {
      guard let atom = atom(part), let child = child(of: symbol, atom) else { return nil }
      symbol = child
    }
    return symbol
  }

  package func parent(of symbol: SymbolID) -> SymbolID { parents[symbol.index] }

  /// Whether a name below this one is known.
  package func hasMembers(_ symbol: SymbolID) -> Bool {
    symbol.index < parentsOfSome.count && parentsOfSome[symbol.index]
  }

  /// The last parts of the names right below a symbol.
  ///
  /// - Complexity: O(*n*) in the number of all symbols.
  func children(of parent: SymbolID) -> [AtomID] {
    parents.indices.dropFirst().filter { parents[$0] == parent }.map { atoms[$0] }
  }

  /// The last part of the name.
  package func atom(of symbol: SymbolID) -> AtomID { atoms[symbol.index] }

  /// The dotted name.
  package func name(of symbol: SymbolID) -> [UInt8] {
    var parts: [[UInt8]] = []
    var current = symbol
    while current != .root {
      parts.append(text(of: atoms[current.index]))
      current = parents[current.index]
    }
    return Array(parts.reversed().joined(separator: [UInt8(ascii: ".")]))
  }

  static func key(_ parent: SymbolID, _ atom: AtomID) -> UInt64 {
    UInt64(parent.rawValue) << 32 | UInt64(atom.rawValue)
  }
}
