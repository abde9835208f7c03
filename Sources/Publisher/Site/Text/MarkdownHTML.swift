import RuleBase

/// Renders Markdown values as HTML.
struct MarkdownHTML {
  /// The address of a rule's page by its slug; `nil` leaves only the link's text.
  let ruleLink: (String) -> String?
  /// What a level-one heading becomes; headings never go below level six.
  var headingOffset = 1
  /// What a table is called for those who do not see it.
  var tableLabel = SiteWords.english.table
  /// What code without a language is called.
  var textLabel = SiteWords.english.text

  func html(_ blocks: [MarkdownBlock]) -> HTML {
    var result = HTML()
    for block in blocks { append(block, isTight: false, to: &result) }
    return result
  }

  private func append(_ block: MarkdownBlock, isTight: Bool, to result: inout HTML) {
    switch block {
    case .paragraph(let inlines):
      if let table = MarkdownTable(inlines) {
        append(table, to: &result)
      } else if isTight {
        result += html(inlines)
      } else {
        result += "<p>\(html(inlines))</p>\n"
      }
    case .heading(let level, let inlines):
      let tag = "h\(min(level + headingOffset, 6))"
      result += "<\(raw: tag)>\(html(inlines))</\(raw: tag)>\n"
    case .codeBlock(let info, let text):
      result += PlainCode(text: text, language: info, textLabel: textLabel).html
    case .list(let start, let isTight, let items):
      append(items, start: start, isTight: isTight, to: &result)
    case .blockQuote(let blocks): result += "<blockquote>\(html(blocks))</blockquote>\n"
    case .thematicBreak: result += "<hr>\n"
    }
  }

  private func append(
    _ items: [[MarkdownBlock]], start: Int?, isTight: Bool, to result: inout HTML,
  ) {
    switch start {
    case nil: result += "<ul>\n"
    case 1: result += "<ol>\n"
    case .some(let number): result += "<ol start=\"\(number)\">\n"
    }
    for item in items {
      result += "<li>"
      for block in item { append(block, isTight: isTight, to: &result) }
      result += "</li>\n"
    }
    result += start == nil ? "</ul>\n" : "</ol>\n"
  }

  private func append(_ table: MarkdownTable, to result: inout HTML) {
    // Wider than a narrow screen, so it scrolls within itself, by the keyboard too.
    result += "<div class=\"table\" role=\"group\" aria-label=\"\(tableLabel)\" tabindex=\"0\">"
    result += "<table>\n<thead><tr>"
    for cell in table.header { result += "<th scope=\"col\">\(html(cell))</th>" }
    result += "</tr></thead>\n<tbody>\n"
    for row in table.rows {
      result += "<tr>"
      for cell in row { result += "<td>\(html(cell))</td>" }
      result += "</tr>\n"
    }
    result += "</tbody>\n</table></div>\n"
  }

  /// Renders the content of a paragraph or heading.
  func html(_ inlines: [MarkdownInline]) -> HTML {
    var result = HTML()
    for inline in inlines {
      switch inline {
      case .text(let text): result.append(utf8: text.utf8)
      case .code(let code): result += "<code>\(BreakableCode(code).html)</code>"
      case .emphasis(let inner): result += "<em>\(html(inner))</em>"
      case .strong(let inner): result += "<strong>\(html(inner))</strong>"
      case .link(let destination, let title, let inner):
        result += link(to: destination, title: title, content: html(inner))
      case .softBreak: result += "\n"
      case .lineBreak: result += "<br>\n"
      }
    }
    return result
  }

  private func link(to destination: String, title: String, content: HTML) -> HTML {
    let tooltip: HTML = title.isEmpty ? "" : " title=\"\(title)\""
    let prefix = "rule:"
    if destination.hasPrefix(prefix) {
      guard let target = ruleLink(String(destination.dropFirst(prefix.count))) else {
        return content
      }
      return "<a href=\"\(target)\"\(tooltip)>\(content)</a>"
    }
    guard let link = SafeLink(address: destination) ?? SafeLink(fragment: destination) else {
      return content
    }
    return "<a href=\"\(link.text)\"\(tooltip)>\(content)</a>"
  }
}
