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
  ///
  /// - Parameter base: The class that two classes of elements have in common.
  mutating func insert(
    _ elements: CollectionElements, of symbol: SymbolID,
    base: (_ one: SymbolID, _ other: SymbolID) -> SymbolID?,
  ) {
    let mapping = elements.isMapping ? Self.isMapping : 0
    let new: UInt32
    switch elements.value {
    case .object(let element): new = element.rawValue | Self.isObject | mapping
    case .instance(let element): new = element.rawValue | mapping
    case .unknown, .none, .coroutine: return
    }
    let key = UInt64(symbol.rawValue)
    guard let known = values[key] else {
      values[key] = new
      return
    }
    if known == new { return }
    let shared: SymbolID? =
      known == Self.unknown || (known | new) & Self.isObject != 0
        || (known ^ new) & Self.isMapping != 0
      ? nil
      : base(SymbolID(known & ~Self.isMapping), SymbolID(new & ~Self.isMapping))
    values[key] = shared.map { $0.rawValue | mapping } ?? Self.unknown
  }
}

extension Project {
  /// The elements of the collection that a module variable or attribute holds.
  package func elements(of symbol: SymbolID) -> CollectionElements? { collections[symbol] }
}
