/// The elements of the collections that variables and attributes of a project hold.
struct CollectionTable: Sendable {
  private var values = IDTable()
  private static let isObject: UInt32 = 1 << 31
  private static let isMapping: UInt32 = 1 << 30
  private static let unknown = UInt32.max

  subscript(_ symbol: SymbolID) -> CollectionElements? {
    guard let found = values[UInt64(symbol.rawValue)], found != Self.unknown else { return nil }
    let element = SymbolID(found & ~(Self.isObject | Self.isMapping))
    return CollectionElements(
      value: found & Self.isObject != 0 ? .object(element) : .instance(element),
      isMapping: found & Self.isMapping != 0)
  }

  /// Adds what one place says; places that disagree leave the elements unknown.
  mutating func insert(_ elements: CollectionElements, of symbol: SymbolID) {
    let mapping = elements.isMapping ? Self.isMapping : 0
    let new: UInt32
    switch elements.value {
    case .object(let element): new = element.rawValue | Self.isObject | mapping
    case .instance(let element): new = element.rawValue | mapping
    case .unknown, .none, .coroutine: return
    }
    let key = UInt64(symbol.rawValue)
    let known = values[key]
    values[key] = known == nil || known == new ? new : Self.unknown
  }
}

extension Project {
  /// The elements of the collection that a module variable or attribute holds.
  package func elements(of symbol: SymbolID) -> CollectionElements? { collections[symbol] }
}
