import Publisher
import RuleBase
import Verifier

/// The website of rules that are being written; pages are made when they are asked for.
struct PreviewSite {
  private var rules: WatchedRules
  private var website: Website
  private var pages: [String: [UInt8]] = [:]
  private let options: SiteOptions

  init(rules: WatchedRules, playground: PlaygroundModule?) {
    options = SiteOptions(version: Asyncrules.version, playground: playground, isPreview: true)
    self.rules = rules
    website = Website(rules: rules.rules, options: options)
  }

  /// Looks for changes; says how many files were read and how many faults there are, or `nil`.
  mutating func refresh() throws -> (changed: [String], faults: Int)? {
    guard let changed = try rules.refresh() else { return nil }
    website = Website(
      rules: rules.rules, options: options, previous: website, changed: rules.changedRules)
    pages = [:]
    return (changed, rules.faults.count)
  }

  /// The page of a rule file.
  func page(ofFile path: String) -> String {
    "rules/" + (path.split(separator: "/").last.map { $0.dropLast(".md".count) } ?? "") + ".html"
  }

  /// What the site has at a path.
  mutating func answer(to path: String) -> HTTPServer.Answer {
    var path = String(path.drop { $0 == "/" })
    if path.isEmpty || path.hasSuffix("/") { path += "index.html" }
    if let bytes = bytes(at: path) {
      return HTTPServer.Answer(type: Self.type(of: path), body: bytes)
    }
    let report = faultReport.put(on: website.notFoundPage.bytes)
    return HTTPServer.Answer(
      status: "404 Not Found", type: "text/html; charset=utf-8", body: report)
  }

  private mutating func bytes(at path: String) -> [UInt8]? {
    if let known = pages[path] { return known }
    guard
      let bytes = website.bytes(at: path)
        ?? (path.hasSuffix("/index.html") ? website.redirectFiles.first { $0.path == path } : nil)?
        .bytes
    else { return nil }
    let language = Language.allCases.first { path.hasPrefix($0.rawValue + "/") } ?? .english
    let shown =
      path.hasSuffix(".html") ? faultReport.put(on: bytes, in: language) : bytes
    pages[path] = shown
    return shown
  }

  private var faultReport: FaultReport {
    let folder = rules.folder + "/"
    let faults = rules.faults.map {
      FaultReport.Fault(file: folder + $0.path, line: $0.line, message: $0.message)
    }
    return FaultReport(faults) { [rules] file in
      rules.text(ofFile: String(file.dropFirst(folder.count)))
    }
  }

  private static func type(of path: String) -> String {
    let types = [
      ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
      ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
      ".wasm": "application/wasm", ".json": "application/json",
      ".md": "text/markdown; charset=utf-8",
    ]
    return types.first { path.hasSuffix($0.key) }?.value ?? "application/octet-stream"
  }
}
