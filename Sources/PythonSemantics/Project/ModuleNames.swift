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
    let parts = paths.map { path in
      path.split(separator: slash).map(Array.init).filter { $0 != [UInt8](".") }
    }
    var packages = ByteSet()
    for part in parts where Self.isInit(part.last ?? []) {
      packages.insert(Self.joined(part.dropLast(), with: slash))
    }
    var sources = ByteSet()
    for path in paths where !Self.isStub(path) { sources.insert(path) }
    var counts = ByteSet()
    for (part, path) in zip(parts, paths) {
      isTest.append(Self.isTest(part, isAbsolute: path.first == slash))
      var folders = Array(part.dropLast())
      let stem = Self.stem(of: part.last ?? [])
      let isPackage = Self.isInit(part.last ?? [])
      var dotted: [[UInt8]] = isPackage ? [] : [stem]
      while let folder = folders.last, packages.contains(Self.joined(folders[...], with: slash)) {
        dotted.insert(folder, at: 0)
        folders.removeLast()
      }
      let name = Self.joined(dotted[...], with: UInt8(ascii: "."))
      var longer: [[UInt8]] = []
      for folder in folders.suffix(Self.namespaceDepth).reversed() {
        dotted.insert(folder, at: 0)
        longer.append(Self.joined(dotted[...], with: UInt8(ascii: ".")))
      }
      // A stub beside its source says the same with fewer words, and has no name of its own.
      if Self.isStub(path), sources.contains(Array(path.dropLast())) {
        names.append([])
        self.isPackage.append(isPackage)
        longerNames.append([])
        continue
      }
      counts.insert(name)
      names.append(name)
      self.isPackage.append(isPackage)
      longerNames.append(longer)
    }
    // Files of one name in different folders: nobody can tell which one an import means.
    for index in names.indices where counts.count(of: names[index]) > 1 || names[index].isEmpty {
      names[index] = [UInt8]("<file ", index, ">")
    }
  }

  /// Whether a path is that of a stub file, which is never run.
  package static func isStub(_ path: [UInt8]) -> Bool {
    path.suffix(4).elementsEqual([UInt8](".pyi"))
  }

  /// Whether a path is that of tests: `tests/server.py`, `test_login.py`, `conftest.py`. Of an
  /// absolute path only the last folders count: the project itself may be below any other.
  private static func isTest(_ path: [[UInt8]], isAbsolute: Bool) -> Bool {
    let stem = stem(of: path.last ?? [])
    let folders = path.dropLast().suffix(isAbsolute ? 2 : path.count)
    return folders.contains {
      $0 == [UInt8]("tests") || $0 == [UInt8]("test") || $0 == [UInt8]("_tests")
    } || stem.starts(with: [UInt8]("test_")) || stem.suffix(5).elementsEqual([UInt8]("_test"))
      || stem == [UInt8]("conftest")
  }

  private static func isInit(_ file: [UInt8]) -> Bool {
    stem(of: file) == [UInt8]("__init__")
  }

  private static func stem(of file: [UInt8]) -> [UInt8] {
    guard let dot = file.firstIndex(of: UInt8(ascii: ".")), dot > 0 else { return file }
    return Array(file[..<dot])
  }

  private static func joined(_ parts: ArraySlice<[UInt8]>, with separator: UInt8) -> [UInt8] {
    Array(parts.joined(separator: [separator]))
  }
}

/// A set of byte strings that counts how often each was inserted.
struct ByteSet {
  private var table = SymbolTable()
  private var counts: [Int] = []

  mutating func insert(_ text: [UInt8]) {
    let atom = Int(table.intern(text).rawValue)
    if atom == counts.count { counts.append(0) }
    counts[atom] += 1
  }

  func count(of text: [UInt8]) -> Int {
    table.atom(text).map { counts[Int($0.rawValue)] } ?? 0
  }

  func contains(_ text: [UInt8]) -> Bool { table.atom(text) != nil }
}
