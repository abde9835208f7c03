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

  /// The same blocks in the words of a page; `isNested` says that they stand in another block.
  func blocks(_ blocks: [MarkdownBlock], isNested: Bool = false) -> [PageBlock] {
    blocks.compactMap { block($0, isNested: isNested) }
  }

  /// The same words.
  func inlines(_ inlines: [MarkdownInline]) -> [PageInline] {
    inlines.map(inline)
  }

  private func block(_ block: MarkdownBlock, isNested: Bool) -> PageBlock? {
    switch block {
    case .paragraph(let words):
      MarkdownTable(words).map(rows) ?? .paragraph(inlines(words))
    case .heading(_, let words):
      // Manuals have no headings within lists.
      isNested ? .paragraph([.strong(inlines(words))]) : .heading(inlines(words))
    case .codeBlock(_, let text): .verbatim(Self.lines(text))
    case .blockQuote(let children): .quote(blocks(children, isNested: true))
    case .thematicBreak: nil
    case .list(nil, let isTight, let items):
      if let terms = tagged(items) {
        .tagged(PageTaggedList(isCompact: false, width: Self.width(of: terms), items: terms))
      } else {
        .list(start: nil, isCompact: isTight, items: items.map { blocks($0, isNested: true) })
      }
    case .list(let start, let isTight, let items):
      .list(start: start, isCompact: isTight, items: items.map { blocks($0, isNested: true) })
    }
  }

  /// A table as a list: the first cell of a row is the term, the others are said of it.
  ///
  /// Cells of running text do not fit side by side in 80 columns.
  private func rows(of table: MarkdownTable) -> PageBlock {
    let rows = [table.header.map { [.strong($0)] }] + table.rows
    let items = rows.map { row in
      PageTaggedList.Item(
        inlines(row[0]),
        [.paragraph(Array(row.dropFirst().map(inlines).joined(separator: [.text("; ")])))])
    }
    let widest = rows.map { inlines($0[0]).plainText.count }.max() ?? 0
    return .tagged(PageTaggedList(isCompact: true, width: min(widest + 4, 26), items: items))
  }

  /// The lines of verbatim text, which ends with a line feed or not.
  static func lines(_ text: String) -> [StyledLine] {
    var lines = text.lines
    if lines.last?.isEmpty ?? false { lines.removeLast() }
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

  /// The items when each of them opens with code and a colon: `` `since`: Required. ``, or with
  /// several codes and commas.
  private func tagged(_ items: [[MarkdownBlock]]) -> [PageTaggedList.Item]? {
    var result: [PageTaggedList.Item] = []
    for item in items {
      guard case .paragraph(let words)? = item.first, let (terms, body) = Self.separated(words)
      else { return nil }
      let blocks =
        [PageBlock.paragraph(inlines(body))] + self.blocks(Array(item.dropFirst()), isNested: true)
      let term = PageInline.joined(terms.map { [.code($0)] })
      result.append(PageTaggedList.Item(term, blocks))
    }
    return result
  }

  /// The codes that open a text, and what follows their colon.
  private static func separated(
    _ words: [MarkdownInline],
  ) -> (terms: [String], body: [MarkdownInline])? {
    var terms: [String] = []
    var rest = words[...]
    while case .code(let term)? = rest.popFirst(), case .text(let text)? = rest.popFirst() {
      terms.append(term)
      if text == ", " { continue }
      guard text.hasPrefix(":") else { return nil }
      let first = String(text.dropFirst().drop { $0 == " " })
      if first.isEmpty, case .softBreak? = rest.first { rest.removeFirst() }
      return (terms, (first.isEmpty ? [] : [.text(first)]) + rest)
    }
    return nil
  }
}
