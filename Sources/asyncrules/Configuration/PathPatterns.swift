/// Patterns for files, written as in a `.gitignore` file of a folder.
struct PathPatterns {
  private let patterns: GitIgnore
  private let folder: [[UInt8]]

  /// - Parameter folder: Absolute.
  init(_ patterns: [String], in folder: String) {
    self.patterns = GitIgnore(parsing: Array(patterns.joined(separator: "\n").utf8))
    self.folder = Self.segments(of: folder)
  }

  /// Whether a file or folder, or a folder that it is in, is named.
  ///
  /// - Parameter path: Absolute.
  func contain(_ path: String, isDirectory: Bool = false) -> Bool {
    contain(Self.segments(of: path), isDirectory: isDirectory)
  }

  /// - Parameter segments: Those of an absolute path.
  func contain(_ segments: [[UInt8]], isDirectory: Bool) -> Bool {
    guard segments.count > folder.count, segments.starts(with: folder) else { return false }
    let relative = Array(segments.dropFirst(folder.count))
    return relative.indices.contains { last in
      patterns.isIgnored(
        Array(relative[...last]), isDirectory: last < relative.endIndex - 1 || isDirectory)
        ?? false
    }
  }

  private static func segments(of path: String) -> [[UInt8]] {
    path.split(separator: "/").map { Array($0.utf8) }
  }
}
