import PythonSemantics

/// A table from the names of files to numbers, with a fast no.
struct FileNames: Sendable {
  private var table = IDTable()
  /// Bits for the pairs of a file and a name.
  private var pairs = [UInt64](repeating: 0, count: 1 << 14)
  /// Bits for the names alone.
  private var names = [UInt64](repeating: 0, count: 1 << 10)

  subscript(_ file: Int, _ name: UInt32) -> UInt32? {
    @inline(__always) get {
      let bit = Self.bit(file, name)
      guard pairs[bit >> 6] & 1 << UInt64(bit & 63) != 0 else { return nil }
      return table[Self.key(file, name)]
    }
    set {
      let bit = Self.bit(file, name)
      pairs[bit >> 6] |= 1 << UInt64(bit & 63)
      names[Int(name & 0xFFFF) >> 6] |= 1 << UInt64(name & 63)
      table[Self.key(file, name)] = newValue
    }
  }

  /// Whether any file may have a name.
  @inline(__always)
  func mayContain(_ name: UInt32) -> Bool {
    names[Int(name & 0xFFFF) >> 6] & 1 << UInt64(name & 63) != 0
  }

  @inline(__always)
  private static func bit(_ file: Int, _ name: UInt32) -> Int {
    Int((name ^ UInt32(truncatingIfNeeded: file) &* 0x9E37_79B1) & 0xF_FFFF)
  }

  @inline(__always)
  private static func key(_ file: Int, _ name: UInt32) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: file)) << 32 | UInt64(name)
  }
}

/// The names under which files give others modules.
struct ReachedModules: Sendable {
  private struct Entry {
    let module: Int32
    /// The entry of the same name before; -1 for none.
    let before: Int32
  }

  private var entries: [Entry] = []
  private var last = FileNames()
  private var hasModules: [Bool]

  init(fileCount: Int) { hasModules = [Bool](repeating: false, count: fileCount) }

  /// Whether a file gives others any module.
  func hasModules(_ file: Int) -> Bool { hasModules[file] }

  /// Whether a name may be that of a module in any file.
  func mayContain(_ name: UInt32) -> Bool { last.mayContain(name) }

  func contains(_ name: UInt32, of file: Int) -> Bool { last[file, name] != nil }

  mutating func insert(_ name: UInt32, _ module: Int32, of file: Int) {
    var isKnown = false
    forEach(name, of: file) { if $0 == module { isKnown = true } }
    if isKnown { return }
    let before = last[file, name].map { Int32($0) } ?? -1
    last[file, name] = UInt32(entries.count)
    entries.append(Entry(module: module, before: before))
    hasModules[file] = true
  }

  /// Calls the body with each module of a name.
  @inline(__always)
  func forEach(_ name: UInt32, of file: Int, _ body: (Int32) -> Void) {
    var next = last[file, name].map { Int32($0) } ?? -1
    while next >= 0 {
      body(entries[Int(next)].module)
      next = entries[Int(next)].before
    }
  }
}
