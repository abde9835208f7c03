import PythonSyntax

/// Callables that make a file worth looking at.
package struct TriggerTable: Sendable {
  /// All of them.
  let all: TriggerWords
  /// Those whose results, methods or mere names other files may be handed, so that these are worth
  /// looking at too.
  let passing: TriggerWords

  /// - Parameters:
  ///   - all: Callables and the classes of what they return, by their full names; an empty name
  ///     where nobody knows.
  ///   - passing: Those of them for ``passing``.
  package init(
    all: [(name: [UInt8], result: [UInt8])], passing: [(name: [UInt8], result: [UInt8])],
  ) {
    self.all = TriggerWords(all)
    self.passing = TriggerWords(passing)
  }
}

/// Callables, the modules and classes that they are in, and how to get hold of them from there.
struct TriggerWords: Sendable {
  let table: SymbolTable
  /// By symbol: the words through which code that has it gets hold of the callables.
  private let words: [[UInt32]]

  init(_ callables: [(name: [UInt8], result: [UInt8])]) {
    var table = SymbolTable()
    let symbols = callables.map { table.intern(dotted: $0.name) }
    var leads = [[SymbolID]](repeating: [], count: table.symbolCount)
    for (symbol, callable) in zip(symbols, callables) where !callable.result.isEmpty {
      if let cls = table.symbol(dotted: callable.result) { leads[symbol.index].append(cls) }
    }
    var isCallable = [Bool](repeating: false, count: table.symbolCount)
    for symbol in symbols { isCallable[symbol.index] = true }
    for index in leads.indices.dropFirst() {
      let symbol = SymbolID(UInt32(index))
      leads[table.parent(of: symbol).index].append(symbol)
    }
    self.table = table
    words = leads.indices.map { index in
      var words: [UInt32] = []
      var reached = [SymbolID(UInt32(index))]
      var next = 0
      while next < reached.count, index > 0 {
        let symbol = reached[next]
        next += 1
        if isCallable[symbol.index] {
          words.append(NameTable.hash(of: table.text(of: table.atom(of: symbol))))
        }
        for lead in leads[symbol.index] where !reached.contains(lead) { reached.append(lead) }
      }
      return words
    }
  }

  func words(of symbol: SymbolID) -> [UInt32] { words[symbol.index] }
}
