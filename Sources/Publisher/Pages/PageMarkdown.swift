import RuleBase

/// Makes blocks of a page from Markdown.
struct PageMarkdown {
  /// The rules that `rule:` links may name, by slug.
  let codes: [String: String]

  /// The blocks of a text; text that is not acceptable Markdown is shown as it is.
  func blocks(_ text: String) -> [PageBlock] {
    // The loader has accepted the text, so this parse succeeds too.
    guard let markdown = try? Markdown(parsing: text) else {
      return [.paragraph([.text(text)])]
    }
    return blocks(markdown.blocks)
  }

  /// The words of a text that is a single paragraph.
  func inlines(_ text: String) -> [PageInline] {
    guard let markdown = try? Markdown(parsing: text), markdown.blocks.count == 1,
      case .paragraph(let words) = markdown.blocks[0]
    else { return [.text(text)] }
    return inlines(words)
  }

  /// The same blocks in the words of a page.
  func blocks(_ blocks: [MarkdownBlock]) -> [PageBlock] {
    blocks.compactMap(block)
  }

  /// The same words.
  func inlines(_ inlines: [MarkdownInline]) -> [PageInline] {
    inlines.map(inline)
  }

  private func block(_ block: MarkdownBlock) -> PageBlock? {
    switch block {
    case .paragraph(let words): .paragraph(inlines(words))
    case .heading(_, let words): .heading(inlines(words))
    case .codeBlock(_, let text): .verbatim(Self.lines(text))
    case .blockQuote(let children): .quote(blocks(children))
    case .thematicBreak: nil
    case .list(nil, let isTight, let items):
      if let terms = tagged(items) {
        .tagged(PageTaggedList(isCompact: false, width: Self.width(of: terms), items: terms))
      } else {
        .list(start: nil, isCompact: isTight, items: items.map(blocks))
      }
    case .list(let start, let isTight, let items):
      .list(start: start, isCompact: isTight, items: items.map(blocks))
    }
  }

  /// The lines of verbatim text, which ends with a line feed or not.
  static func lines(_ text: String) -> [StyledLine] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.map { StyledLine(String($0)) }
  }

  /// The columns of the widest term with its quotes, but not so many that little is left.
  private static func width(of items: [PageTaggedList.Item]) -> Int {
    min((items.map(\.term.plainText.count).max() ?? 0) + 4, 16)
  }

  private func inline(_ inline: MarkdownInline) -> PageInline {
    switch inline {
    case .text(let text): return .text(text)
    case .code(let text): return .code(text)
    case .emphasis(let children): return .emphasis(inlines(children))
    case .strong(let children): return .strong(inlines(children))
    case .link(let destination, _, let children):
      guard destination.hasPrefix("rule:") else {
        return .link(url: destination, inlines(children))
      }
      let name = String(destination.dropFirst("rule:".count))
      return .rule(code: codes[name] ?? name, name: name, inlines(children))
    case .softBreak: return .text(" ")
    case .lineBreak: return .lineBreak
    }
  }

  /// The items when each of them opens with code and a colon: `` `since`: Required. ``
  private func tagged(_ items: [[MarkdownBlock]]) -> [PageTaggedList.Item]? {
    var result: [PageTaggedList.Item] = []
    for item in items {
      guard case .paragraph(let words)? = item.first, words.count >= 2,
        case .code(let term) = words[0], case .text(let text) = words[1], text.hasPrefix(":")
      else { return nil }
      let rest = String(text.dropFirst().drop { $0 == " " })
      var body = Array(words.dropFirst(2))
      if !rest.isEmpty { body.insert(.text(rest), at: 0) }
      if case .softBreak? = body.first { body.removeFirst() }
      let blocks = [PageBlock.paragraph(inlines(body))] + self.blocks(Array(item.dropFirst()))
      result.append(PageTaggedList.Item([.code(term)], blocks))
    }
    return result
  }
}
