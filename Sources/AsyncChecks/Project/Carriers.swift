import PythonSemantics
import PythonSyntax

/// The names of each file through which others can get hold of something asynchronous: a coroutine
/// function, an instance of a class with async methods, an `asyncio` object.
///
/// A statement carries when it has anything of `async` itself or passes on a name that carries; the
/// names that it binds then carry too. A file without `async` can only make a mistake with a
/// coroutine by using such a name of a file that it imports, and one of the words that the name
/// leads to (``AsyncWords``).
struct Carriers {
  /// A file that imports another one.
  private struct Importer {
    let file: Int32
    /// Whether it binds the module itself, so that others reach it through that file.
    let bindsModule: Bool
  }

  /// By file: the names that carry.
  private var names: [[UInt32]]
  /// By file and name (``FileNames``): its place in ``words``.
  private var places = FileNames()
  /// What names lead to.
  private var words: [AsyncWords] = []
  /// By file and name: the modules that are reached through the file, `package.module`.
  private var moduleNames: ReachedModules
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
  /// All words that names lead to.
  private var asyncWords = NameFilter()
  private let modules: ModuleTable

  init(fileCount: Int, modules: ModuleTable) {
    names = [[UInt32]](repeating: [], count: fileCount)
    moduleNames = ReachedModules(fileCount: fileCount)
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

  /// Which statements of a file use a name that carries together with a word that it leads to, or
  /// are asynchronous themselves.
  func concernedUnits(of file: Int, _ uses: ModuleUses) -> [Bool] {
    (0..<uses.unitCount).map { unit in
      if uses.isAsync(unit) || uses.usesTrigger(unit) { return true }
      let used = uses.used(by: unit)
      guard !used.isEmpty else { return false }
      var words = AsyncWords()
      return collect(used, uses.usedOwn(by: unit), unit, file, uses, into: &words)
        && words.occur(in: uses.words(of: unit))
    }
  }

  /// Whether a name may carry in any file, or be that of a module.
  func mayContain(_ name: UInt32) -> Bool {
    places.mayContain(name) || moduleNames.mayContain(name)
  }

  /// Whether a word may be a name that carries, or one that such names lead to.
  func mayMatter(_ word: UInt32) -> Bool { mayContain(word) || asyncWords.mayContain(word) }

  /// The words for which ``mayMatter(_:)`` is true.
  var mattering: NameFilter {
    places.nameFilter.union(moduleNames.nameFilter).union(asyncWords)
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
    let used = identifiers.filter { mayContain($0) }
    let reached = identifiers.filter { asyncWords.mayContain($0) }.sorted()
    return imports.contains { entry in
      guard versions[Int(entry.file)] > 0 else { return false }
      var isFound = false
      func look(_ name: UInt32, _ file: Int) {
        guard !isFound, let place = places[file, name] else { return }
        isFound = isImported || words[Int(place)].occur(in: reached[...])
      }
      // Who takes over all names passes them on without naming any.
      if entry.isStar, isImported, !names[Int(entry.file)].isEmpty { return true }
      if let member = entry.member { look(member, Int(entry.file)) }
      if mayCarry(entry) == nil || entry.isStar {
        forEachModule(reachedBy: used, from: Int(entry.file)) { file in
          for name in used { look(name, file) }
        }
      }
      return isFound
    }
  }

  /// Calls the body with a file and those of the modules that are reached through it by some names.
  private func forEachModule(
    reachedBy used: some Collection<UInt32>, from file: Int, _ body: (Int) -> Void,
  ) {
    body(file)
    guard moduleNames.hasModules(file) else { return }
    // Modules may import each other in circles.
    var reached = [Int32(file)]
    var index = 0
    while index < reached.count {
      let current = Int(reached[index])
      index += 1
      guard moduleNames.hasModules(current) else { continue }
      for name in used {
        moduleNames.forEach(name, of: current) { module in
          if !reached.contains(module) { reached.append(module) }
        }
      }
    }
    for module in reached.dropFirst() { body(Int(module)) }
  }

  /// Whether an import may take something that carries; `nil` when only the words of the importing
  /// file can tell, because it takes a module.
  func mayCarry(_ entry: SourceSketch.Import) -> Bool? {
    if entry.isStar, !names[Int(entry.file)].isEmpty { return true }
    guard let member = entry.member else { return nil }
    if places[Int(entry.file), member] != nil { return true }
    return moduleNames.contains(member, of: Int(entry.file)) ? nil : false
  }

  /// Whether a name of a file carries, or is that of a module through which something may.
  func mayPass(_ name: UInt32, _ file: Int) -> Bool {
    places[file, name] != nil || moduleNames.contains(name, of: file)
  }

  // MARK: Following names

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
        if let name { _ = moduleNames.insert(name, entry.file, of: file) }
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
      for name in names[Int(star)] {
        guard let place = places[Int(star), name] else { continue }
        if add(words[Int(place)], to: name, of: file) {
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
    guard let passed = words(passedBy: unit, of: file, uses) else { return }
    for name in uses.bound(by: unit) where add(passed, to: name, of: file) {
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
        if moduleNames.insert(name, current, of: Int(package)) {
          hasNewModules[Int(package)] = true
          wait(package)
        }
        reach(package)
      }
    }
  }

  /// What the names that a unit binds lead to; `nil` when it does not carry.
  private func words(passedBy unit: Int, of file: Int, _ uses: ModuleUses) -> AsyncWords? {
    var used = AsyncWords()
    var passed = AsyncWords()
    var carries = uses.passesAsync(unit)
    if uses.used(by: unit).isEmpty {
      // An import, which passes on what it takes.
      for entry in uses.imports(of: unit) {
        if let member = entry.member, collect(member, of: Int(entry.file), into: &passed) {
          carries = true
        }
      }
      used = passed
    } else {
      let usesCarrier = collect(
        uses.used(by: unit), uses.usedOwn(by: unit), unit, file, uses, into: &used)
      if usesCarrier {
        let names = uses.passed(by: unit)
        if collect(names, names, unit, file, uses, into: &passed) { carries = true }
      }
      guard carries || usesCarrier || !uses.usedLibraryWords(of: unit).isEmpty else { return nil }
    }
    // What the statement itself makes asynchronous.
    var own = AsyncWords()
    for name in uses.asyncNames(of: unit) { own.insert(name) }
    for word in uses.passedLibraryWords(of: unit) { passed.insert(word) }
    for word in uses.usedLibraryWords(of: unit) { used.insert(word) }
    used.formUnion(passed)
    var isNew = true
    while isNew {
      isNew = false
      uses.forEachDerivation(of: unit) { name, words, ownWords, isLocal in
        guard !own.contains(name),
          words.contains(where: { used.contains($0) || own.contains($0) })
            || ownWords.contains(where: { own.contains($0) })
        else { return }
        own.insert(name)
        // A name inside a function matters to what is derived from it.
        if !isLocal { carries = true }
        isNew = true
      }
    }
    guard carries else { return nil }
    passed.formUnion(own)
    return passed
  }

  /// Collects what the names that a unit uses lead to.
  ///
  /// - Parameter own: Those among them that the module binds, or all.
  /// - Returns: Whether any of them carries.
  private func collect(
    _ used: ArraySlice<UInt32>, _ own: ArraySlice<UInt32>, _ unit: Int, _ file: Int,
    _ uses: ModuleUses, into words: inout AsyncWords,
  ) -> Bool {
    var isFound = false
    // Few names are worth looking for in the modules that a unit reaches.
    var known: [UInt32]?
    func reach(_ file: Int) {
      let names = known ?? used.filter { mayContain($0) }
      known = names
      if collect(names, reachedFrom: file, into: &words) { isFound = true }
    }
    for entry in uses.imports(of: unit) where !entry.isStar {
      if let member = entry.member {
        if collect(member, of: Int(entry.file), into: &words) { isFound = true }
      } else {
        reach(Int(entry.file))
      }
    }
    for name in own {
      if collect(name, of: file, into: &words) { isFound = true }
      moduleNames.forEach(name, of: file) { reach(Int($0)) }
    }
    // Names that are only known from star imports.
    if !uses.starFiles.isEmpty {
      for name in used where collect(name, of: file, into: &words) { isFound = true }
    }
    return isFound
  }

  private func collect(
    _ used: [UInt32], reachedFrom file: Int, into words: inout AsyncWords,
  ) -> Bool {
    var isFound = false
    forEachModule(reachedBy: used, from: file) { module in
      for name in used where collect(name, of: module, into: &words) { isFound = true }
    }
    return isFound
  }

  private func collect(_ name: UInt32, of file: Int, into found: inout AsyncWords) -> Bool {
    guard let place = places[file, name] else { return false }
    found.formUnion(words[Int(place)])
    return true
  }

  /// Has a name lead to some words.
  ///
  /// - Returns: Whether it did not before.
  private mutating func add(_ passed: AsyncWords, to name: UInt32, of file: Int) -> Bool {
    for word in passed.words { asyncWords.insert(word) }
    if let place = places[file, name] { return words[Int(place)].formUnion(passed) }
    places[file, name] = UInt32(words.count)
    names[file].append(name)
    words.append(passed)
    return true
  }
}
