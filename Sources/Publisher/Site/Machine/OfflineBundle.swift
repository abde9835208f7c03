import PythonSemantics
import RuleBase
import Verifier

/// The whole rule book as one file: `asyncrules.html`.
///
/// It has no script. The page that the address names is shown, the list of rules otherwise; printed,
/// all pages follow one another.
struct OfflineBundle {
  static let path = "asyncrules.html"

  /// The pages to put into it, the first of which is shown when none is chosen.
  let pages: [OutputFile]
  let stylesheet: [UInt8]
  let version: String
  let words: Words

  /// A book of more rules is a file that no browser likes to open.
  static let mostRules = 2000

  func file(executor: Executor) -> OutputFile {
    let style = stylesheet + Array(Self.style.utf8)
    let hash = Self.policyHash(of: style)
    let anchors = Dictionary(
      pages.map { ($0.path, Self.anchor(of: $0.path)) }, uniquingKeysWith: { first, _ in first })
    let sections = executor.map(pages.count) { index in
      let page = pages[index]
      let rewriter = BundleRewriter(page: page.path, anchors: anchors)
      let content = rewriter.rewrite(Self.main(of: page.bytes))
      let kind: HTML = page.path.hasSuffix("index.html") ? "index" : "rule"
      return """
        <section class="leaf \(kind)" id="\(anchors[page.path] ?? "")">
        \(content)</section>

        """ as HTML
    }
    let html: HTML = """
      <!DOCTYPE html>
      <html lang="\(words.language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'sha256-\(raw: hash)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>asyncrules \(version) · \(words.site.allRules)</title>
      <style>\(HTML(raw: style))</style>
      </head>
      <body>
      <header class="top"><a class="brand" href="#rules">asyncrules \(version)</a></header>
      <main>
      \(sections)</main>
      </body>
      </html>

      """
    return OutputFile(path: Self.path, bytes: html.bytes)
  }

  private static let style = """
    .leaf{display:none}.leaf:target,.leaf:has(:target),body:not(:has(:target)) .leaf:first-child{display:block}\
    main>.leaf{max-width:none;padding:0;margin:0}.leaf>.columns{max-width:76rem;margin-inline:auto;\
    padding-inline:clamp(1rem,4vw,2.5rem)}@media print{.leaf{display:block;break-before:page}}
    """

  /// The digest by which a policy names a style sheet.
  ///
  /// **Source:** Content Security Policy Level 3, section 2.3.1.
  private static func policyHash(of style: [UInt8]) -> String {
    let digits = Array(SHA256.hexadecimal(of: style))
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { index in
      UInt8(String(digits[index...index + 1]), radix: 16)
    }
    var text: [UInt8] = []
    Base64.append(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// `rules/blocking-sleep.html` is `blocking-sleep`, the list of rules `rules`.
  private static func anchor(of path: String) -> String {
    if path == "rules/index.html" { return "rules" }
    let name = path.split(separator: "/").last ?? ""
    return String(name.dropLast(".html".count))
  }

  private static func main(of page: [UInt8]) -> ArraySlice<UInt8> {
    let opening = Array("<main id=\"main\">\n".utf8)
    let closing = Array("</main>\n<footer".utf8)
    guard
      let start = page.indices.first(where: {
        page[$0] == opening[0] && page[$0...].starts(with: opening)
      }),
      let end = page.indices.last(where: {
        page[$0] == closing[0] && page[$0...].starts(with: closing)
      })
    else { return [] }
    return page[(start + opening.count)..<end]
  }
}

/// Turns the links and ids of one page into those of a file that holds all pages.
struct BundleRewriter {
  let page: String
  /// The ids of pages by their paths.
  let anchors: [String: String]

  private var prefix: String { anchors[page] ?? "" }

  /// The markup with attributes changed; everything else stays.
  func rewrite(_ markup: ArraySlice<UInt8>) -> HTML {
    var result: [UInt8] = []
    result.reserveCapacity(markup.count + markup.count / 8)
    var copied = markup.startIndex
    var name = markup.startIndex
    var isInTag = false
    var index = markup.startIndex
    // Values have no `>`, which is always escaped.
    while index < markup.endIndex {
      switch markup[index] {
      case UInt8(ascii: "<"): isInTag = true
      case UInt8(ascii: ">"): isInTag = false
      case UInt8(ascii: " ") where isInTag: name = index + 1
      case UInt8(ascii: "\"") where isInTag:
        let start = index + 1
        let end = markup[start...].firstIndex(of: UInt8(ascii: "\"")) ?? markup.endIndex
        if let changed = changed(markup[start..<end], of: markup[name..<index]) {
          result += markup[copied..<start]
          result += changed.utf8
          copied = end
        }
        index = end
      default: break
      }
      index += 1
    }
    result += markup[copied...]
    return HTML(raw: result)
  }

  /// The new value of an attribute, whose name ends in `=`; `nil` when it stays.
  private func changed(_ value: ArraySlice<UInt8>, of name: ArraySlice<UInt8>) -> String? {
    func isNamed(_ names: String...) -> Bool { names.contains { name.elementsEqual($0.utf8) } }
    func text() -> String { String(decoding: value, as: UTF8.self) }
    if isNamed("href=") { return link(text()) }
    if isNamed("id=", "for=") { return "\(prefix).\(text())" }
    if isNamed("aria-describedby=", "aria-labelledby=", "aria-controls=") {
      return text().split(separator: " ").map { "\(prefix).\($0)" }.joined(separator: " ")
    }
    return nil
  }

  private func link(_ target: String) -> String {
    if target.hasPrefix("#") { return "#\(prefix).\(target.dropFirst())" }
    guard !target.contains(":") else { return target }
    let path = target.prefix { $0 != "#" && $0 != "?" }
    let fragment = target.drop { $0 != "#" }.dropFirst()
    var parts = page.split(separator: "/").dropLast()
    for part in path.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    guard let anchor = anchors[parts.joined(separator: "/")] else { return "#rules" }
    return fragment.isEmpty ? "#\(anchor)" : "#\(anchor).\(fragment)"
  }
}
