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

  /// The names for which ``mayContain(_:)`` is true.
  var nameFilter: NameFilter { last.nameFilter }

  func contains(_ name: UInt32, of file: Int) -> Bool { last[file, name] != nil }

  /// - Returns: Whether it is new.
  mutating func insert(_ name: UInt32, _ module: Int32, of file: Int) -> Bool {
    var isKnown = false
    forEach(name, of: file) { if $0 == module { isKnown = true } }
    if isKnown { return false }
    let before = last[file, name].map { Int32($0) } ?? -1
    last[file, name] = UInt32(entries.count)
    entries.append(Entry(module: module, before: before))
    hasModules[file] = true
    return true
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
