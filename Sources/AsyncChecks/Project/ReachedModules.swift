/// The names under which files give others modules.
struct ReachedModules: Sendable {
  fileprivate struct Entry {
    let module: Int32
    /// The entry of the same name before; -1 for none.
    let before: Int32
  }

  private var entries: [Entry] = []
  private var last = FileNames()
  /// By file: the names under which it gives others modules.
  private(set) var names: [[UInt32]]

  init(fileCount: Int) { names = [[UInt32]](repeating: [], count: fileCount) }

  /// Whether a file gives others any module.
  func hasModules(_ file: Int) -> Bool { !names[file].isEmpty }

  /// Whether a name may be that of a module in any file.
  func mayContain(_ name: UInt32) -> Bool { last.mayContain(name) }

  /// The names for which ``mayContain(_:)`` is true.
  var nameFilter: NameFilter { last.nameFilter }

  func contains(_ name: UInt32, of file: Int) -> Bool { last[file, name] != nil }

  /// - Returns: Whether it is new.
  mutating func insert(_ name: UInt32, _ module: Int32, of file: Int) -> Bool {
    if modules(name, of: file).contains(module) { return false }
    let before = last[file, name].map { Int32($0) } ?? -1
    if before < 0 { names[file].append(name) }
    last[file, name] = UInt32(entries.count)
    entries.append(Entry(module: module, before: before))
    return true
  }

  /// The modules of a name.
  @inline(__always)
  func modules(_ name: UInt32, of file: Int) -> Modules {
    Modules(entries: entries, place: last[file, name].map { Int32($0) } ?? -1)
  }

  struct Modules: Sequence, IteratorProtocol {
    fileprivate let entries: [Entry]
    fileprivate var place: Int32

    @inline(__always)
    mutating func next() -> Int32? {
      guard place >= 0 else { return nil }
      let entry = entries[Int(place)]
      place = entry.before
      return entry.module
    }
  }
}
