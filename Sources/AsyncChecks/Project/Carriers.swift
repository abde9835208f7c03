import PythonSemantics
import PythonSyntax

/// Finds the names of each file through which others can get hold of something asynchronous
/// (``CarrierTable``), file by file, until nothing new is found.
struct Carriers {
  /// A file that imports another one.
  private struct Importer {
    let file: Int32
    /// Whether it binds the module itself, so that others reach it through that file.
    let bindsModule: Bool
  }

  private(set) var table: CarrierTable
  /// By file: how often names were added to it or to modules that are reached through it.
  private(set) var versions: [Int32]
  /// By file: the parsed files that import it.
  private var importers: [[Importer]]
  /// By file: its place in an order in which what a file imports comes before it, circles apart.
  private var rank: [Int32]
  /// By file: a set of 64 bits for the module's names that each statement uses.
  private var ownNames: [[UInt64]]
  /// By file: when its names, or those of modules that are reached through it, changed last.
  private var changedAt: [Int32]
  /// By file: when it was last looked at; 0 for never.
  private var visitedAt: [Int32]
  private var now: Int32 = 0
  /// By file: whether modules were added to it since.
  private var hasNewModules: [Bool]
  private var isWaiting: [Bool]
  private var waiting: [Int32] = []
  /// Files whose names have changed in this round.
  private var isChanged: [Bool]
  private var changed: [Int32] = []
  private let modules: ModuleTable

  init(fileCount: Int, modules: ModuleTable) {
    table = CarrierTable(fileCount: fileCount)
    versions = [Int32](repeating: 0, count: fileCount)
    importers = [[Importer]](repeating: [], count: fileCount)
    rank = [Int32](repeating: 0, count: fileCount)
    ownNames = [[UInt64]](repeating: [], count: fileCount)
    changedAt = rank
    visitedAt = rank
    hasNewModules = [Bool](repeating: false, count: fileCount)
    isWaiting = [Bool](repeating: false, count: fileCount)
    isChanged = isWaiting
    self.modules = modules
  }

  // MARK: Questions

  /// Whether a file passes names that carry on to others, whatever its words are.
  func pass(_ imports: [SourceSketch.Import], isImported: Bool) -> Bool {
    isImported && imports.contains { versions[Int($0.file)] > 0 && table.mayCarry($0) == true }
  }

  /// Whether a file that has not been parsed may get hold of something asynchronous, or pass names
  /// that carry on to others.
  ///
  /// - Parameters:
  ///   - identifiers: The words of the file.
  ///   - imports: What it imports.
  ///   - isImported: Whether any other file imports it.
  func matter(
    to identifiers: [UInt32], takenBy imports: [SourceSketch.Import], isImported: Bool,
  ) -> Bool {
    // Few of the words are names that carry or words that these lead to.
    var used: UsedNames?
    var reached: [UInt32]?
    func look(_ name: UInt32, _ file: Int) -> Bool {
      guard let words = table.words(of: name, file) else { return false }
      // Others may have it from there.
      if isImported { return true }
      let known = reached ?? identifiers.filter { table.mayBeReached($0) }.sorted()
      reached = known
      return words.occur(in: known[...])
    }
    if pass(imports, isImported: isImported) { return true }
    return imports.contains { entry in
      guard versions[Int(entry.file)] > 0 else { return false }
      if let member = entry.member, look(member, Int(entry.file)) { return true }
      guard table.mayCarry(entry) == nil || entry.isStar else { return false }
      let known = used ?? UsedNames(identifiers.filter { table.mayContain($0) })
      used = known
      return table.modules(reachedBy: known, from: Int(entry.file)).contains { file in
        var isFound = false
        known.forEach(in: table.names[Int(file)]) {
          isFound = isFound || look($0, Int(file))
        }
        return isFound
      }
    }
  }

  // MARK: Following names

  /// Takes in that a file, which need not be parsed, gives others a module by a name.
  mutating func add(_ module: Int32, named name: UInt32, of file: Int32) {
    if table.moduleNames.insert(name, module, of: Int(file)) {
      importers[Int(module)].append(Importer(file: file, bindsModule: true))
    }
  }

  /// Takes in files that have been parsed and follows the names to the end.
  mutating func add(_ files: [Int], _ uses: [ModuleUses?]) {
    for file in files {
      guard let fileUses = uses[file] else { continue }
      ownNames[file] = (0..<fileUses.unitCount).map { unit in
        fileUses.usedOwn(by: unit).reduce(0) { $0 | Self.bit($1) }
      }
      for entry in fileUses.imports {
        let name = entry.isGlobal && entry.member == nil ? entry.bound : nil
        importers[Int(entry.file)].append(
          Importer(file: Int32(file), bindsModule: name != nil))
        if let name { _ = table.moduleNames.insert(name, entry.file, of: file) }
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
      wakeReaching()
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

  private static func bit(_ name: UInt32) -> UInt64 { 1 << UInt64(name & 63) }

  /// Follows the names of a file, as far as what they come from has changed.
  private mutating func visit(_ file: Int, _ uses: ModuleUses) {
    let last = visitedAt[file]
    now += 1
    visitedAt[file] = now
    var isNew = false
    // The names that may lead to more than before.
    var changed: UInt64 = last == 0 || hasNewModules[file] ? .max : 0
    hasNewModules[file] = false
    for star in uses.starFiles where changedAt[Int(star)] > last {
      for name in table.names[Int(star)] {
        guard let words = table.words(of: name, Int(star)) else { continue }
        if table.add(words, to: name, of: file) {
          changed |= Self.bit(name)
          isNew = true
        }
      }
    }
    for unit in 0..<uses.unitCount {
      var isChanged = false
      for entry in uses.imports(of: unit) where changedAt[Int(entry.file)] > last {
        isChanged = true
        // What is reached through the module may have changed.
        if let name = entry.bound { changed |= Self.bit(name) }
      }
      if isChanged { visit(unit, of: file, uses, &changed, &isNew) }
    }
    while changed != 0 {
      let pending = changed
      changed = 0
      for unit in 0..<uses.unitCount
      where ownNames[file][unit] & pending != 0 || pending == .max {
        visit(unit, of: file, uses, &changed, &isNew)
      }
    }
    if isNew {
      wakeImporters(of: file)
      visitedAt[file] = now
    }
  }

  private mutating func visit(
    _ unit: Int, of file: Int, _ uses: ModuleUses, _ changed: inout UInt64, _ isNew: inout Bool,
  ) {
    for entry in uses.imports(of: unit) where entry.isGlobal {
      guard let member = entry.member, let bound = entry.bound else { continue }
      // A module that another one has by import.
      for module in table.moduleNames.modules(member, of: Int(entry.file))
      where table.moduleNames.insert(bound, module, of: file) {
        importers[Int(module)].append(Importer(file: Int32(file), bindsModule: true))
        changed |= Self.bit(bound)
        isNew = true
      }
    }
    guard let passed = table.words(passedBy: unit, of: file, uses) else { return }
    for name in uses.bound(by: unit) where table.add(passed, to: name, of: file) {
      changed |= Self.bit(name)
      isNew = true
    }
  }

  /// Has the files looked at again that import a file whose names have changed; those that reach it
  /// through other modules come in the next round.
  private mutating func wakeImporters(of file: Int) {
    now += 1
    change(Int32(file))
    if !isChanged[file] {
      isChanged[file] = true
      changed.append(Int32(file))
    }
  }

  private mutating func change(_ file: Int32) {
    versions[Int(file)] += 1
    changedAt[Int(file)] = now
    for importer in importers[Int(file)] { wait(importer.file) }
  }

  /// Has all files looked at again that reach a file that has changed through other modules.
  private mutating func wakeReaching() {
    now += 1
    var reached = changed
    changed = []
    var isReached = isChanged
    for file in reached { isChanged[Int(file)] = false }
    var index = 0
    let direct = reached.count
    func reach(_ file: Int32) {
      guard !isReached[Int(file)] else { return }
      isReached[Int(file)] = true
      reached.append(file)
    }
    while index < reached.count {
      let current = reached[index]
      if index >= direct { change(current) }
      index += 1
      for importer in importers[Int(current)] where importer.bindsModule { reach(importer.file) }
      if let package = modules.package(of: Int(current)).map(Int32.init), package != current {
        let name = NameTable.hash(of: modules.lastName(of: Int(current)))
        if table.moduleNames.insert(name, current, of: Int(package)) {
          hasNewModules[Int(package)] = true
          wait(package)
        }
        reach(package)
      }
    }
  }
}
