import PythonSemantics
import PythonSyntax

/// The names of each file through which others can get hold of something asynchronous: a coroutine
/// function, an instance of a class with async methods, an `asyncio` object.
///
/// A statement carries when it has anything of `async` itself or uses a name that carries; the
/// names that it binds then carry too. A file without `async` can only make a mistake with a
/// coroutine by using such a name of a file that it imports.
struct Carriers {
  /// A name under which a file gives others a module.
  private struct ModuleName {
    let name: UInt32
    let file: Int32
  }

  /// By file; `nil` where no name carries.
  private var names: [IDTable?]
  /// By file: the modules that are reached through it, `package.module`.
  private var moduleNames: [[ModuleName]]
  /// By file: how often names were added to it or to modules that are reached through it.
  private(set) var versions: [Int32]
  private var isCarrier: [[Bool]]
  /// By file: the parsed files that import it.
  private var importers: [[Int32]]
  private var isWaiting: [Bool]
  private var waiting: [Int32] = []
  /// A set of 65,536 bits that holds all names, for a fast no.
  private var filter = [UInt64](repeating: 0, count: 1024)
  private let modules: ModuleTable

  init(fileCount: Int, modules: ModuleTable) {
    names = [IDTable?](repeating: nil, count: fileCount)
    moduleNames = [[ModuleName]](repeating: [], count: fileCount)
    versions = [Int32](repeating: 0, count: fileCount)
    isCarrier = [[Bool]](repeating: [], count: fileCount)
    importers = [[Int32]](repeating: [], count: fileCount)
    isWaiting = [Bool](repeating: false, count: fileCount)
    self.modules = modules
  }

  // MARK: Questions

  /// Which statements of a file use a name that carries, or are asynchronous themselves.
  func concernedUnits(of file: Int, _ uses: ModuleUses) -> [Bool] {
    (0..<uses.unitCount).map { unit in
      let used = uses.used(by: unit)
      return uses.isAsync(unit)
        || !used.isEmpty && useCarrier(used, uses.usedOwn(by: unit), unit, file, uses)
    }
  }

  /// Whether a name may carry, or be that of a module.
  @inline(__always)
  func mayContain(_ name: UInt32) -> Bool {
    let bit = Int(name & 0xFFFF)
    return filter[bit >> 6] & 1 << UInt64(bit & 63) != 0
  }

  /// Whether any of some names carries in a file or in a module that is reached through it by
  /// others of the names.
  func contain(anyOf used: some Collection<UInt32>, of file: Int) -> Bool {
    if carries(anyOf: used, in: file) { return true }
    guard !moduleNames[file].isEmpty else { return false }
    // Modules may import each other in circles.
    var reached = [Int32(file)]
    var index = 0
    while index < reached.count {
      for module in moduleNames[Int(reached[index])]
      where !reached.contains(module.file) && used.contains(module.name) {
        if carries(anyOf: used, in: Int(module.file)) { return true }
        reached.append(module.file)
      }
      index += 1
    }
    return false
  }

  /// Whether an import may take something that carries; `nil` when only the words of the importing
  /// file can tell, because it takes a module.
  func mayCarry(_ entry: SourceSketch.Import) -> Bool? {
    if entry.isStar, names[Int(entry.file)] != nil { return true }
    guard let member = entry.member else { return nil }
    if contains(member, of: Int(entry.file)) { return true }
    return moduleNames[Int(entry.file)].contains { $0.name == member } ? nil : false
  }

  private func carries(anyOf used: some Collection<UInt32>, in file: Int) -> Bool {
    guard let carried = names[file] else { return false }
    return used.contains { mayContain($0) && carried[UInt64($0)] != nil }
  }

  /// Whether a name of a file carries, or is that of a module through which something may.
  func mayPass(_ name: UInt32, _ file: Int) -> Bool {
    guard mayContain(name) else { return false }
    return names[file]?[UInt64(name)] != nil || moduleNames[file].contains { $0.name == name }
  }

  private func contains(_ name: UInt32, of file: Int) -> Bool {
    mayContain(name) && names[file]?[UInt64(name)] != nil
  }

  // MARK: Following names

  /// Takes in files that have been parsed and follows the names to the end.
  mutating func add(_ files: [Int], _ uses: [ModuleUses?]) {
    for file in files {
      guard let fileUses = uses[file] else { continue }
      isCarrier[file] = [Bool](repeating: false, count: fileUses.unitCount)
      for entry in fileUses.imports {
        importers[Int(entry.file)].append(Int32(file))
        if entry.isGlobal, entry.member == nil, let name = entry.bound {
          moduleNames[file].append(ModuleName(name: name, file: entry.file))
          remember(name)
        }
      }
      wait(Int32(file))
    }
    // Round by round, so that a file is looked at once for all that changed in its imports.
    while !waiting.isEmpty {
      let round = waiting
      waiting = []
      for file in round { isWaiting[Int(file)] = false }
      for file in round {
        if let fileUses = uses[Int(file)] { visit(Int(file), fileUses) }
      }
    }
  }

  private mutating func wait(_ file: Int32) {
    guard !isWaiting[Int(file)] else { return }
    isWaiting[Int(file)] = true
    waiting.append(file)
  }

  private mutating func visit(_ file: Int, _ uses: ModuleUses) {
    var isNew = false
    for star in uses.starFiles {
      guard let passed = names[Int(star)] else { continue }
      passed.forEachKey { if insert(UInt32(truncatingIfNeeded: $0), of: file) { isNew = true } }
    }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for unit in 0..<uses.unitCount where !isCarrier[file][unit] {
        guard carries(unit, of: file, uses) else { continue }
        isCarrier[file][unit] = true
        hasChanged = true
        for name in uses.bound(by: unit) { if insert(name, of: file) { isNew = true } }
      }
    }
    if isNew { wakeImporters(of: file) }
  }

  /// Has all files looked at again that reach a file, directly or through other modules.
  private mutating func wakeImporters(of file: Int) {
    var reached = [Int32(file)]
    var index = 0
    while index < reached.count {
      let current = reached[index]
      index += 1
      versions[Int(current)] += 1
      for importer in importers[Int(current)] {
        wait(importer)
        if moduleNames[Int(importer)].contains(where: { $0.file == current }),
          !reached.contains(importer)
        {
          reached.append(importer)
        }
      }
      if let package = modules.package(of: Int(current)).map(Int32.init), package != current {
        let name = NameTable.hash(of: modules.lastName(of: Int(current)))
        if !moduleNames[Int(package)].contains(where: { $0.file == current && $0.name == name }) {
          moduleNames[Int(package)].append(ModuleName(name: name, file: current))
          remember(name)
        }
        if !reached.contains(package) { reached.append(package) }
      }
    }
  }

  private func carries(_ unit: Int, of file: Int, _ uses: ModuleUses) -> Bool {
    if uses.passesAsync(unit) { return true }
    if uses.used(by: unit).isEmpty {
      // An import, which passes on what it takes.
      return uses.imports(of: unit).contains { entry in
        entry.member.map { contains($0, of: Int(entry.file)) } ?? false
      }
    }
    let passed = uses.passed(by: unit)
    return useCarrier(passed, passed, unit, file, uses)
  }

  /// Whether any of the names that a unit uses carries.
  ///
  /// - Parameter own: Those among them that the module binds, or all.
  private func useCarrier(
    _ used: ArraySlice<UInt32>, _ own: ArraySlice<UInt32>, _ unit: Int, _ file: Int,
    _ uses: ModuleUses,
  ) -> Bool {
    for entry in uses.imports(of: unit) where !entry.isStar {
      if let member = entry.member {
        if contains(member, of: Int(entry.file)) { return true }
      } else if contain(anyOf: used, of: Int(entry.file)) {
        return true
      }
    }
    for name in own where mayContain(name) {
      if names[file]?[UInt64(name)] != nil { return true }
      for module in moduleNames[file]
      where module.name == name && contain(anyOf: used, of: Int(module.file)) {
        return true
      }
    }
    // Names that are only known from star imports.
    guard !uses.starFiles.isEmpty, let carried = names[file] else { return false }
    return used.contains { mayContain($0) && carried[UInt64($0)] != nil }
  }

  private mutating func insert(_ name: UInt32, of file: Int) -> Bool {
    if names[file]?[UInt64(name)] != nil { return false }
    if names[file] == nil { names[file] = IDTable() }
    names[file]?[UInt64(name)] = 1
    remember(name)
    return true
  }

  private mutating func remember(_ name: UInt32) {
    let bit = Int(name & 0xFFFF)
    filter[bit >> 6] |= 1 << UInt64(bit & 63)
  }
}
