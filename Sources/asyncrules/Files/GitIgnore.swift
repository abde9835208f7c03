/// The patterns of one `.gitignore` file.
///
/// **Source:** gitignore(5), "PATTERN FORMAT".
struct GitIgnore {
  private struct Pattern {
    let segments: [[UInt8]]
    let isNegated: Bool
    let isDirectoryOnly: Bool
    /// Whether the pattern counts from the folder of the file, not at any depth below it.
    let isAnchored: Bool
  }

  private let patterns: [Pattern]

  init(parsing bytes: [UInt8]) {
    patterns = bytes.split(separator: UInt8(ascii: "\n")).compactMap { Self.pattern(Array($0)) }
  }

  private static func pattern(_ line: [UInt8]) -> Pattern? {
    var text = line
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    // Trailing spaces count only when escaped by a backslash.
    while text.last == UInt8(ascii: " "), text.dropLast().last != UInt8(ascii: "\\") {
      text.removeLast()
    }
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    let isNegated = first == UInt8(ascii: "!")
    if isNegated { text.removeFirst() }
    let isDirectoryOnly = text.last == UInt8(ascii: "/")
    if isDirectoryOnly { text.removeLast() }
    let isAnchored = text.contains(UInt8(ascii: "/"))
    if text.first == UInt8(ascii: "/") { text.removeFirst() }
    guard !text.isEmpty else { return nil }
    let segments = text.split(separator: UInt8(ascii: "/")).map(Array.init)
    return Pattern(
      segments: segments, isNegated: isNegated, isDirectoryOnly: isDirectoryOnly,
      isAnchored: isAnchored)
  }

  /// Whether the patterns say anything of a path; the last one that matches decides.
  ///
  /// - Parameter path: Relative to the folder of the `.gitignore` file.
  func isIgnored(_ path: [[UInt8]], isDirectory: Bool) -> Bool? {
    for pattern in patterns.reversed() where !pattern.isDirectoryOnly || isDirectory {
      let matches =
        pattern.isAnchored
        ? Self.matches(pattern.segments[...], path[...])
        : Self.matches(pattern.segments[0][...], path[path.count - 1][...])
      if matches { return !pattern.isNegated }
    }
    return nil
  }

  private static func matches(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == Array("**".utf8) {
      let rest = pattern.dropFirst()
      // A trailing `**` stands for everything inside, not for the folder itself.
      if rest.isEmpty { return !path.isEmpty }
      return (path.startIndex...path.endIndex).contains { matches(rest, path[$0...]) }
    }
    guard let name = path.first, matches(first[...], name[...]) else { return false }
    return matches(pattern.dropFirst(), path.dropFirst())
  }

  /// Matches one path segment against a glob with `*`, `?`, `[…]` and backslashes.
  private static func matches(_ glob: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var glob = glob
    var name = name
    var retry: (glob: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
    while true {
      if glob.first == UInt8(ascii: "*") {
        glob.removeFirst()
        retry = (glob, name)
        continue
      }
      if let byte = name.first, let rest = matchOne(glob, byte) {
        glob = rest
        name.removeFirst()
        continue
      }
      if name.isEmpty, glob.isEmpty { return true }
      // Let the last star swallow one more byte.
      guard let again = retry, !again.name.isEmpty else { return false }
      retry = (again.glob, again.name.dropFirst())
      glob = again.glob
      name = again.name.dropFirst()
    }
  }

  /// The rest of the glob when its first element matches the byte.
  private static func matchOne(_ glob: ArraySlice<UInt8>, _ byte: UInt8) -> ArraySlice<UInt8>? {
    guard let first = glob.first else { return nil }
    let rest = glob.dropFirst()
    switch first {
    case UInt8(ascii: "?"): return rest
    case UInt8(ascii: "\\"):
      guard let escaped = rest.first else { return nil }
      return escaped == byte ? rest.dropFirst() : nil
    case UInt8(ascii: "["):
      // Without its closing bracket a class matches nothing.
      guard let (isMember, after) = matchClass(rest, byte), isMember else { return nil }
      return after
    default: return first == byte ? rest : nil
    }
  }

  private static func matchClass(
    _ glob: ArraySlice<UInt8>, _ byte: UInt8,
  ) -> (isMember: Bool, rest: ArraySlice<UInt8>)? {
    var rest = glob
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest.removeFirst() }
    var isMember = false
    var isFirst = true
    while let low = rest.first, isFirst || low != UInt8(ascii: "]") {
      rest.removeFirst()
      isFirst = false
      var lower = low
      if low == UInt8(ascii: "\\"), let escaped = rest.popFirst() { lower = escaped }
      var upper = lower
      if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first,
        high != UInt8(ascii: "]")
      {
        rest = rest.dropFirst(2)
        upper = high
      }
      if lower <= byte, byte <= upper { isMember = true }
    }
    guard rest.popFirst() != nil else { return nil }
    return (isMember != isNegated, rest)
  }
}
