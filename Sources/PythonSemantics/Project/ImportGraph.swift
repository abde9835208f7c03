/// Which files of a project import which.
package struct ImportGraph: Sendable {
  /// By file: the files that its imports name, at any depth of its code.
  package let imports: [[Int]]
  /// By file: those of its imports that stand outside functions, so that importers see the names.
  package let globalImports: [[Int]]

  /// - Parameter outlines: By file; `nil` for a file that could not be decoded.
  package init(_ outlines: [ModuleOutline?], names: ModuleNames) {
    var table = ModuleTable(names)
    var imports: [[Int]] = []
    var globalImports: [[Int]] = []
    for (index, outline) in outlines.enumerated() {
      var all: [Int] = []
      var global: [Int] = []
      for statement in outline?.imports ?? [] {
        let files = table.files(namedBy: statement, in: index, names: names)
        for file in files where file != index {
          if !all.contains(file) { all.append(file) }
          if statement.isGlobal, !global.contains(file) { global.append(file) }
        }
      }
      imports.append(all)
      globalImports.append(global)
    }
    self.imports = imports
    self.globalImports = globalImports
  }

  /// The files that some files' imports lead to, themselves included: all imports of those files,
  /// and from then on global ones.
  package func closure(of isStart: [Bool]) -> [Bool] {
    var isReached = isStart
    var work: [Int] = []
    func reach(_ files: [Int]) {
      for file in files where !isReached[file] {
        isReached[file] = true
        work.append(file)
      }
    }
    for index in isStart.indices where isStart[index] { reach(imports[index]) }
    while let file = work.popLast() { reach(globalImports[file]) }
    return isReached
  }

  /// Which of some files each file's global imports lead to.
  package func reachable(_ targets: [Int]) -> Reachability {
    var reachability = Reachability(fileCount: imports.count, targetCount: targets.count)
    for (bit, file) in targets.enumerated() { reachability.insert(bit, at: file) }
    var importers = [[Int]](repeating: [], count: imports.count)
    for (file, imported) in globalImports.enumerated() {
      for target in imported { importers[target].append(file) }
    }
    var work = targets
    var isWaiting = [Bool](repeating: false, count: imports.count)
    for target in targets { isWaiting[target] = true }
    while let file = work.popLast() {
      isWaiting[file] = false
      for importer in importers[file]
      where reachability.formUnion(at: importer, with: file) && !isWaiting[importer] {
        isWaiting[importer] = true
        work.append(importer)
      }
    }
    return reachability
  }

  /// A set of targets for each file.
  package struct Reachability: Sendable {
    private var words: [UInt64]
    private let wordsPerFile: Int

    init(fileCount: Int, targetCount: Int) {
      wordsPerFile = (targetCount + 63) / 64
      words = [UInt64](repeating: 0, count: fileCount * wordsPerFile)
    }

    mutating func insert(_ target: Int, at file: Int) {
      words[file * wordsPerFile + target / 64] |= 1 << UInt64(target % 64)
    }

    /// Adds the targets of another file; tells whether any was new.
    mutating func formUnion(at file: Int, with other: Int) -> Bool {
      var isChanged = false
      for word in 0..<wordsPerFile {
        let old = words[file * wordsPerFile + word]
        let new = old | words[other * wordsPerFile + word]
        if new != old {
          words[file * wordsPerFile + word] = new
          isChanged = true
        }
      }
      return isChanged
    }

    /// The targets that all imports of a file lead to, as indices into the list of targets.
    package func fromImports(of file: Int, in graph: ImportGraph) -> [Int] {
      var targets: [Int] = []
      for word in 0..<wordsPerFile {
        var bits: UInt64 = 0
        for imported in graph.imports[file] { bits |= words[imported * wordsPerFile + word] }
        while bits != 0 {
          targets.append(word * 64 + bits.trailingZeroBitCount)
          bits &= bits - 1
        }
      }
      return targets
    }
  }
}

/// The files of dotted module names.
private struct ModuleTable {
  private var symbols = SymbolTable()
  private var fileOfSymbol = IDTable()

  init(_ names: ModuleNames) {
    for (file, name) in names.names.enumerated() {
      fileOfSymbol[UInt64(symbols.intern(dotted: name).rawValue)] = UInt32(file)
    }
    for (file, longer) in names.longerNames.enumerated() {
      for name in longer {
        let key = UInt64(symbols.intern(dotted: name).rawValue)
        if fileOfSymbol[key] == nil { fileOfSymbol[key] = UInt32(file) }
      }
    }
  }

  /// The modules that an import runs: each package on the way, the module, and the members that
  /// are modules.
  mutating func files(
    namedBy statement: ModuleOutline.Import, in file: Int, names: ModuleNames,
  ) -> [Int] {
    var base = SymbolID.root
    if statement.level > 0 {
      guard let own = symbols.symbol(dotted: names.names[file]) else { return [] }
      base = names.isPackage[file] ? own : symbols.parent(of: own)
      for _ in 1..<max(statement.level, 1) {
        guard base != .root else { return [] }
        base = symbols.parent(of: base)
      }
    }
    var files: [Int] = []
    func add(_ symbol: SymbolID) {
      if let file = fileOfSymbol[UInt64(symbol.rawValue)] { files.append(Int(file)) }
    }
    add(base)
    for part in statement.module.split(separator: UInt8(ascii: ".")) {
      guard let atom = symbols.atom(part), let child = symbols.child(of: base, atom) else {
        return files
      }
      base = child
      add(base)
    }
    for member in statement.members {
      if let atom = symbols.atom(member), let child = symbols.child(of: base, atom) { add(child) }
    }
    return files
  }
}
