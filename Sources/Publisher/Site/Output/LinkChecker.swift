package import PythonSemantics

/// Checks that every link between the files of a site leads somewhere.
package struct LinkChecker {
  /// A link or reference that is wrong.
  package struct Failure: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    package enum Problem: Hashable, Sendable {
      /// No file has this path.
      case missingFile(path: String)
      /// The file has no element with this id.
      case missingAnchor(path: String, anchor: String)
      /// The path goes above the site's folder, or begins at the root of the host.
      case outsideSite
      /// Something is loaded from elsewhere.
      case externalResource
      /// Not an address of the schemes `https`, `http` and `mailto`.
      case forbiddenScheme
      /// The id occurs twice in the page.
      case duplicateID
    }

    /// The path of the page.
    package let page: String
    /// The value of the attribute.
    package let target: String
    package let problem: Problem

    package static func < (left: Failure, right: Failure) -> Bool {
      (left.page, left.target, left.reason) < (right.page, right.target, right.reason)
    }

    package var description: String { "\(page): '\(target)' \(reason)" }

    private var reason: String {
      switch problem {
      case .missingFile(let path): "leads to '\(path)', which does not exist"
      case .missingAnchor(let path, let anchor):
        "leads to '#\(anchor)', which '\(path)' does not have"
      case .outsideSite: "leads out of the site's folder"
      case .externalResource: "is loaded from another host"
      case .forbiddenScheme: "is neither a path nor a web address"
      case .duplicateID: "is the id of two elements"
      }
    }
  }

  private let paths: Set<String>
  private let pages: [(path: String, tags: [HTMLTag])]
  private let anchors: [String: Set<String>]
  private var failures: Set<Failure> = []

  /// Wrong links and references in HTML files, sorted; empty when all is well.
  ///
  /// - Parameter basePath: Where the site is on its host, when that is known: links that begin with
  ///   it are links to the site.
  package static func failures(
    in files: [OutputFile], basePath: String? = nil, executor: Executor = .sequential,
  ) -> [Failure] {
    var checker = LinkChecker(files: files, basePath: basePath, executor: executor)
    checker.check()
    return checker.failures.sorted()
  }

  private let basePath: String?

  private init(files: [OutputFile], basePath: String?, executor: Executor) {
    self.basePath = basePath
    paths = Set(files.map(\.path))
    let html = files.filter { $0.path.hasSuffix(".html") }
    pages = executor.map(html.count) { (html[$0].path, HTMLTag.tags(in: html[$0].bytes)) }
    var anchors: [String: Set<String>] = [:]
    for (path, tags) in pages {
      anchors[path] = Set(tags.compactMap { $0.attributes["id"] })
    }
    self.anchors = anchors
  }

  private mutating func check() {
    for (path, tags) in pages {
      var ids: Set<String> = []
      for tag in tags {
        if let id = tag.attributes["id"], !ids.insert(id).inserted {
          failures.insert(Failure(page: path, target: id, problem: .duplicateID))
        }
        check(tag, on: path)
      }
    }
  }

  private mutating func check(_ tag: HTMLTag, on page: String) {
    let isResource = ["link", "script", "img", "source", "iframe"].contains(tag.name)
    let lateNames = [
      "data-find", "data-search", "data-checker", "data-editor", "data-table", "data-wasm",
      "data-wasm-script", "data-playground",
    ]
    for name in ["href", "src", "action"] + lateNames {
      guard let target = tag.attributes[name] else { continue }
      let isElsewhere = ["canonical", "alternate"].contains(tag.attributes["rel"])
      let isLoaded = isResource && !isElsewhere || lateNames.contains(name)
      check(target, on: page, isLoaded: isLoaded)
    }
    if tag.attributes["http-equiv"]?.lowercased() == "refresh",
      let content = tag.attributes["content"], let equals = content.firstIndex(of: "=")
    {
      check(String(content[content.index(after: equals)...]), on: page, isLoaded: true)
    }
    for name in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
      for id in (tag.attributes[name] ?? "").split(separator: " ") {
        requireAnchor(String(id), in: page, page: page, target: String(id))
      }
    }
  }

  private mutating func check(_ target: String, on page: String, isLoaded: Bool) {
    func fail(_ problem: Failure.Problem) {
      failures.insert(Failure(page: page, target: target, problem: problem))
    }
    if let scheme = Self.scheme(of: target) {
      if !["https", "http", "mailto"].contains(scheme) {
        fail(.forbiddenScheme)
      } else if isLoaded {
        fail(.externalResource)
      }
      return
    }
    var folder = page
    var relative = target[...]
    if let basePath, target.hasPrefix(basePath) {
      relative = relative.dropFirst(basePath.count)
      folder = ""
    }
    guard !relative.hasPrefix("/") else { return fail(.outsideSite) }
    let withoutFragment = relative.prefix { $0 != "#" }
    let fragment = relative.dropFirst(withoutFragment.count + 1)
    let wanted = withoutFragment.prefix { $0 != "?" }
    guard let path = wanted.isEmpty ? page : Self.resolve(String(wanted), from: folder) else {
      return fail(.outsideSite)
    }
    guard paths.contains(path) else { return fail(.missingFile(path: path)) }
    if !fragment.isEmpty {
      requireAnchor(String(fragment), in: path, page: page, target: target)
    }
  }

  private mutating func requireAnchor(
    _ anchor: String, in path: String, page: String, target: String,
  ) {
    guard let known = anchors[path], !known.contains(anchor) else { return }
    failures.insert(
      Failure(page: page, target: target, problem: .missingAnchor(path: path, anchor: anchor)))
  }

  /// What stands before the first colon, if the target begins with a scheme.
  private static func scheme(of target: String) -> String? {
    let trimmed = target.drop { $0 <= " " }
    guard let colon = trimmed.firstIndex(of: ":") else {
      return trimmed.hasPrefix("//") ? "https" : nil
    }
    let scheme = trimmed[..<colon].filter { $0 > " " }
    guard !scheme.contains(where: { "/?#".contains($0) }) else { return nil }
    return scheme.lowercased()
  }

  /// The path that a relative path of a page means; `nil` when it leaves the site.
  private static func resolve(_ relative: String, from page: String) -> String? {
    var parts = page.split(separator: "/").dropLast()
    for part in relative.split(separator: "/", omittingEmptySubsequences: false) {
      switch part {
      case "", ".": continue
      case "..":
        guard parts.popLast() != nil else { return nil }
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
