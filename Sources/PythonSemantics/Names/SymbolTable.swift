import PythonSyntax

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
///
/// A table may stand on another that is never changed again: so each project adds its names to those
/// of the vocabulary without a copy of them.
package struct SymbolTable: Sendable {
  /// The names below all others; `nil` in a table that stands by itself.
  private let base: Base?
  /// How many atoms and symbols the base has; the tables below continue it.
  private let atomOffset: Int
  private let symbolOffset: Int
  private var ownAtoms: AtomTable
  private var parents: [SymbolID] = []
  private var atoms: [AtomID] = []
  private var children: IDTable
  private var parentsOfSome: [Bool] = []
  /// Symbols of the base that only this table has names below.
  private var parentsInBase = IDTable()

  /// A table that others stand on.
  private final class Base: Sendable {
    let table: SymbolTable

    init(_ table: SymbolTable) { self.table = table }
  }

  package init() {
    base = nil
    atomOffset = 0
    symbolOffset = 0
    ownAtoms = AtomTable(minimumCapacity: 128)
    children = IDTable(minimumCapacity: 256)
    parents = [.root]
    atoms = [AtomID(.max)]
    parentsOfSome = [false]
  }

  private init(on base: SymbolTable) {
    self.base = Base(base)
    atomOffset = base.atomCount
    symbolOffset = base.symbolCount
    ownAtoms = AtomTable(minimumCapacity: 32)
    children = IDTable(minimumCapacity: 32)
  }

  /// A table with the same names, of which copies share them whatever is added to the copies.
  package func frozen() -> SymbolTable { base == nil ? SymbolTable(on: self) : self }

  package var symbolCount: Int { symbolOffset + parents.count }
  package var atomCount: Int { atomOffset + ownAtoms.count }
  /// How many of the symbols were there when the table was frozen; they come first.
  package var frozenSymbolCount: Int { symbolOffset }

  // MARK: Atoms

  /// The atom with this text, if any name has it.
  package func atom(_ text: some Collection<UInt8>) -> AtomID? {
    text.withBytes { atom($0, hash: NameTable.hash(of: $0, from: 0, to: $0.count)) }
  }

  private func atom(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> AtomID? {
    if let base, let known = base.table.ownAtoms.id(of: text, hash: hash) { return AtomID(known) }
    return ownAtoms.id(of: text, hash: hash).map { AtomID(UInt32(atomOffset) + $0) }
  }

  /// Interns an atom.
  package mutating func intern(_ text: some Collection<UInt8>) -> AtomID {
    text.withBytes { text in
      let hash = NameTable.hash(of: text, from: 0, to: text.count)
      if let known = atom(text, hash: hash) { return known }
      ownAtoms.append(text, hash: hash)
      return AtomID(UInt32(atomCount - 1))
    }
  }

  package func text(of atom: AtomID) -> ArraySlice<UInt8> {
    let index = Int(atom.rawValue)
    if let base, index < atomOffset { return base.table.ownAtoms[index] }
    return ownAtoms[index - atomOffset]
  }

  // MARK: Symbols

  /// The symbol below another one, if it was interned.
  package func child(of parent: SymbolID, _ atom: AtomID) -> SymbolID? {
    let key = Self.key(parent, atom)
    if let base, parent.index < symbolOffset, let known = base.table.children[key] {
      return SymbolID(known)
    }
    return children[key].map(SymbolID.init)
  }

  /// Interns the symbol below another one.
  package mutating func internChild(of parent: SymbolID, _ atom: AtomID) -> SymbolID {
    if let known = child(of: parent, atom) { return known }
    let id = UInt32(symbolCount)
    parents.append(parent)
    atoms.append(atom)
    parentsOfSome.append(false)
    if parent.index < symbolOffset {
      parentsInBase[UInt64(parent.rawValue)] = 1
    } else {
      parentsOfSome[parent.index - symbolOffset] = true
    }
    children[Self.key(parent, atom)] = id
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
    symbol(dotted: name, below: .root)
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

  package func parent(of symbol: SymbolID) -> SymbolID {
    if let base, symbol.index < symbolOffset { return base.table.parents[symbol.index] }
    return parents[symbol.index - symbolOffset]
  }

  /// Whether a name below this one is known.
  package func hasMembers(_ symbol: SymbolID) -> Bool {
    if let base, symbol.index < symbolOffset {
      return base.table.parentsOfSome[symbol.index]
        || parentsInBase[UInt64(symbol.rawValue)] != nil
    }
    let index = symbol.index - symbolOffset
    return index < parentsOfSome.count && parentsOfSome[index]
  }

  /// The last parts of the names right below a symbol.
  ///
  /// - Complexity: O(*n*) in the number of all symbols.
  func children(of parent: SymbolID) -> [AtomID] {
    var result = base.map { $0.table.children(of: parent) } ?? []
    // The first symbol of all is the root, which is no child.
    for index in parents.indices where parents[index] == parent && symbolOffset + index > 0 {
      result.append(atoms[index])
    }
    return result
  }

  /// The last part of the name.
  package func atom(of symbol: SymbolID) -> AtomID {
    if let base, symbol.index < symbolOffset { return base.table.atoms[symbol.index] }
    return atoms[symbol.index - symbolOffset]
  }

  /// The dotted name.
  package func name(of symbol: SymbolID) -> [UInt8] {
    var parts: [ArraySlice<UInt8>] = []
    var current = symbol
    while current != .root {
      parts.append(text(of: atom(of: current)))
      current = self.parent(of: current)
    }
    return Array(parts.reversed().joined(separator: [UInt8(ascii: ".")]))
  }

  static func key(_ parent: SymbolID, _ atom: AtomID) -> UInt64 {
    UInt64(parent.rawValue) << 32 | UInt64(atom.rawValue)
  }
}
