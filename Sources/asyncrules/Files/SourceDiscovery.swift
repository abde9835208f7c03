/// A Python file to check.
struct DiscoveredFile {
  /// The path to open.
  let path: String
  /// As shown: relative to the working directory when below it.
  let displayPath: String
}

/// Finds the Python files of the paths that the user named.
struct SourceDiscovery {
  /// Folders that hold no source of the project, whatever `.gitignore` says.
  private static let excludedFolders: Set<String> = [
    ".bzr", ".direnv", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox",
    ".pytest_cache", ".ruff_cache", ".svn", ".tox", ".venv", "__pycache__", "__pypackages__",
    "node_modules", "site-packages", "venv",
  ]

  private static let extensions = [".py", ".pyi", ".pyw", ".ipynb"]

  let workingDirectory: String
  /// Whether `.gitignore` files are respected.
  let respectsGitIgnore: Bool
  /// What is left out of folders besides.
  private let excluded: [PathPatterns]

  private(set) var files: [DiscoveredFile] = []
  private(set) var errors: [FileError] = []
  private var seen: Set<String> = []

  init(respectsGitIgnore: Bool = true, excluded: [PathPatterns] = []) {
    workingDirectory = FileSystem.workingDirectory
    self.excluded = excluded
    self.respectsGitIgnore = respectsGitIgnore
  }

  /// Adds a file as it is, or the Python files below a folder.
  mutating func add(_ path: String) {
    switch FileSystem.kind(of: path) {
    case .directory: walk(path)
    case .file, .other, .symbolicLink: append(path)
    case nil: errors.append(FileError(action: "find", path: path, code: 2))
    }
  }

  private mutating func append(_ path: String) {
    let absolute = absolutePath(path)
    guard seen.insert(absolute).inserted else { return }
    let prefix = workingDirectory.hasSuffix("/") ? workingDirectory : workingDirectory + "/"
    let display =
      absolute.hasPrefix(prefix) ? String(absolute.dropFirst(prefix.count)) : absolute
    files.append(DiscoveredFile(path: path, displayPath: display))
  }

  // MARK: - Folders

  /// A `.gitignore` file in force, and how many segments of the walked path lie above its folder.
  private struct Level {
    let ignore: GitIgnore
    let depth: Int
  }

  private mutating func walk(_ root: String) {
    let absolute = FileSystem.realPath(root) ?? root
    let above = absolute.split(separator: "/").map { Array($0.utf8) }
    let levels = respectsGitIgnore ? levelsAbove(above) : []
    visit(root, segments: above, levels: levels)
  }

  /// The ignore files between the repository's root and the folder, the folder's own excluded.
  private func levelsAbove(_ segments: [[UInt8]]) -> [Level] {
    var root: Int?
    for depth in stride(from: segments.count, through: 0, by: -1)
    where FileSystem.kind(of: Self.path(segments.prefix(depth)) + "/.git") != nil {
      root = depth
      break
    }
    guard let root else { return [] }
    var levels: [Level] = []
    let rootPath = Self.path(segments.prefix(root))
    if let bytes = try? FileSystem.read(rootPath + "/.git/info/exclude") {
      levels.append(Level(ignore: GitIgnore(parsing: bytes), depth: root))
    }
    for depth in root..<max(segments.count, root) {
      if let bytes = try? FileSystem.read(Self.path(segments.prefix(depth)) + "/.gitignore") {
        levels.append(Level(ignore: GitIgnore(parsing: bytes), depth: depth))
      }
    }
    return levels
  }

  private static func path(_ segments: ArraySlice<[UInt8]>) -> String {
    "/" + segments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }

  private mutating func visit(_ folder: String, segments: [[UInt8]], levels: [Level]) {
    let entries: [FileSystem.Entry]
    do throws(FileError) {
      entries = try FileSystem.list(folder)
    } catch {
      errors.append(error)
      return
    }
    var levels = levels
    if respectsGitIgnore, entries.contains(where: { $0.name == ".gitignore" }),
      let bytes = try? FileSystem.read(folder + "/.gitignore")
    {
      levels.append(Level(ignore: GitIgnore(parsing: bytes), depth: segments.count))
    }
    for entry in entries {
      let path = folder == "/" ? "/" + entry.name : folder + "/" + entry.name
      let segments = segments + [Array(entry.name.utf8)]
      switch entry.kind {
      case .directory:
        // Links to folders are not followed, so loops cannot arise.
        if Self.excludedFolders.contains(entry.name) { continue }
        if isIgnored(segments, isDirectory: true, levels: levels) { continue }
        visit(path, segments: segments, levels: levels)
      case .file:
        guard Self.extensions.contains(where: entry.name.hasSuffix) else { continue }
        if isIgnored(segments, isDirectory: false, levels: levels) { continue }
        append(path)
      case .symbolicLink:
        guard Self.extensions.contains(where: entry.name.hasSuffix) else { continue }
        guard FileSystem.kind(of: path) == .file else { continue }
        if isIgnored(segments, isDirectory: false, levels: levels) { continue }
        append(path)
      case .other: continue
      }
    }
  }

  private func isIgnored(_ segments: [[UInt8]], isDirectory: Bool, levels: [Level]) -> Bool {
    if excluded.contains(where: { $0.contain(segments, isDirectory: isDirectory) }) { return true }
    for level in levels.reversed() {
      let relative = Array(segments.dropFirst(level.depth))
      if let verdict = level.ignore.isIgnored(relative, isDirectory: isDirectory) {
        return verdict
      }
    }
    return false
  }

  /// The path from the root, `.` and `..` resolved by their text.
  private func absolutePath(_ path: String) -> String {
    let full = path.hasPrefix("/") ? path : workingDirectory + "/" + path
    var segments: [Substring] = []
    for segment in full.split(separator: "/") {
      switch segment {
      case ".": continue
      case "..": _ = segments.popLast()
      default: segments.append(segment)
      }
    }
    return "/" + segments.joined(separator: "/")
  }
}
