/// Callables that make a file worth looking at, by their full names.
package struct TriggerTable: Sendable {
  /// All of them.
  let all: SymbolTable
  /// Those whose results, methods or mere names other files may be handed, so that these are worth
  /// looking at too.
  let passing: SymbolTable

  package init(all: SymbolTable, passing: SymbolTable) {
    self.all = all
    self.passing = passing
  }
}
