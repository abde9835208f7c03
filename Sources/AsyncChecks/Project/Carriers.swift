import PythonSemantics
import PythonSyntax

/// The names of each file through which others can get hold of something asynchronous: a coroutine
/// function, an instance of a class with async methods, an `asyncio` object.
///
/// A statement carries when it has anything of `async` itself or uses a name that carries; the
/// names that it binds then carry too. A file without `async` can only make a mistake with a
/// coroutine by using such a name of a file that it imports.
struct Carriers {
  /// The names under which a file gives others modules.
  private struct ModuleNames {
    private struct Entry {
      let file: Int32
      /// The entry of the same name before; -1 for none.
      let before: Int32
    }

    private var entries: [Entry] = []
    private var last = IDTable()

    var isEmpty: Bool { entries.isEmpty }

    mutating func insert(_ name: UInt32, _ file: Int32) {
      var isKnown = false
      forEach(name) { if $0 == file { isKnown = true } }
      if isKnown { return }
      let before = last[UInt64(name)].map { Int32($0) } ?? -1
      last[UInt64(name)] = UInt32(entries.count)
      entries.append(Entry(file: file, before: before))
    }

    func contains(_ name: UInt32) -> Bool { last[UInt64(name)] != nil }

    /// Calls the body with the file of each module of a name.
    func forEach(_ name: UInt32, _ body: (Int32) -> Void) {
      var next = last[UInt64(name)].map { Int32($0) } ?? -1
      while next >= 0 {
        body(entries[Int(next)].file)
        next = entries[Int(next)].before
      }
    }
  }

  /// A file that imports another one.
  private struct Importer {
    let file: Int32
    /// Whether it binds the module itself, so that others reach it through that file.
    let bindsModule: Bool
  }

  /// By file; `nil` where no name carries.
  private var names: [IDTable?]
  /// By file: the modules that are reached through it, `package.module`.
  private var moduleNames: [ModuleNames]
  /// By file: how often names were added to it or to modules that are reached through it.
  private(set) var versions: [Int32]
  private var isCarrier: [[Bool]]
  /// By file: the parsed files that import it.
  private var importers: [[Importer]]
  /// By file: its place in an order in which what a file imports comes before it, circles apart.
  private var rank: [Int32]
  private var isWaiting: [Bool]
  private var waiting: [Int32] = []
  /// A set of 65,536 bits that holds all names, for a fast no.
  private var filter = [UInt64](repeating: 0, count: 1024)
  private let modules: ModuleTable

  init(fileCount: Int, modules: ModuleTable) {
    names = [IDTable?](repeating: nil, count: fileCount)
    moduleNames = [ModuleNames](repeating: ModuleNames(), count: fileCount)
    versions = [Int32](repeating: 0, count: fileCount)
    isCarrier = [[Bool]](repeating: [], count: fileCount)
    importers = [[Importer]](repeating: [], count: fileCount)
    rank = [Int32](repeating: 0, count: fileCount)
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
      let names = moduleNames[Int(reached[index])]
      index += 1
      guard !names.isEmpty else { continue }
      for name in used where mayContain(name) {
        names.forEach(name) { module in
          if !reached.contains(module) { reached.append(module) }
        }
      }
    }
    return reached.dropFirst().contains { carries(anyOf: used, in: Int($0)) }
  }

  /// Whether an import may take something that carries; `nil` when only the words of the importing
  /// file can tell, because it takes a module.
  func mayCarry(_ entry: SourceSketch.Import) -> Bool? {
    if entry.isStar, names[Int(entry.file)] != nil { return true }
    guard let member = entry.member else { return nil }
    if contains(member, of: Int(entry.file)) { return true }
    return moduleNames[Int(entry.file)].contains(member) ? nil : false
  }

  private func carries(anyOf used: some Collection<UInt32>, in file: Int) -> Bool {
    guard let carried = names[file] else { return false }
    return used.contains { mayContain($0) && carried[UInt64($0)] != nil }
  }

  /// Whether a name of a file carries, or is that of a module through which something may.
  func mayPass(_ name: UInt32, _ file: Int) -> Bool {
    guard mayContain(name) else { return false }
    return names[file]?[UInt64(name)] != nil || moduleNames[file].contains(name)
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
        let name = entry.isGlobal && entry.member == nil ? entry.bound : nil
        importers[Int(entry.file)].append(
          Importer(file: Int32(file), bindsModule: name != nil))
        if let name {
          moduleNames[file].insert(name, entry.file)
          remember(name)
        }
      }
      wait(Int32(file))
    }
    order(uses)
    // Round by round, and in each round what is imported first, so that a file is looked at once
    // for all that changed in its imports.
    while !waiting.isEmpty {
      let round = waiting.sorted { rank[Int($0)] < rank[Int($1)] }
      waiting = []
      for file in round {
        isWaiting[Int(file)] = false
        if let fileUses = uses[Int(file)] { visit(Int(file), fileUses) }
      }
    }
  }

  /// Ranks the files by the order in which a walk over their imports leaves them.
  private mutating func order(_ uses: [ModuleUses?]) {
    var isSeen = [Bool](repeating: false, count: uses.count)
    var next: Int32 = 0
    var path: [(file: Int, entry: Int)] = []
    for start in uses.indices where uses[start] != nil && !isSeen[start] {
      isSeen[start] = true
      path.append((start, 0))
      while let (file, entry) = path.last {
        guard let imports = uses[file]?.imports, entry < imports.count else {
          rank[file] = next
          next += 1
          path.removeLast()
          continue
        }
        path[path.count - 1].entry += 1
        let imported = Int(imports[entry].file)
        if uses[imported] != nil, !isSeen[imported] {
          isSeen[imported] = true
          path.append((imported, 0))
        }
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
    var isReached = IDTable()
    isReached[UInt64(file)] = 1
    var index = 0
    func reach(_ file: Int32) {
      guard isReached[UInt64(file)] == nil else { return }
      isReached[UInt64(file)] = 1
      reached.append(file)
    }
    while index < reached.count {
      let current = reached[index]
      index += 1
      versions[Int(current)] += 1
      for importer in importers[Int(current)] {
        wait(importer.file)
        if importer.bindsModule { reach(importer.file) }
      }
      if let package = modules.package(of: Int(current)).map(Int32.init), package != current {
        let name = NameTable.hash(of: modules.lastName(of: Int(current)))
        moduleNames[Int(package)].insert(name, current)
        remember(name)
        reach(package)
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
      var isModuleUsed = false
      moduleNames[file].forEach(name) { module in
        if !isModuleUsed, contain(anyOf: used, of: Int(module)) { isModuleUsed = true }
      }
      if isModuleUsed { return true }
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
