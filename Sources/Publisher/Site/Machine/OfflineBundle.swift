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

  var file: OutputFile {
    let style = stylesheet + Array(Self.style.utf8)
    let hash = Self.policyHash(of: style)
    let anchors = Dictionary(
      pages.map { ($0.path, Self.anchor(of: $0.path)) }, uniquingKeysWith: { first, _ in first })
    let sections = pages.map { page in
      let rewriter = BundleRewriter(page: page.path, anchors: anchors)
      let content = rewriter.rewrite(Self.main(of: page.bytes))
      let kind: HTML = page.path.hasSuffix("index.html") ? "index" : "rule"
      return """
        <section class="leaf \(kind)" id="\(anchors[page.path] ?? "")">
        \(content)</section>

        """ as HTML
    }
    let rules = String(decoding: style, as: UTF8.self)
    let html: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'sha256-\(raw: hash)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>asyncrules \(version): all rules</title>
      <style>\(raw: rules)</style>
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
    guard let opening = page.firstRange(of: Array("<main id=\"main\">\n".utf8)),
      let closing = page.firstRange(of: Array("</main>\n<footer".utf8))
    else { return [] }
    return page[opening.upperBound..<closing.lowerBound]
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
    result.reserveCapacity(markup.count)
    var rest = markup
    // Values have no `>`, which is always escaped.
    while let open = rest.firstIndex(of: UInt8(ascii: "<")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
    {
      result += rest[..<open]
      append(tag: rest[open...close], to: &result)
      rest = rest[(close + 1)...]
    }
    result += rest
    return HTML(raw: String(decoding: result, as: UTF8.self))
  }

  private func append(tag: ArraySlice<UInt8>, to result: inout [UInt8]) {
    var rest = tag
    while let equals = rest.firstRange(of: Array("=\"".utf8)),
      let end = rest[equals.upperBound...].firstIndex(of: UInt8(ascii: "\""))
    {
      let start = rest[..<equals.lowerBound].lastIndex { !Self.isNamePart($0) } ?? rest.startIndex
      let name = String(decoding: rest[(start + 1)..<equals.lowerBound], as: UTF8.self)
      result += rest[..<equals.upperBound]
      result += changed(rest[equals.upperBound..<end], of: name)
      rest = rest[end...]
      result.append(UInt8(ascii: "\""))
      rest = rest.dropFirst()
    }
    result += rest
  }

  private func changed(_ value: ArraySlice<UInt8>, of attribute: String) -> [UInt8] {
    let text = String(decoding: value, as: UTF8.self)
    switch attribute {
    case "id", "for": return Array("\(prefix).\(text)".utf8)
    case "aria-labelledby", "aria-describedby", "aria-controls":
      return Array(
        text.split(separator: " ").map { "\(prefix).\($0)" }.joined(separator: " ").utf8)
    case "href": return Array(link(text).utf8)
    default: return Array(value)
    }
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

  private static func isNamePart(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
  }
}
