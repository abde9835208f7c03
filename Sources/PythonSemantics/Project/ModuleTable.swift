/// The files of dotted module names: what an import statement of a project leads to.
///
/// Made from the paths alone, before any file is read.
package struct ModuleTable: Sendable {
  private var symbols = SymbolTable()
  private var fileOfSymbol = IDTable()
  /// By file.
  private let ownSymbols: [SymbolID]
  private let isPackage: [Bool]

  package init(_ names: ModuleNames) {
    isPackage = names.isPackage
    var own: [SymbolID] = []
    own.reserveCapacity(names.names.count)
    for (file, name) in names.names.enumerated() {
      let symbol = symbols.intern(dotted: name)
      fileOfSymbol[UInt64(symbol.rawValue)] = UInt32(file)
      own.append(symbol)
    }
    ownSymbols = own
    for (file, longer) in names.longerNames.enumerated() {
      for name in longer {
        let key = UInt64(symbols.intern(dotted: name).rawValue)
        if fileOfSymbol[key] == nil { fileOfSymbol[key] = UInt32(file) }
      }
    }
  }

  /// What an import names: a module or package, perhaps without a file of its own.
  package struct Place: Sendable {
    let symbol: SymbolID
  }

  /// Where the imports of a file start: at the top, or so many packages above the file.
  package func start(of file: Int, level: Int) -> Place? {
    guard level > 0 else { return Place(symbol: .root) }
    var base = isPackage[file] ? ownSymbols[file] : symbols.parent(of: ownSymbols[file])
    for _ in 1..<level {
      guard base != .root else { return nil }
      base = symbols.parent(of: base)
    }
    return Place(symbol: base)
  }

  /// The full dotted name of a module or package.
  func name(of place: Place) -> [UInt8] { symbols.name(of: place.symbol) }

  /// The full dotted name of what a `from` import names, when the file belongs to a package that has
  /// some of these callables: the library itself is being checked.
  func libraryName(
    of module: some Collection<UInt8>, in file: Int, level: Int, _ callables: SymbolTable,
  ) -> [UInt8]? {
    var top = ownSymbols[file]
    while top != .root, symbols.parent(of: top) != .root { top = symbols.parent(of: top) }
    guard top != .root, callables.atom(symbols.text(of: symbols.atom(of: top))) != nil,
      let start = start(of: file, level: level)
    else { return nil }
    let base = name(of: start)
    return module.isEmpty ? base : base + [UInt8(ascii: ".")] + Array(module)
  }

  /// The module or package of a name below another one.
  package func child(_ name: some Collection<UInt8>, of place: Place) -> Place? {
    guard let atom = symbols.atom(name), let child = symbols.child(of: place.symbol, atom) else {
      return nil
    }
    return Place(symbol: child)
  }

  /// The file of a module.
  package func file(of place: Place) -> Int? {
    fileOfSymbol[UInt64(place.symbol.rawValue)].map(Int.init)
  }

  /// The package that holds a file's module, if it has a file.
  package func package(of file: Int) -> Int? {
    self.file(of: Place(symbol: symbols.parent(of: ownSymbols[file])))
  }

  /// The last part of the name of a file's module.
  package func lastName(of file: Int) -> ArraySlice<UInt8> {
    ownSymbols[file] == .root ? [] : symbols.text(of: symbols.atom(of: ownSymbols[file]))
  }

  /// Calls the body with every file on the way of a dotted name: each package and the module.
  ///
  /// - Returns: The module; `nil` when the name leaves the project.
  package func walk(
    _ dotted: some Collection<UInt8>, from start: Place, _ body: (Int) -> Void,
  ) -> Place? {
    var place = start
    if let file = file(of: place) { body(file) }
    for part in dotted.split(separator: UInt8(ascii: ".")) {
      guard let next = child(part, of: place) else { return nil }
      place = next
      if let file = file(of: place) { body(file) }
    }
    return place
  }
}
