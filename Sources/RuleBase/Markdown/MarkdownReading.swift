// The only file that knows libcmark. Everything is copied out of libcmark's tree, which lives no
// longer than `MarkdownReading.init`.
import CMark

/// A document and all that is wrong with it.
struct MarkdownReading {
  /// What could be read; without the nodes that `errors` are about.
  let markdown: Markdown
  /// In document order.
  let errors: [MarkdownError]
  /// Whether the nesting was too deep to read anything.
  let isCutShort: Bool

  /// Reads a whole text; never fails, never recurses.
  init(of text: String) {
    var text = text
    let document = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty buffer may have no address, but libcmark wants one.
        guard let start = characters.baseAddress else {
          return cmark_parse_document("", 0, CMARK_OPT_DEFAULT)
        }
        return cmark_parse_document(start, characters.count, CMARK_OPT_DEFAULT)
      }
    }
    var builder = MarkdownBuilder(blankLines: MarkdownBuilder.blankLines(of: text))
    let iterator = cmark_iter_new(document)
    defer {
      cmark_iter_free(iterator)
      cmark_node_free(document)
    }
    while builder.canContinue {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard let node = cmark_iter_get_node(iterator) else { break }
      if event == CMARK_EVENT_ENTER { builder.enter(node) } else { builder.leave(node) }
    }
    markdown = builder.markdown
    errors = builder.errors
    isCutShort = !builder.canContinue
  }
}

/// Builds the value tree from libcmark's enter and leave events, with a stack of its own.
private struct MarkdownBuilder {
  /// A container that has been entered and not yet left.
  struct Frame {
    var blocks: [MarkdownBlock] = []
    var items: [[MarkdownBlock]] = []
    var inlines: [MarkdownInline] = []
  }

  /// Whether each line of the source, from the first, is blank.
  let blankLines: [Bool]
  private var stack: [Frame] = []
  private var blocks: [MarkdownBlock] = []
  private var lines: [ClosedRange<Int>] = []
  private var links: [MarkdownLink] = []
  private var codeBlocks: [MarkdownCodeBlock] = []
  private(set) var errors: [MarkdownError] = []
  /// False once the nesting is too deep to go on.
  private(set) var canContinue = true

  init(blankLines: [Bool]) { self.blankLines = blankLines }

  var markdown: Markdown {
    Markdown(blocks: blocks, lines: lines, links: links, codeBlocks: codeBlocks)
  }

  mutating func enter(_ node: OpaquePointer) {
    let line = firstLine(of: node)
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: append(.text(literal(of: node)))
    case CMARK_NODE_CODE: append(.code(literal(of: node)))
    case CMARK_NODE_SOFTBREAK: append(.softBreak)
    case CMARK_NODE_LINEBREAK: append(.lineBreak)
    case CMARK_NODE_THEMATIC_BREAK: append(.thematicBreak, from: node)
    case CMARK_NODE_CODE_BLOCK:
      let info = string(cmark_node_get_fence_info(node))
      let text = literal(of: node)
      codeBlocks.append(
        MarkdownCodeBlock(info: info, text: text, lines: lineSpan(of: node), isNested: isNested))
      append(.codeBlock(info: info, text: text), from: node)
    case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE:
      let found = literal(of: node).prefix { $0 != "\n" }.prefix(40)
      // The opening tag has been reported.
      if case .rawHTML = errors.last, found.hasPrefix("</") { break }
      errors.append(.rawHTML(line: line, found: String(found)))
    default:
      if cmark_node_get_type(node) == CMARK_NODE_IMAGE {
        errors.append(.image(line: line, destination: string(cmark_node_get_url(node))))
      } else if cmark_node_get_type(node) == CMARK_NODE_LINK {
        links.append(MarkdownLink(destination: string(cmark_node_get_url(node)), line: line))
      }
      // The document itself is the first frame.
      guard stack.count <= Markdown.maximumDepth else {
        errors.append(.nestedTooDeeply(line: line))
        canContinue = false
        return
      }
      stack.append(Frame())
    }
  }

  mutating func leave(_ node: OpaquePointer) {
    guard let frame = stack.popLast() else { return }
    switch cmark_node_get_type(node) {
    case CMARK_NODE_DOCUMENT: blocks = frame.blocks
    case CMARK_NODE_PARAGRAPH:
      append(.paragraph(frame.inlines.withoutBreaksInWideText), from: node)
    case CMARK_NODE_HEADING:
      append(.heading(level: Int(cmark_node_get_heading_level(node)), frame.inlines), from: node)
    case CMARK_NODE_BLOCK_QUOTE: append(.blockQuote(frame.blocks), from: node)
    case CMARK_NODE_ITEM: stack[stack.count - 1].items.append(frame.blocks)
    case CMARK_NODE_LIST:
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      let start = isOrdered ? Int(cmark_node_get_list_start(node)) : nil
      let isTight = cmark_node_get_list_tight(node) != 0
      append(.list(start: start, isTight: isTight, items: frame.items), from: node)
    case CMARK_NODE_EMPH: append(.emphasis(frame.inlines))
    case CMARK_NODE_STRONG: append(.strong(frame.inlines))
    case CMARK_NODE_LINK:
      let destination = string(cmark_node_get_url(node))
      let title = string(cmark_node_get_title(node))
      append(.link(destination: destination, title: title, frame.inlines))
    default: break  // An image, already reported.
    }
  }

  private var isNested: Bool { stack.count > 1 }

  private mutating func append(_ block: MarkdownBlock, from node: OpaquePointer) {
    guard !stack.isEmpty else { return }
    if !isNested { lines.append(lineSpan(of: node)) }
    stack[stack.count - 1].blocks.append(block)
  }

  private mutating func append(_ inline: MarkdownInline) {
    guard !stack.isEmpty else { return }
    let top = stack.count - 1
    // libcmark leaves an empty text where it cut spaces off before a line end.
    if case .text("") = inline { return }
    if case .text(let next) = inline, case .text(let previous) = stack[top].inlines.last {
      stack[top].inlines[stack[top].inlines.count - 1] = .text(previous + next)
    } else {
      stack[top].inlines.append(inline)
    }
  }

  private func firstLine(of node: OpaquePointer) -> Int {
    max(1, Int(cmark_node_get_start_line(node)))
  }

  private func lineSpan(of node: OpaquePointer) -> ClosedRange<Int> {
    let first = firstLine(of: node)
    // libcmark lets lists and rules end at the blank line before the next block.
    var last = max(first, min(blankLines.count, Int(cmark_node_get_end_line(node))))
    while last > first, blankLines[last - 1] { last -= 1 }
    return first...last
  }

  private func literal(of node: OpaquePointer) -> String { string(cmark_node_get_literal(node)) }

  private func string(_ characters: UnsafePointer<CChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
  }
}

extension MarkdownBuilder {
  fileprivate static func blankLines(of text: String) -> [Bool] {
    var lines: [Bool] = []
    var isBlank = true
    var text = text
    text.withUTF8 { bytes in
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          lines.append(isBlank)
          isBlank = true
        } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t"), byte != 0x0D {
          isBlank = false
        }
      }
    }
    lines.append(isBlank)
    return lines
  }
}
