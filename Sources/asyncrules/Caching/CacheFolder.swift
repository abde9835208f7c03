import Glibc

/// The folder with the entries of earlier runs. Whatever fails in it, the work goes on without.
struct CacheFolder {
  let path: String

  private static let prefix = "check-"
  private static let suffix = ".entry"
  private static let mostEntries = 64
  private static let mostBytes: Int64 = 200_000_000

  /// The folder that the user named, or that of the environment; `nil` when there is none, or when
  /// it lies inside of what is checked.
  ///
  /// - Parameter checked: The paths that are checked.
  init?(named name: String?, checked: [String]) {
    func folder(_ variable: String, _ below: String) -> String? {
      Self.variable(variable).flatMap { $0.hasPrefix("/") ? $0 + below : nil }
    }
    guard
      let path = name ?? Self.variable("ASYNCRULES_CACHE_DIR")
        ?? folder("XDG_CACHE_HOME", "/asyncrules") ?? folder("HOME", "/.cache/asyncrules"),
      !path.isEmpty, let real = Self.realPath(ofPossible: path)
    else { return nil }
    for root in checked {
      guard let root = FileSystem.realPath(root) else { continue }
      if real == root || real.hasPrefix(root.hasSuffix("/") ? root : root + "/") { return nil }
    }
    self.path = real
  }

  /// An environment variable that is set and not empty.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Where a path leads, or would when it were made.
  private static func realPath(ofPossible path: String) -> String? {
    if let real = FileSystem.realPath(path) { return real }
    var path = path
    while path.hasSuffix("/"), path.count > 1 { path.removeLast() }
    guard path != "/", path != ".", path != "..", !path.isEmpty else { return nil }
    guard let slash = path.lastIndex(of: "/") else {
      return FileSystem.realPath(".").map { $0 + "/" + path }
    }
    let last = path[path.index(after: slash)...]
    guard last != "..", last != "." else { return nil }
    let parent = slash == path.startIndex ? "/" : String(path[..<slash])
    return realPath(ofPossible: parent).map { $0 == "/" ? "/" + last : $0 + "/" + last }
  }

  // MARK: Entries

  /// The answer to a question; `nil` when there is none that can be relied upon.
  func entry(for question: [UInt8]) -> CacheEntry? {
    guard let bytes = try? FileSystem.read(file(for: question)),
      let entry = try? CacheEntry(decoding: bytes), entry.question == question
    else { return nil }
    return entry
  }

  /// Keeps an answer in place of an older one, and removes what is too old or too much.
  func store(_ entry: CacheEntry) {
    do throws(FileError) {
      try FileSystem.makeDirectory(path)
      try FileSystem.writeAtomically(entry.encode(), to: file(for: entry.question))
    } catch {
      return
    }
    prune()
  }

  private func file(for question: [UInt8]) -> String {
    var (first, second) = (ContentHash(seed: 1), ContentHash(seed: 2))
    first.add(question)
    second.add(question)
    return "\(path)/\(Self.prefix)\(Self.hex(first.value))\(Self.hex(second.value))\(Self.suffix)"
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private func prune() {
    guard let listed = try? FileSystem.list(path) else { return }
    // Names that a run which was ended left behind begin the same way and are removed in time.
    var entries = listed.filter { $0.kind == .file && $0.name.hasPrefix(Self.prefix) }
      .compactMap { entry in
        FileStamp("\(path)/\(entry.name)").map { (name: entry.name, stamp: $0) }
      }
    entries.sort { $0.stamp.modification < $1.stamp.modification }
    var bytes = entries.reduce(Int64(0)) { $0 + $1.stamp.size }
    var count = entries.count
    for entry in entries where count > Self.mostEntries || bytes > Self.mostBytes {
      unlink("\(path)/\(entry.name)")
      count -= 1
      bytes -= entry.stamp.size
    }
  }
}
