import CMark
import RuleBase
import Testing

/// Compares the value tree with libcmark's own, read a second time by recursion.
@Suite("Markdown beside libcmark's tree")
struct MarkdownDifferentialTests {
  @Test(
    arguments: [
      "a *b **c `d` e** f* [g *h*](i \"j\")\nk\\\nl  \nm",
      "> - a\n>   - b\n>\n>     c\n> 1. d\n\n* e\n\n* f", "[a]: https://x.y 'z'\n\n[a] [b] [A][]",
      "```\nno end", "~~~ info\\* &amp; more\n```\n~~~", "\tcode\n\n\n\tmore\n\ntext",
      "Setext\n===\n\nOther\n---\n***\n___\n# \n###### six ######", "*a **b* c**  `` ` `` \\*x\\*",
      "7) a\n8) b\n\n   - c\n-\n- d", "&copy; &#x41; &nosuch; \u{0}x", "é ü 𝒳 `日本`\r\nzwei\rdrei",
      "<https://x.y/?a=b> <x@y.z>", "- a\n -  b\n  -   c\n   -    d\n    - e",
    ])
  func `odd documents have the same tree`(text: String) { compare(text) }

  @Test func `random documents have the same tree`() {
    let pieces = [
      "a", "b c", " ", "  ", "    ", "\t", "\n", "\n\n", "*", "**", "_", "`", "``", "```\n",
      "~~~\n",
      "> ", "- ", "1. ", "2) ", "# ", "## ", "---\n", "===\n", "[", "]", "](x)", "](<y z> 't')",
      "(",
      ")", "!", "\\", "&amp;", "<", ">", "<b>", "<!--", "-->", "é", "[r]", "\n[r]: /u\n", ":", "\"",
    ]
    var generator = SeededGenerator(seed: 0xCAFE)
    for _ in 0..<3_000 {
      let count = Int.random(in: 1...40, using: &generator)
      compare((0..<count).map { _ in pieces.randomElement(using: &generator)! }.joined())
    }
  }

  @Test func `random sentences have the same tree`() {
    let pieces = [
      "word", "Word", " ", " ", " ", "\n", "`code`", "`a*b_c`", "`", " 7", ".", ", ", ": ",
      "(e.g. ",
      ")", "'", "\"", "a/b", "x = y + 1", "100 %", "- ", "é", "ü", "→", "https://x.y", "?", "--",
    ]
    var generator = SeededGenerator(seed: 0xBEE5)
    for _ in 0..<3_000 {
      let count = Int.random(in: 1...12, using: &generator)
      compare((0..<count).map { _ in pieces.randomElement(using: &generator)! }.joined())
    }
  }

  private func compare(_ text: String) {
    let document = cmark_parse_document(text, text.utf8.count, CMARK_OPT_DEFAULT)
    defer { cmark_node_free(document) }
    var dump = TreeDump()
    dump.append(document)
    do throws(MarkdownError) {
      let markdown = try Markdown(parsing: text)
      #expect(dump.refused == 0)
      #expect(TreeDump.text(of: markdown.blocks) == dump.children, "\(text.debugDescription)")
      #expect(markdown.blocks.count == markdown.lines.count)
      let starts = markdown.lines.map(\.lowerBound)
      #expect(starts == starts.sorted())
    } catch {
      #expect(dump.refused > 0, "\(error) in \(text.debugDescription)")
    }
  }
}

/// Both trees as text.
private struct TreeDump {
  private(set) var children = ""
  /// Nodes that pages may not have.
  private(set) var refused = 0

  mutating func append(_ node: OpaquePointer?) {
    var child = cmark_node_first_child(node)
    var text = ""
    while let node = child {
      if cmark_node_get_type(node) == CMARK_NODE_TEXT {
        text += literal(node)
      } else {
        flush(&text)
        appendOne(node)
      }
      child = cmark_node_next(node)
    }
    flush(&text)
  }

  private mutating func flush(_ text: inout String) {
    if !text.isEmpty { children += "text(\(text))" }
    text = ""
  }

  private mutating func appendOne(_ node: OpaquePointer) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE, CMARK_NODE_IMAGE: refused += 1
    case CMARK_NODE_CODE: children += "code(\(literal(node)))"
    case CMARK_NODE_SOFTBREAK: children += "soft"
    case CMARK_NODE_LINEBREAK: children += "break"
    case CMARK_NODE_THEMATIC_BREAK: children += "rule"
    case CMARK_NODE_CODE_BLOCK:
      children += "block(\(String(cString: cmark_node_get_fence_info(node)))|\(literal(node)))"
    case CMARK_NODE_PARAGRAPH: nest("p", node)
    case CMARK_NODE_HEADING: nest("h\(cmark_node_get_heading_level(node))", node)
    case CMARK_NODE_BLOCK_QUOTE: nest("quote", node)
    case CMARK_NODE_ITEM: nest("item", node)
    case CMARK_NODE_LIST:
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      let start = isOrdered ? "\(cmark_node_get_list_start(node))" : "-"
      nest("list \(start) \(cmark_node_get_list_tight(node) != 0)", node)
    case CMARK_NODE_EMPH: nest("em", node)
    case CMARK_NODE_STRONG: nest("strong", node)
    case CMARK_NODE_LINK:
      let url = String(cString: cmark_node_get_url(node))
      nest("a \(url) \(String(cString: cmark_node_get_title(node)))", node)
    default: children += "?"
    }
  }

  private mutating func nest(_ name: String, _ node: OpaquePointer) {
    children += name + "["
    append(node)
    children += "]"
  }

  private func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }

  static func text(of blocks: [MarkdownBlock]) -> String {
    blocks.map { block in
      switch block {
      case .paragraph(let inlines): "p[\(text(of: inlines))]"
      case .heading(let level, let inlines): "h\(level)[\(text(of: inlines))]"
      case .codeBlock(let info, let code): "block(\(info)|\(code))"
      case .list(let start, let isTight, let items):
        "list \(start.map(String.init) ?? "-") \(isTight)["
          + items.map { "item[\(text(of: $0))]" }.joined() + "]"
      case .blockQuote(let blocks): "quote[\(text(of: blocks))]"
      case .thematicBreak: "rule"
      }
    }.joined()
  }

  static func text(of inlines: [MarkdownInline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): "text(\(text))"
      case .code(let code): "code(\(code))"
      case .emphasis(let inlines): "em[\(text(of: inlines))]"
      case .strong(let inlines): "strong[\(text(of: inlines))]"
      case .link(let destination, let title, let inlines):
        "a \(destination) \(title)[\(text(of: inlines))]"
      case .softBreak: "soft"
      case .lineBreak: "break"
      }
    }.joined()
  }
}
