import PythonSemantics

/// A table from the names of files to numbers, with a fast no.
struct FileNames: Sendable {
  private var table = IDTable()
  /// Bits for the pairs of a file and a name.
  private var pairs = [UInt64](repeating: 0, count: 1 << 14)
  /// The names alone.
  private(set) var nameFilter = NameFilter()

  subscript(_ file: Int, _ name: UInt32) -> UInt32? {
    @inline(__always) get {
      let bit = Self.bit(file, name)
      guard pairs[bit >> 6] & 1 << UInt64(bit & 63) != 0 else { return nil }
      return table[Self.key(file, name)]
    }
    set {
      let bit = Self.bit(file, name)
      pairs[bit >> 6] |= 1 << UInt64(bit & 63)
      nameFilter.insert(name)
      table[Self.key(file, name)] = newValue
    }
  }

  /// Whether any file may have a name.
  @inline(__always)
  func mayContain(_ name: UInt32) -> Bool { nameFilter.mayContain(name) }

  @inline(__always)
  private static func bit(_ file: Int, _ name: UInt32) -> Int {
    Int((name ^ UInt32(truncatingIfNeeded: file) &* 0x9E37_79B1) & 0xF_FFFF)
  }

  @inline(__always)
  private static func key(_ file: Int, _ name: UInt32) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: file)) << 32 | UInt64(name)
  }
}
