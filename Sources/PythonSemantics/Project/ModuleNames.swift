import PythonSyntax

/// Derives dotted module names from paths.
///
/// A module belongs to the package of its folder as far up as the folders hold an `__init__.py`
/// among the given files, which also serves `src` layouts.
package struct ModuleNames: Sendable {
  /// The dotted name of each file; two files never share one.
  package private(set) var names: [[UInt8]] = []
  /// Whether each file is the `__init__.py` of its package.
  package private(set) var isPackage: [Bool] = []
  /// Longer names of modules in folders without `__init__.py` (namespace packages).
  package private(set) var longerNames: [[[UInt8]]] = []

  /// Whether each file holds tests, as its name or that of a folder says.
  package private(set) var isTest: [Bool] = []

  /// How many folders without `__init__.py` a namespace package may have.
  private static let namespaceDepth = 3

  /// - Parameter paths: `/` separates folders.
  package init(paths: [[UInt8]]) {
    let slash = UInt8(ascii: "/")
    let dot = UInt8(ascii: ".")
    var folders = Folders()
    let places = paths.map { path in
      let end = path.lastIndex(of: slash).map { $0 + 1 } ?? 0
      let file = path[end...]
      let stem = Self.stem(of: file)
      let isPackage = stem.elementsEqual(Self.initStem)
      return (folder: folders.insert(path[..<end], isPackage: isPackage), stem: stem, isPackage)
    }
    var sources = ByteSet()
    if paths.contains(where: Self.isStub) {
      for path in paths where !Self.isStub(path) { sources.insert(path) }
    }
    var counts = ByteSet()
    let prefixes = folders.prefixes()
    for (path, (folder, stem, isPackage)) in zip(paths, places) {
      let prefix = prefixes[folder]
      isTest.append(prefix.holdsTests || Self.isTest(stem))
      self.isPackage.append(isPackage)
      // A stub beside its source says the same with fewer words, and has no name of its own.
      if Self.isStub(path), sources.contains(path[..<(path.count - 1)]) {
        names.append([])
        longerNames.append([])
        continue
      }
      let names = [prefix.package] + prefix.longer
      let dotted = names.map { name in
        name.isEmpty ? isPackage ? [] : Array(stem) : isPackage ? name : name + [dot] + stem
      }
      counts.insert(dotted[0])
      self.names.append(dotted[0])
      longerNames.append(Array(dotted.dropFirst()))
    }
    // Files of one name in different folders: nobody can tell which one an import means.
    for index in names.indices where names[index].isEmpty || counts.count(of: names[index]) > 1 {
      names[index] = [UInt8]("<file ", index, ">")
    }
  }

  /// The folders of all files, each once.
  private struct Folders {
    /// What the names of a folder's modules begin with.
    struct Prefix {
      /// The dotted name of the folder's package; empty when it is none.
      let package: [UInt8]
      /// Longer ones, with folders above the topmost package.
      let longer: [[UInt8]]
      /// Whether the folder's name says that it holds tests.
      let holdsTests: Bool
    }

    private var symbols = SymbolTable()
    /// By symbol: whether an `__init__.py` is in the folder.
    private var isPackage: [Bool] = [false]
    private var folders: [(symbol: SymbolID, isAbsolute: Bool)] = []
    private var indices = IDTable()
    /// The last path and its index: files of one folder stand together.
    private var last: (path: ArraySlice<UInt8>, index: Int)?

    /// The index of a folder.
    ///
    /// - Parameters:
    ///   - path: Ends in a slash, or is empty.
    ///   - isPackage: Whether the file that is looked at makes the folder a package.
    mutating func insert(_ path: ArraySlice<UInt8>, isPackage: Bool) -> Int {
      let index: Int
      if let last, last.path.elementsEqual(path) {
        index = last.index
      } else {
        index = find(path)
        last = (path, index)
      }
      if isPackage { self.isPackage[folders[index].symbol.index] = true }
      return index
    }

    private mutating func find(_ path: ArraySlice<UInt8>) -> Int {
      var symbol = SymbolID.root
      for part in path.split(separator: UInt8(ascii: "/"))
      where !part.elementsEqual(CollectionOfOne(UInt8(ascii: "."))) {
        symbol = symbols.internChild(of: symbol, symbols.intern(part))
        if symbol.index == isPackage.count { isPackage.append(false) }
      }
      let isAbsolute = path.first == UInt8(ascii: "/")
      let key = UInt64(symbol.rawValue) << 1 | (isAbsolute ? 1 : 0)
      if let known = indices[key] { return Int(known) }
      indices[key] = UInt32(folders.count)
      folders.append((symbol, isAbsolute))
      return folders.count - 1
    }

    /// By index; to be asked when all folders are known.
    func prefixes() -> [Prefix] {
      folders.map { folder, isAbsolute in
        var parts: [ArraySlice<UInt8>] = []
        var current = folder
        while current != .root, isPackage[current.index] { step(&current, &parts) }
        let package = Self.joined(parts)
        var longer: [[UInt8]] = []
        while current != .root, longer.count < ModuleNames.namespaceDepth {
          step(&current, &parts)
          longer.append(Self.joined(parts))
        }
        // Of an absolute path only the last folders count: the project itself may be below any
        // other.
        var holdsTests = false
        var depth = 0
        current = folder
        while current != .root, !isAbsolute || depth < 2 {
          let name = symbols.text(of: symbols.atom(of: current))
          holdsTests =
            holdsTests || ModuleNames.testFolders.contains { name.elementsEqual([UInt8]($0)) }
          current = symbols.parent(of: current)
          depth += 1
        }
        return Prefix(package: package, longer: longer, holdsTests: holdsTests)
      }
    }

    /// Goes to the folder above.
    private func step(_ folder: inout SymbolID, _ parts: inout [ArraySlice<UInt8>]) {
      parts.append(symbols.text(of: symbols.atom(of: folder)))
      folder = symbols.parent(of: folder)
    }

    private static func joined(_ parts: [ArraySlice<UInt8>]) -> [UInt8] {
      Array(parts.reversed().joined(separator: CollectionOfOne(UInt8(ascii: "."))))
    }
  }

  private static let initStem = [UInt8]("__init__")
  private static let testFolders: [StaticString] = ["tests", "test", "_tests"]

  /// Whether a path is that of a stub file, which is never run.
  package static func isStub(_ path: [UInt8]) -> Bool {
    path.suffix(4).elementsEqual([UInt8](".pyi"))
  }

  /// Whether a file is named like tests: `test_login.py`, `login_test.py`, `conftest.py`.
  private static func isTest(_ stem: ArraySlice<UInt8>) -> Bool {
    stem.starts(with: testPrefix) || stem.suffix(5).elementsEqual(testSuffix)
      || stem.elementsEqual(conftest)
  }

  private static let testPrefix = [UInt8]("test_")
  private static let testSuffix = [UInt8]("_test")
  private static let conftest = [UInt8]("conftest")

  private static func stem(of file: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let dot = file.firstIndex(of: UInt8(ascii: ".")), dot > file.startIndex else {
      return file
    }
    return file[..<dot]
  }
}

/// A set of byte strings that counts how often each was inserted.
struct ByteSet {
  private var table = SymbolTable()
  private var counts: [Int] = []

  mutating func insert(_ text: some Collection<UInt8>) {
    let atom = Int(table.intern(text).rawValue)
    if atom == counts.count { counts.append(0) }
    counts[atom] += 1
  }

  func count(of text: some Collection<UInt8>) -> Int {
    table.atom(text).map { counts[Int($0.rawValue)] } ?? 0
  }

  func contains(_ text: some Collection<UInt8>) -> Bool { table.atom(text) != nil }
}
