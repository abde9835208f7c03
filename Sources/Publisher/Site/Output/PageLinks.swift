/// What one page has for others to point to, what it points to, and what is wrong with it by itself.
package struct PageLinks: Sendable {
  /// A place of another page, or a file.
  struct Link: Hashable, Sendable {
    /// The value of the attribute.
    let target: String
    let path: String
    /// Empty for the file as a whole.
    let anchor: String
  }

  /// The path of the page.
  let page: String
  /// Hashes of the ids of its elements: a site has a million of them.
  let anchors: Set<Int>
  /// To other files, each once.
  private(set) var links: Set<Link> = []
  private(set) var failures: Set<LinkChecker.Failure> = []
  private let basePath: String?

  /// Reads a page; `nil` for a file of another kind.
  ///
  /// - Parameter basePath: Where the site is on its host, when that is known.
  package init?(of file: OutputFile, basePath: String? = nil) {
    guard file.path.utf8.suffix(5).elementsEqual(".html".utf8) else { return nil }
    page = file.path
    self.basePath = basePath
    var anchors: Set<Int> = []
    var repeated: Set<String> = []
    var scanner = TagScanner(file.bytes)
    var targets = Targets()
    while scanner.next() {
      for (name, value) in scanner.attributes where scanner.has("id", at: name) {
        let id = scanner.text(at: value)
        if !anchors.insert(id.hashValue).inserted { repeated.insert(id) }
      }
      targets.read(scanner)
    }
    self.anchors = anchors
    for id in repeated { fail(id, .duplicateID) }
    for id in targets.references where !anchors.contains(id.hashValue) {
      fail(id, .missingAnchor(path: page, anchor: id))
    }
    for (target, isLoaded) in targets.links { check(target, isLoaded: isLoaded) }
  }

  private mutating func fail(_ target: String, _ problem: LinkChecker.Failure.Problem) {
    failures.insert(LinkChecker.Failure(page: page, target: target, problem: problem))
  }

  private mutating func check(_ target: String, isLoaded: Bool) {
    if let scheme = Self.scheme(of: target) {
      if !["https", "http", "mailto"].contains(scheme) {
        fail(target, .forbiddenScheme)
      } else if isLoaded {
        fail(target, .externalResource)
      }
      return
    }
    var folder = page
    var relative = target[...]
    if let basePath, target.hasPrefix(basePath) {
      relative = relative.dropFirst(basePath.count)
      folder = ""
    }
    guard relative.utf8.first != UInt8(ascii: "/") else { return fail(target, .outsideSite) }
    let hash = relative.utf8.firstIndex(of: UInt8(ascii: "#")) ?? relative.endIndex
    let anchor = String(relative[hash...].dropFirst())
    let wanted = relative[..<hash].prefix { $0 != "?" }
    guard let path = wanted.isEmpty ? page : Self.resolve(wanted, from: folder) else {
      return fail(target, .outsideSite)
    }
    if path == page {
      guard !anchor.isEmpty, !anchors.contains(anchor.hashValue) else { return }
      fail(target, .missingAnchor(path: path, anchor: anchor))
    } else {
      links.insert(Link(target: target, path: path, anchor: anchor))
    }
  }

  /// What stands before the first colon, if the target begins with a scheme.
  private static func scheme(of target: String) -> String? {
    guard
      target.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 <= 0x20 })
        || target.hasPrefix("//")
    else { return nil }
    let trimmed = target.drop { $0 <= " " }
    guard let colon = trimmed.firstIndex(of: ":") else {
      return trimmed.hasPrefix("//") ? "https" : nil
    }
    let scheme = trimmed[..<colon].filter { $0 > " " }
    guard !scheme.contains(where: { "/?#".contains($0) }) else { return nil }
    return scheme.lowercased()
  }

  /// The path that a relative path of a page means; `nil` when it leaves the site.
  private static func resolve(_ relative: Substring, from page: String) -> String? {
    var parts = page.utf8.split(separator: UInt8(ascii: "/")).dropLast()
    for part in relative.utf8.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual(".".utf8) { continue }
      if part.elementsEqual("..".utf8) {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.map { String(Substring($0)) }.joined(separator: "/")
  }
}

/// The values of attributes that point somewhere, each once.
private struct Targets {
  /// Whether each is loaded with the page; an address may be both.
  private(set) var links: [(target: String, isLoaded: Bool)] = []
  /// Ids of the same page.
  private(set) var references: Set<String> = []
  private var seen: Set<ArraySlice<UInt8>> = []

  mutating func read(_ scanner: TagScanner) {
    for (name, value) in scanner.attributes {
      if Self.links.contains(where: { scanner.has($0, at: name) }) {
        add(scanner, value, isLoaded: Self.isLoaded(scanner))
      } else if Self.lateLinks.contains(where: { scanner.has($0, at: name) }) {
        add(scanner, value, isLoaded: true)
      } else if Self.references.contains(where: { scanner.has($0, at: name) }) {
        references.formUnion(scanner.text(at: value).split(separator: " ").map(String.init))
      }
    }
    if scanner.has("meta", at: scanner.name), scanner.value(of: "http-equiv") == "refresh",
      let content = scanner.value(of: "content"), let equals = content.firstIndex(of: "=")
    {
      links.append((String(content[content.index(after: equals)...]), true))
    }
  }

  private mutating func add(_ scanner: TagScanner, _ value: Range<Int>, isLoaded: Bool) {
    guard seen.insert(scanner[value]).inserted || isLoaded else { return }
    links.append((scanner.text(at: value), isLoaded))
  }

  private static let links: [StaticString] = ["href", "src", "action"]
  private static let lateLinks: [StaticString] = [
    "data-find", "data-search", "data-checker", "data-editor", "data-table", "data-wasm",
    "data-wasm-script", "data-playground",
  ]
  private static let references: [StaticString] = [
    "for", "aria-describedby", "aria-labelledby", "aria-controls",
  ]
  private static let loaders: [StaticString] = ["link", "script", "img", "source", "iframe"]

  /// Whether what the tag points to is loaded with the page.
  private static func isLoaded(_ scanner: TagScanner) -> Bool {
    guard loaders.contains(where: { scanner.has($0, at: scanner.name) }) else { return false }
    let relation = scanner.value(of: "rel")
    return relation != "canonical" && relation != "alternate"
  }
}
