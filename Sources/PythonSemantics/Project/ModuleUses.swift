/// Which names the top-level statements of a module bind and use, and what its imports lead to.
///
/// Small and independent of other modules, so it is made where the file is parsed. Names are hashes
/// (`NameTable.hash(of:)`), which are the same in all files; two names that share a hash make a
/// file look used that is not, never the other way round.
package final class ModuleUses: Sendable {
  /// A statement: a definition, an import of one name, or anything else.
  struct Unit: Sendable {
    /// Its subtree; empty for an import.
    let nodes: Range<UInt32>
    /// The names that it gives the module, in ``ModuleUses/names``.
    let bound: Range<Int32>
    /// The names that it uses, attributes and quoted annotations included.
    let used: Range<Int32>
    /// Those of them that the module binds.
    let usedOwn: Range<Int32>
    /// Those of the used names through which what it binds can be, or give, what they stand for:
    /// bases, decorators, annotations, results and values of attributes.
    let passed: Range<Int32>
    /// All identifiers in it, ascending.
    let words: Range<Int32>
    /// The names of its `async def`s that can be reached from outside.
    let asyncNames: Range<Int32>
    /// The words to which known callables and classes lead that it passes on (``TriggerTable``).
    let passedLibraryWords: Range<Int32>
    /// Those to which such lead that it uses.
    let usedLibraryWords: Range<Int32>
    /// In ``ModuleUses/derivations``.
    let derivations: Range<Int32>
    /// What its imports lead to, in ``ModuleUses/imports``.
    let imports: Range<Int32>
    /// Whether it has anything of `async` or `await`, or names a known callable of that kind.
    let isAsync: Bool
    /// Whether it names a known callable.
    let usesTrigger: Bool
  }

  /// A name that is made from others: a function by what it returns, a variable or attribute by
  /// what is assigned to it, an alias by what it renames.
  struct Derivation: Sendable {
    let name: UInt32
    let words: Range<Int32>
    /// Those of the words that are methods of the same class.
    let ownWords: Range<Int32>
    /// Whether the name is one inside a function.
    let isLocal: Bool
  }

  /// One file that an import leads to.
  package struct Import: Sendable {
    package let file: Int32
    /// The name that is taken from the file; `nil` when the file itself is bound.
    package let member: UInt32?
    /// The name that it gets; `nil` for `import *` and for packages on the way.
    package let bound: UInt32?
    package let isStar: Bool
    /// Whether it stands outside functions and classes, so that it binds a name of the module.
    package let isGlobal: Bool
  }

  package let unitCount: Int
  package let imports: [Import]
  /// The files of which it takes over all names.
  package let starFiles: [Int32]
  /// Whether any statement has something of `async` or `await`.
  package let hasCoroutines: Bool
  private let units: [Unit]
  private let names: [UInt32]
  private let derivations: [Derivation]
  /// By name: its last entry in ``binders``, which are pairs of a unit and the entry before.
  private let lastBinder: IDTable
  private let binders: [Int32]

  init(
    units: [Unit], names: [UInt32], imports: [Import], derivations: [Derivation],
    lastBinder: IDTable, binders: [Int32], hasCoroutines: Bool,
  ) {
    self.derivations = derivations
    unitCount = units.count
    self.units = units
    self.names = names
    self.imports = imports
    self.lastBinder = lastBinder
    self.binders = binders
    self.hasCoroutines = hasCoroutines
    starFiles = imports.filter { $0.isStar && $0.isGlobal }.map { $0.file }
  }

  /// The names that a unit gives the module.
  package func bound(by unit: Int) -> ArraySlice<UInt32> { slice(units[unit].bound) }

  /// The names that a unit uses.
  package func used(by unit: Int) -> ArraySlice<UInt32> { slice(units[unit].used) }

  /// The names that a unit uses and the module binds.
  package func usedOwn(by unit: Int) -> ArraySlice<UInt32> { slice(units[unit].usedOwn) }

  /// The names through which what a unit binds can be, or give, what they stand for.
  package func passed(by unit: Int) -> ArraySlice<UInt32> { slice(units[unit].passed) }

  private func slice(_ range: Range<Int32>) -> ArraySlice<UInt32> {
    names[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  /// What the imports of a unit lead to.
  package func imports(of unit: Int) -> ArraySlice<Import> {
    let range = units[unit].imports
    return imports[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  /// The nodes of a unit; none for an import.
  func nodes(of unit: Int) -> Range<UInt32> { units[unit].nodes }

  /// Whether a unit has anything of `async` or `await`, or names a known callable of that kind
  /// (``TriggerTable/passing``).
  package func isAsync(_ unit: Int) -> Bool { units[unit].isAsync }

  /// Whether a unit names a known callable (``TriggerTable/all``).
  package func usesTrigger(_ unit: Int) -> Bool { units[unit].usesTrigger }

  /// Whether what a unit binds is or gives something of that kind.
  package func passesAsync(_ unit: Int) -> Bool {
    !units[unit].asyncNames.isEmpty || !units[unit].passedLibraryWords.isEmpty
  }

  /// All identifiers of a unit, ascending.
  package func words(of unit: Int) -> ArraySlice<UInt32> { slice(units[unit].words) }

  /// The names of the `async def`s of a unit that can be reached from outside.
  package func asyncNames(of unit: Int) -> ArraySlice<UInt32> { slice(units[unit].asyncNames) }

  /// The words to which known callables and classes lead that a unit passes on.
  package func passedLibraryWords(of unit: Int) -> ArraySlice<UInt32> {
    slice(units[unit].passedLibraryWords)
  }

  /// The words to which known callables and classes lead that a unit uses.
  package func usedLibraryWords(of unit: Int) -> ArraySlice<UInt32> {
    slice(units[unit].usedLibraryWords)
  }

  /// Calls the body with each name of a unit that is made from others, the words of these, and
  /// those that are methods of the same class.
  package func forEachDerivation(
    of unit: Int,
    _ body: (
      _ name: UInt32, _ words: ArraySlice<UInt32>, _ ownWords: ArraySlice<UInt32>,
      _ isLocal: Bool
    ) -> Void,
  ) {
    let range = units[unit].derivations
    for entry in derivations[Int(range.lowerBound)..<Int(range.upperBound)] {
      body(entry.name, slice(entry.words), slice(entry.ownWords), entry.isLocal)
    }
  }

  /// Calls the body with each unit that binds a name, the last one first.
  package func forEachUnit(binding name: UInt32, _ body: (Int) -> Void) {
    var next = lastBinder[UInt64(name)].map { Int($0) } ?? -1
    while next >= 0 {
      body(Int(binders[next * 2]))
      next = Int(binders[next * 2 + 1])
    }
  }

  /// Whether the module itself binds a name.
  package func binds(_ name: UInt32) -> Bool { lastBinder[UInt64(name)] != nil }
}
