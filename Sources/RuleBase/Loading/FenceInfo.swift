/// The info string of an example's fence: `python bad id=sleep-in-handler file=app/main.py`.
struct FenceInfo {
  /// What an example's fence says of itself.
  enum Kind: String, CaseIterable {
    case bad, good
    case nearMiss = "near-miss"
    case fixed

    /// `nil` for ``fixed``, which belongs to an example.
    var example: Example.Kind? { Example.Kind(rawValue: rawValue) }
  }

  private static let attributes = ["id", "framework", "file"]

  let kind: Kind
  private(set) var id: String?
  private(set) var framework: Framework?
  private(set) var file: String?

  /// Whether the info string announces an example: Python, or something like it, with more words.
  static func isExample(_ info: String) -> Bool {
    let words = words(of: info)
    guard let language = words.first, words.count > 1 else { return false }
    return language == "python" || Kind(rawValue: words[1]) != nil
  }

  /// Reads an info string of which ``isExample(_:)`` holds; `nil` when its kind is unknown.
  init?(_ info: String, line: Int, report: inout RuleFileReport) {
    let words = Self.words(of: info)
    if words[0] != "python" {
      report.add(.notPython(found: words[0]), line: line)
    }
    guard let kind = Kind(rawValue: words[1]) else {
      let near = NearestWord.to(words[1], among: Kind.allCases.map(\.rawValue))
      report.add(.unknownKind(words[1], near: near), line: line)
      return nil
    }
    self.kind = kind
    let known = kind == .fixed ? ["file"] : Self.attributes
    var seen: Set<String> = []
    for word in words.dropFirst(2) {
      guard let equals = word.firstIndex(of: "=") else {
        let near = NearestWord.to(word, among: known)
        report.add(.unknownFlag(word, near: near), line: line)
        continue
      }
      let name = String(word[..<equals])
      let value = String(word[word.index(after: equals)...])
      if !known.contains(name) {
        let near = NearestWord.to(name, among: known)
        report.add(.unknownAttribute(name, near: near, wanted: known), line: line)
      } else if !seen.insert(name).inserted {
        report.add(.repeated(what: "attribute", name), line: line)
      } else {
        read(name, value, line: line, report: &report)
      }
    }
    if kind != .fixed, !seen.contains("id") { report.add(.missingAttribute("id"), line: line) }
  }

  private mutating func read(
    _ name: String, _ value: String, line: Int, report: inout RuleFileReport,
  ) {
    switch name {
    case "id":
      id = value
      if !TextForm.isSlug(value) {
        let wanted = "lower-case words joined by hyphens"
        report.add(.malformed(what: "id", found: value, wanted: wanted), line: line)
      }
    case "framework":
      framework = Framework(rawValue: value)
      if framework == nil {
        let wanted = Framework.allCases.map(\.rawValue)
        let near = NearestWord.to(value, among: wanted)
        report.add(
          .unknownWord(what: "framework", found: value, near: near, wanted: wanted), line: line)
      }
    default:
      file = value
      if !Self.isFilePath(value) {
        let wanted = "a relative path that ends in .py, .pyi or .ipynb"
        report.add(.malformed(what: "file", found: value, wanted: wanted), line: line)
      }
    }
  }

  private static func words(of info: String) -> [String] {
    info.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      .map { String(Substring($0)) }
  }

  private static func isFilePath(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, !parts.contains(where: { ["", ".", ".."].contains($0) }) else {
      return false
    }
    return [".py", ".pyi", ".ipynb"].contains { name.hasSuffix($0) && name.count > $0.count }
      && !path.contains("\\")
  }
}
