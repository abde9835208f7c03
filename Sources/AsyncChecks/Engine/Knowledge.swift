import PythonSemantics
import PythonSyntax

/// A rule table, indexed by the symbols of its callables.
struct Knowledge: Sendable {
  let table: RuleTable
  let vocabulary: Vocabulary
  /// The rules that each check of ``Check/all`` finds.
  let rulesOfCheck: [[RuleIndex]]
  /// The check of each rule, as an index into ``Check/all``.
  let checkOfRule: [Int?]
  /// The callables sorted by symbol, and where each symbol's begin.
  private let factIndices: [Int]
  private let factStarts: [Int]
  /// Whether each atom is the last part of a callable's name.
  private let isLastAtom: [Bool]
  /// Whether any callable evaluates a lazy query.
  let hasEvaluators: Bool
  /// The last parts of the names of the callables that make an ASGI application.
  let applicationMakers: [[UInt8]]

  /// The trait of decorators after which a coroutine function is still one.
  static let keepsFunction: StaticString = "keeps-function"
  /// The trait of decorators that make an object of a function: of the class that they return.
  static let makesObject: StaticString = "makes-object"

  init(_ table: RuleTable) {
    self.table = table
    var vocabulary = Vocabulary()
    let symbols = table.callables.map { callable in
      vocabulary.intern(Self.qualified(callable.qualifiedName))
    }
    for (callable, symbol) in zip(table.callables, symbols) where !callable.returns.isEmpty {
      let cls = vocabulary.intern(Self.qualified(callable.returns))
      vocabulary.setResult(of: symbol, to: cls)
    }
    for (callable, symbol) in zip(table.callables, symbols)
    where Self.keepsFunction.bytes.elementsEqual(callable.trait) {
      vocabulary.setKeepsFunction(symbol)
    }
    for (callable, symbol) in zip(table.callables, symbols)
    where Self.makesObject.bytes.elementsEqual(callable.trait) {
      vocabulary.setMakesObject(symbol)
    }
    for (callable, symbol) in zip(table.callables, symbols) where callable.isHandedCall {
      vocabulary.setHandedPosition(of: symbol, to: Int(callable.argument))
    }
    _ = vocabulary.intern([UInt8]("builtins"))
    vocabulary.freeze()
    self.vocabulary = vocabulary
    let count = vocabulary.symbols.symbolCount
    factIndices = symbols.indices.sorted {
      (symbols[$0].rawValue, $0) < (symbols[$1].rawValue, $1)
    }
    var starts = [Int](repeating: 0, count: count + 1)
    for symbol in symbols { starts[symbol.index + 1] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    factStarts = starts
    var lasts = [Bool](repeating: false, count: vocabulary.symbols.atomCount)
    for symbol in symbols { lasts[Int(vocabulary.symbols.atom(of: symbol).rawValue)] = true }
    isLastAtom = lasts
    hasEvaluators = table.callables.contains { $0.role == .evaluator }
    applicationMakers = table.callables.filter { $0.role == .asgiApp }.map { callable in
      callable.qualifiedName.split(separator: UInt8(ascii: ".")).last.map(Array.init) ?? []
    }
    let checks = Check.all
    checkOfRule = table.rules.map { rule in
      checks.firstIndex { check in check.name.withUTF8Buffer { rule.check.elementsEqual($0) } }
    }
    var rules = [[RuleIndex]](repeating: [], count: checks.count)
    for (index, check) in checkOfRule.enumerated() {
      if let check { rules[check].append(RuleIndex(UInt16(index))) }
    }
    rulesOfCheck = rules
  }

  /// A name without a dot is a builtin.
  private static func qualified(_ name: [UInt8]) -> [UInt8] {
    name.contains(UInt8(ascii: ".")) ? name : [UInt8]("builtins.") + name
  }

  /// The facts about a callable, in the order of the rules.
  func facts(_ symbol: SymbolID) -> ArraySlice<Int> {
    guard symbol.index + 1 < factStarts.count else { return [] }
    return factIndices[factStarts[symbol.index]..<factStarts[symbol.index + 1]]
  }

  /// The fact that gives a callable a role.
  func fact(_ symbol: SymbolID, _ role: CallableRole) -> KnownCallable? {
    for index in facts(symbol) where table.callables[index].role == role {
      return table.callables[index]
    }
    return nil
  }

  /// The fact that gives a callable or class a trait, whichever rule states it.
  func fact(_ symbol: SymbolID, trait: StaticString) -> KnownCallable? {
    for index in facts(symbol)
    where trait.withUTF8Buffer({ table.callables[index].trait.elementsEqual($0) }) {
      return table.callables[index]
    }
    return nil
  }

  /// Whether a method of this name may have facts: spares resolving the receivers of all others.
  func mayHaveFacts(_ atom: AtomID) -> Bool {
    Int(atom.rawValue) < isLastAtom.count && isLastAtom[Int(atom.rawValue)]
  }
}

extension KnownCallable {
  /// Whether it calls the function that it is handed with the arguments that follow.
  fileprivate var isHandedCall: Bool {
    let calling: [StaticString] = ["takes-function", "sync-callback"]
    guard role == .offload || calling.contains(where: { $0.bytes.elementsEqual(trait) }) else {
      return false
    }
    // `pool.map(f, items)` calls it with the elements.
    let map = StaticString("map").bytes
    return !qualifiedName.split(separator: UInt8(ascii: ".")).contains { part in
      part.starts(with: map) || part.suffix(map.count).elementsEqual(map)
        || part.suffix(9).elementsEqual(StaticString("map_async").bytes)
    }
  }
}
