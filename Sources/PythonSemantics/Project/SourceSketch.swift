import PythonSyntax

/// What the bytes of a file tell before it is parsed: whether it can hold coroutines, and which
/// files of the project it imports.
///
/// It may say too much (a comment that reads like an import), never too little: whoever leaves a
/// file alone because of its sketch has left nothing out. One exception: identifiers written in
/// Unicode compatibility characters (`ａｓｙｎｃｉｏ`) are not recognised.
package struct SourceSketch: Sendable {
  /// Whether the text has the keywords of coroutines.
  package private(set) var hasCoroutines = false
  /// Whether it imports something of what was asked for.
  package private(set) var importsTrigger = false
  /// What its imports take of other files.
  package private(set) var imports: [Import] = []

  /// A file that an import leads to.
  package struct Import: Hashable, Sendable {
    package let file: Int32
    /// The hash of the name that is taken from it; `nil` for the module itself or all its names.
    package let member: UInt32?
    /// Whether all its names are taken.
    package let isStar: Bool

    package init(file: Int32, member: UInt32?, isStar: Bool) {
      self.file = file
      self.member = member
      self.isStar = isStar
    }
  }

  /// Looks at a file.
  ///
  /// - Parameters:
  ///   - file: The index of the file in the table.
  ///   - triggers: The callables to look for.
  /// - Complexity: O(*n*), eight bytes at a time.
  package init(
    _ bytes: UnsafeBufferPointer<UInt8>, file: Int, modules: ModuleTable, triggers: TriggerTable,
  ) {
    var scan = SketchScan(bytes: bytes, file: file, modules: modules, triggers: triggers.all.table)
    scan.run()
    hasCoroutines = scan.hasCoroutines
    importsTrigger = scan.importsTrigger
    imports = scan.imports
  }

  package init() {}
}

/// Looks for the letters `y`, `w` and `m` where they stand in `async`, `await` and `import`.
private struct SketchScan {
  let bytes: UnsafeBufferPointer<UInt8>
  let file: Int
  let modules: ModuleTable
  let triggers: SymbolTable
  var hasCoroutines = false
  var importsTrigger = false
  var imports: [SourceSketch.Import] = []

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The high bit of each byte that is zero; bytes above a zero byte may have it too.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  mutating func run() {
    guard let base = bytes.baseAddress else { return }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    let y = Self.ones &* UInt64(UInt8(ascii: "y"))
    let w = Self.ones &* UInt64(UInt8(ascii: "w"))
    let m = Self.ones &* UInt64(UInt8(ascii: "m"))
    var at = 0
    while at + 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      var hits = Self.zeros(word ^ y) | Self.zeros(word ^ w) | Self.zeros(word ^ m)
      while hits != 0 {
        look(at: at + hits.trailingZeroBitCount / 8)
        hits &= hits &- 1
      }
      // The rest of the file adds nothing: it will be parsed.
      if hasCoroutines { return }
      at += 8
    }
    while at < count {
      look(at: at)
      at += 1
    }
  }

  private mutating func look(at index: Int) {
    switch bytes[index] {
    case UInt8(ascii: "y"):
      if matches("async", at: index - 2), isBlank(index + 3) { hasCoroutines = true }
    case UInt8(ascii: "w"):
      if matches("await", at: index - 1), !isWord(index + 4) { hasCoroutines = true }
    case UInt8(ascii: "m"):
      if matches("import", at: index - 1), !isWord(index + 5) { readImport(at: index - 1) }
    default: return
    }
  }

  /// Whether a word begins at an index with this text.
  private func matches(_ text: StaticString, at index: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index >= 0, index + count <= bytes.count, !isWord(index - 1) else { return false }
    return text.withUTF8Buffer { text in
      for offset in 0..<count where bytes[index + offset] != text[offset] { return false }
      return true
    }
  }

  private func isWord(_ index: Int) -> Bool {
    index >= 0 && index < bytes.count && WordScan.isWordByte(bytes[index])
  }

  private func isBlank(_ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    switch bytes[index] {
    case 0x20, 0x09, 0x0C, UInt8(ascii: "\\"): return true
    default: return false
    }
  }

  // MARK: Imports

  private mutating func readImport(at keyword: Int) {
    let start = logicalStart(before: keyword)
    if matches("from", at: start), start + 4 < keyword {
      readFrom(at: start + 4, keyword: keyword)
    } else {
      var at = keyword + 6
      repeat {
        at = skipBlanks(at)
        let end = dottedEnd(at)
        guard end > at else { return }
        let name = bytes[at..<end]
        if triggers.symbol(dotted: name) != nil { importsTrigger = true }
        if let place = modules.start(of: file, level: 0) { note(name, from: place) }
        at = skipAlias(end)
      } while next(",", &at)
    }
  }

  private mutating func readFrom(at index: Int, keyword: Int) {
    var at = skipBlanks(index)
    var level = 0
    while at < keyword, bytes[at] == UInt8(ascii: ".") {
      level += 1
      at = skipBlanks(at + 1)
    }
    // `from . import x` has no name before the keyword.
    let end = at < keyword ? dottedEnd(at) : at
    let name = bytes[at..<end]
    var trigger: SymbolID?
    if !importsTrigger {
      trigger =
        level == 0
        ? triggers.symbol(dotted: name)
        : modules.libraryName(of: name, in: file, level: level, triggers)
          .flatMap { triggers.symbol(dotted: $0) }
    }
    let place = modules.start(of: file, level: level).flatMap {
      note(name, from: $0, isWhole: false)
    }
    guard trigger != nil || place != nil else { return }
    at = skipBlanks(keyword + 6)
    _ = next("(", &at)
    repeat {
      at = skipBlanks(at, lines: true)
      let end = dottedEnd(at)
      guard end > at else {
        if at < bytes.count, bytes[at] == UInt8(ascii: "*") {
          if trigger != nil { importsTrigger = true }
          if let place, let file = modules.file(of: place) { add(file, member: nil, isStar: true) }
        }
        return
      }
      let member = bytes[at..<end]
      if let trigger, triggers.symbol(dotted: member, below: trigger) != nil {
        importsTrigger = true
      }
      if let place {
        if let file = modules.file(of: place) {
          add(file, member: NameTable.hash(of: bytes, from: at, to: end))
        }
        if let child = modules.child(member, of: place), let file = modules.file(of: child) {
          add(file, member: nil)
        }
      }
      at = skipBlanks(skipAlias(end), lines: true)
    } while next(",", &at)
  }

  /// Notes the files on the way to a module.
  ///
  /// - Parameter isWhole: Whether the modules themselves are bound, not names of the last.
  @discardableResult
  private mutating func note(
    _ name: Swift.Slice<UnsafeBufferPointer<UInt8>>, from start: ModuleTable.Place,
    isWhole: Bool = true,
  ) -> ModuleTable.Place? {
    var found: [Int] = []
    let place = modules.walk(name, from: start) { found.append($0) }
    if isWhole { for file in found { add(file, member: nil) } }
    return place
  }

  private mutating func add(_ imported: Int, member: UInt32?, isStar: Bool = false) {
    let entry = SourceSketch.Import(
      file: Int32(truncatingIfNeeded: imported), member: member, isStar: isStar)
    if imported != file, !imports.contains(entry) { imports.append(entry) }
  }

  // MARK: Text

  /// The first word of the statement that holds an index.
  private func logicalStart(before index: Int) -> Int {
    var at = index
    while at > 0 {
      switch bytes[at - 1] {
      case 0x0A, 0x0D:
        // A line that ends in a backslash goes on.
        var end = at - 1
        if end > 0, bytes[at - 1] == 0x0A, bytes[end - 1] == 0x0D { end -= 1 }
        guard end > 0, bytes[end - 1] == UInt8(ascii: "\\") else { return skipBlanks(at) }
        at = end - 1
      case UInt8(ascii: ";"), UInt8(ascii: ":"): return skipBlanks(at)
      default: at -= 1
      }
    }
    return skipBlanks(0)
  }

  private func skipBlanks(_ index: Int, lines: Bool = false) -> Int {
    var at = index
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0C: at += 1
      case UInt8(ascii: "\\"):
        at += 1
        while at < bytes.count, bytes[at] == 0x0A || bytes[at] == 0x0D { at += 1 }
      case 0x0A, 0x0D:
        guard lines else { return at }
        at += 1
      case UInt8(ascii: "#"):
        guard lines else { return at }
        while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
      default: return at
      }
    }
    return at
  }

  private func dottedEnd(_ index: Int) -> Int {
    var at = index
    while at < bytes.count, WordScan.isWordByte(bytes[at]) || bytes[at] == UInt8(ascii: ".") {
      at += 1
    }
    return at
  }

  /// Skips `as name`.
  private func skipAlias(_ index: Int) -> Int {
    let at = skipBlanks(index)
    guard matches("as", at: at), !isWord(at + 2) else { return at }
    return skipBlanks(dottedEnd(skipBlanks(at + 2)))
  }

  private func next(_ sign: Unicode.Scalar, _ index: inout Int) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: sign) else { return false }
    index += 1
    return true
  }
}
