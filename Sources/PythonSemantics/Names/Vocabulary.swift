/// The qualified names that somebody outside the project has facts about.
///
/// The checker makes it from the known callables of the rule files.
package struct Vocabulary: Sendable {
  package private(set) var symbols = SymbolTable()
  /// The class of a call's result, by symbol.
  private var returns = IDTable()
  private var keepers = IDTable()
  private var makers = IDTable()
  /// By symbol: the position of the function that a callable is handed, to be called with the
  /// arguments behind it.
  private var handed = IDTable()
  /// The last parts of their names.
  private var handingNames = IDTable()

  package init() {}

  /// Interns a dotted name.
  package mutating func intern(_ name: some Collection<UInt8>) -> SymbolID {
    symbols.intern(dotted: name)
  }

  /// Ends the adding of names: projects share them from now on.
  package mutating func freeze() { symbols = symbols.frozen() }

  /// States that calling a function gives an instance of a class.
  package mutating func setResult(of function: SymbolID, to cls: SymbolID) {
    returns[UInt64(function.rawValue)] = cls.rawValue
  }

  /// The class of what a call of the function gives (for coroutine functions: when awaited).
  package func result(of function: SymbolID) -> SymbolID? {
    returns[UInt64(function.rawValue)].map(SymbolID.init)
  }

  /// States that calls of a function that this decorates still give what the function gives: of a
  /// coroutine function, its coroutine.
  package mutating func setKeepsFunction(_ decorator: SymbolID) {
    keepers[UInt64(decorator.rawValue)] = 1
  }

  /// Whether calls of a function still give what the function gives, when this decorates it.
  package func keepsFunction(_ decorator: SymbolID) -> Bool {
    keepers[UInt64(decorator.rawValue)] != nil
  }

  /// States that what this decorates becomes an instance of the class that it returns.
  package mutating func setMakesObject(_ decorator: SymbolID) {
    makers[UInt64(decorator.rawValue)] = 1
  }

  /// The class of what a decorator makes of a function.
  func madeClass(by decorator: SymbolID) -> SymbolID? {
    makers[UInt64(decorator.rawValue)] == nil ? nil : result(of: decorator)
  }

  /// States that a callable calls the function at a position of its arguments, with those behind it.
  package mutating func setHandedPosition(of callable: SymbolID, to position: Int) {
    handed[UInt64(callable.rawValue)] = UInt32(position)
    handingNames[UInt64(symbols.atom(of: callable).rawValue)] = 1
  }

  /// The position of the function that a callable is handed, to be called with what follows.
  package func handedPosition(of callable: SymbolID) -> Int? {
    handed[UInt64(callable.rawValue)].map(Int.init)
  }

  /// Whether a callable of this name is handed a function.
  func mayHandOn(_ atom: AtomID) -> Bool { handingNames[UInt64(atom.rawValue)] != nil }
}
