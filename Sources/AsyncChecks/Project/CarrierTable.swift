import PythonSemantics
import PythonSyntax

/// The names of each file through which others can get hold of something asynchronous: a coroutine
/// function, an instance of a class with async methods, an `asyncio` object.
///
/// A statement carries when it has anything of `async` itself or passes on a name that carries; the
/// names that it binds then carry too. A file without `async` can only make a mistake with a
/// coroutine by using such a name of a file that it imports, and one of the words that the name
/// leads to (``AsyncWords``).
struct CarrierTable {
  /// By file: the names that carry.
  private(set) var names: [[UInt32]]
  /// By file and name (``FileNames``): its place in ``words``.
  private var places = FileNames()
  /// What names lead to.
  private var words: [AsyncWords] = []
  /// By file and name: the modules that are reached through the file, `package.module`.
  var moduleNames: ReachedModules
  /// All words that names lead to.
  private var asyncWords = NameFilter()

  init(fileCount: Int) {
    names = [[UInt32]](repeating: [], count: fileCount)
    moduleNames = ReachedModules(fileCount: fileCount)
  }

  // MARK: Questions

  /// What a name of a file leads to; `nil` when it does not carry.
  func words(of name: UInt32, _ file: Int) -> AsyncWords? {
    places[file, name].map { words[Int($0)] }
  }

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

  /// Whether a word may be one that names which carry lead to.
  func mayBeReached(_ word: UInt32) -> Bool { asyncWords.mayContain(word) }

  /// Whether a word may be a name that carries, or one that such names lead to.
  func mayMatter(_ word: UInt32) -> Bool { mayContain(word) || asyncWords.mayContain(word) }

  /// The words for which ``mayMatter(_:)`` is true.
  var mattering: NameFilter {
    places.nameFilter.union(moduleNames.nameFilter).union(asyncWords)
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

  /// A file and those of the modules that are reached through it by some names.
  func modules(reachedBy used: UsedNames, from file: Int) -> [Int32] {
    var reached = [Int32(file)]
    // Modules may import each other in circles.
    var index = 0
    while index < reached.count {
      let current = Int(reached[index])
      index += 1
      guard moduleNames.hasModules(current) else { continue }
      used.forEach(in: moduleNames.names[current]) { name in
        for module in moduleNames.modules(name, of: current) where !reached.contains(module) {
          reached.append(module)
        }
      }
    }
    return reached
  }

  // MARK: Statements

  /// What the names that a unit binds lead to; `nil` when it does not carry.
  func words(passedBy unit: Int, of file: Int, _ uses: ModuleUses) -> AsyncWords? {
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
    var known: UsedNames?
    for entry in uses.imports(of: unit) where !entry.isStar {
      let file = Int(entry.file)
      guard let member = entry.member else {
        if collect(used, &known, reachedFrom: file, into: &words) { isFound = true }
        continue
      }
      if collect(member, of: file, into: &words) { isFound = true }
      for module in moduleNames.modules(member, of: file)
      where collect(used, &known, reachedFrom: Int(module), into: &words) {
        isFound = true
      }
    }
    for name in own {
      if collect(name, of: file, into: &words) { isFound = true }
      for module in moduleNames.modules(name, of: file)
      where collect(used, &known, reachedFrom: Int(module), into: &words) {
        isFound = true
      }
    }
    // Names that are only known from star imports.
    if !uses.starFiles.isEmpty {
      for name in used where collect(name, of: file, into: &words) { isFound = true }
    }
    return isFound
  }

  /// - Parameter known: The names among those used that may carry, once they have been found.
  private func collect(
    _ used: ArraySlice<UInt32>, _ known: inout UsedNames?, reachedFrom file: Int,
    into words: inout AsyncWords,
  ) -> Bool {
    let names = known ?? UsedNames(used.filter { mayContain($0) })
    known = names
    var isFound = false
    for module in modules(reachedBy: names, from: file) {
      names.forEach(in: self.names[Int(module)]) { name in
        if collect(name, of: Int(module), into: &words) { isFound = true }
      }
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
  mutating func add(_ passed: AsyncWords, to name: UInt32, of file: Int) -> Bool {
    for word in passed.words { asyncWords.insert(word) }
    if let place = places[file, name] { return words[Int(place)].formUnion(passed) }
    places[file, name] = UInt32(words.count)
    names[file].append(name)
    words.append(passed)
    return true
  }
}
