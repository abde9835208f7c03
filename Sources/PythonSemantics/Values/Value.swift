/// What is known of an expression's value.
package enum Value: Hashable, Sendable {
  case unknown
  /// `None`.
  case none
  /// The module, class or function of this name itself.
  case object(SymbolID)
  /// An instance of the class.
  case instance(SymbolID)
  /// What a coroutine function of this name returned: not awaited yet.
  case coroutine(SymbolID)

  /// The class, if the value is an instance.
  package var instanceClass: SymbolID? {
    if case .instance(let cls) = self { cls } else { nil }
  }

  /// The name, if the value is a named object.
  package var symbol: SymbolID? {
    if case .object(let symbol) = self { symbol } else { nil }
  }
}
