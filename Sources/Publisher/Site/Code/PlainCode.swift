/// A block of code without findings: Python is highlighted, everything else is shown as it is.
struct PlainCode {
  let text: String
  /// The info string of the fence.
  let language: String
  /// What code without a language is called.
  var textLabel = SiteWords.english.text

  var html: HTML {
    let code: HTML
    switch language.split(separator: " ").first {
    case "python", "py", "pycon": code = MarkedCode(text: text).html
    case "diff": code = MarkedCode.plain(text)
    default: code = MarkedCode.plain(text)
    }
    let label = language.isEmpty ? textLabel : language
    return """
      <pre class="plain" tabindex="0" aria-label="\(label)"><code>\(code)</code></pre>

      """
  }
}

extension MarkedCode {
  /// Lines without highlighting.
  static func plain(_ text: String) -> HTML {
    let bytes = Array(text.utf8)
    let lines = lines(of: bytes).map { line in
      var content = HTML()
      content.append(utf8: bytes[line])
      return "<span class=\"l\">\(content)</span>" as HTML
    }
    return lines.joined(by: "\n")
  }
}
