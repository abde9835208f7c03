/// How an example is run, and what must be seen when it is; one `run` fence.
package struct RunExpectation: Hashable, Sendable {
  /// Python that runs first, in the working directory.
  package var setup: String?
  /// Python that runs behind the example, with its names; without it the example is a script.
  package var entry: String?
  /// What is typed, after a pause.
  package var stdin: String?
  /// The world it needs: `http`, `echo:7`, `smtp`, `serial`, `slow-disk`, `django`, `redis`,
  /// `postgres`.
  package var fixtures: [String] = []
  /// Packages with optional versions: `aiohttp`, `uvicorn==0.44.0`.
  package var packages: [String] = []
  /// The interpreters it holds for.
  package var python = PythonRange()
  /// The most that it may take.
  package var seconds = 10
  package var harm = RunHarm()
  /// What it prints; a pattern.
  package var stdout: String?
  /// Activities of which each two overlap in time.
  package var overlaps: [String] = []
  /// Activities of which no two overlap in time.
  package var serial: [String] = []
  /// The id of an example that prints the same, or `fixed` for the example after its fixes.
  package var sameResultAs: String?
  /// Why it is not run.
  package var skip: String?
  /// The YAML as it stands in the fence.
  package var source = ""
  /// The 1-based line of the fence in the rule file.
  package var line = 1

  package init() {}

  /// Whether the run shows what is wrong with a bad example, or says why it cannot.
  package var showsHarm: Bool {
    harm != RunHarm() || !serial.isEmpty || stdout != nil || skip != nil
  }

  /// The expectation of the same example after its fixes: to run the same way, without harm.
  package var afterFixes: RunExpectation {
    var run = self
    run.harm = RunHarm()
    run.stdout = nil
    run.overlaps = []
    run.serial = []
    run.sameResultAs = nil
    return run
  }
}

/// What goes wrong in a run; nothing may that is not stated.
package struct RunHarm: Hashable, Sendable {
  /// `RuntimeError: asyncio.run() cannot be called*`; a pattern.
  package var raises: String?
  /// `RuntimeWarning: coroutine 'load' was never awaited`; patterns.
  package var warns: [String] = []
  /// What asyncio can only log: `Task exception was never retrieved*`; patterns.
  package var loses: [String] = []
  /// The event loop is not served for at least so many milliseconds at a time.
  package var stalls: Int?
  package var neverFinishes = false

  package init() {}
}

/// A set of Python versions: `>=3.9, <3.12`.
package struct PythonRange: Hashable, Sendable {
  private enum Relation: String, CaseIterable {
    // Longer ones first: `>=` begins with `>`.
    case atLeast = ">="
    case atMost = "<="
    case equal = "=="
    case more = ">"
    case less = "<"
  }

  private struct Bound: Hashable {
    let relation: Relation
    let version: [Int]
  }

  private var bounds: [Bound] = []

  /// All versions.
  package init() {}

  /// Reads bounds joined by commas; `nil` when one of them is none.
  package init?(_ text: String) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let part = part.drop { $0 == " " }
      guard let relation = Relation.allCases.first(where: { part.hasPrefix($0.rawValue) }) else {
        return nil
      }
      let numbers = part.dropFirst(relation.rawValue.count).drop { $0 == " " }
      guard let version = Self.version(numbers) else { return nil }
      bounds.append(Bound(relation: relation, version: version))
    }
  }

  /// Whether a version such as `3.11.7` is in the set; bounds compare only the parts they have.
  package func contains(_ text: String) -> Bool {
    guard let version = Self.version(text[...]) else { return false }
    return bounds.allSatisfy { bound in
      let part = Array(version.prefix(bound.version.count))
      return switch bound.relation {
      case .atLeast: !part.lexicographicallyPrecedes(bound.version)
      case .atMost: !bound.version.lexicographicallyPrecedes(part)
      case .equal: part == bound.version
      case .more: bound.version.lexicographicallyPrecedes(part)
      case .less: part.lexicographicallyPrecedes(bound.version)
      }
    }
  }

  private static func version(_ text: Substring) -> [Int]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in part.allSatisfy(\.isNumber) ? Int(part) : nil }
    return numbers.count == parts.count ? numbers : nil
  }
}

/// A text in which `*` stands for anything, line ends included.
package enum TextPattern {
  /// Whether all of `text` is what `pattern` says.
  package static func matches(_ text: String, _ pattern: String) -> Bool {
    let pieces = Array(pattern.utf8).split(
      separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    let bytes = Array(text.utf8)
    guard pieces.count > 1 else { return bytes == Array(pattern.utf8) }
    guard bytes.starts(with: pieces[0]) else { return false }
    var rest = bytes[pieces[0].count...]
    for piece in pieces[1..<(pieces.count - 1)] {
      guard let end = endOfFirst(piece, in: rest) else { return false }
      rest = rest[end...]
    }
    guard let last = pieces.last else { return false }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }

  private static func endOfFirst(_ piece: ArraySlice<UInt8>, in bytes: ArraySlice<UInt8>) -> Int? {
    guard !piece.isEmpty else { return bytes.startIndex }
    var start = bytes.startIndex
    while start + piece.count <= bytes.endIndex {
      if bytes[start..<(start + piece.count)].elementsEqual(piece) { return start + piece.count }
      start += 1
    }
    return nil
  }
}
