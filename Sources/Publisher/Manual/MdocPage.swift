/// Writes a page in mdoc(7).
struct MdocPage {
  /// How far code and quotations are set in.
  private static let indent: Mdoc.Line = "-offset indent"

  private var mdoc = Mdoc()
  /// Whether something stands above in the same section or item, so that a paragraph needs space.
  private var hasContent = false
  /// Whether the section is one that formatters know by its English name.
  private var isInSynopsis = false

  private init() {}

  /// The file of a page, in ASCII.
  static func source(of page: Page, version: String, date: ReleaseDate) -> [UInt8] {
    var writer = MdocPage()
    writer.writeHead(page, version: version, date: date)
    for section in page.sections { writer.write(section) }
    return writer.mdoc.bytes
  }

  private mutating func writeHead(_ page: Page, version: String, date: ReleaseDate) {
    mdoc.line(".Dd\(MdocWords.arguments(date.manualText))")
    mdoc.line(".Dt \(page.title.uppercased()) \(page.manualSection)")
    mdoc.line(".Os asyncrules \(version)")
    mdoc.line(".Sh NAME")
    for name in page.names.dropLast() { mdoc.line(".Nm \(name: name) ,") }
    if let last = page.names.last { mdoc.line(".Nm \(name: last)") }
    mdoc.line(".Nd\(MdocWords.arguments(page.summary))")
  }

  private mutating func write(_ section: ManualSection) {
    mdoc.line(".Sh\(MdocWords.arguments(section.title.uppercased()))")
    hasContent = false
    isInSynopsis = section.title == ManualWords.english.synopsis
    write(section.blocks)
  }

  private mutating func write(_ blocks: [PageBlock]) {
    for block in blocks where !block.isBlank {
      write(block)
      if case .heading = block { hasContent = false } else { hasContent = true }
    }
  }

  private mutating func write(_ block: PageBlock) {
    switch block {
    case .paragraph(let words):
      space()
      MdocWords(words).write(to: &mdoc)
    case .heading(let words):
      mdoc.line(".Ss\(MdocWords.arguments(words.plainText))")
    case .verbatim(let lines):
      mdoc.line(".Bd -literal \(Self.indent)")
      for line in lines { mdoc.verbatim(line.text) }
      mdoc.line(".Ed")
    case .list(let start, let isCompact, let items):
      write(list: items, start: start, isCompact: isCompact)
    case .tagged(let list): write(list)
    case .quote(let children):
      // Not a display: those may not nest, and a quotation may hold code.
      mdoc.line(".Bl -item \(Self.indent)")
      writeItem(children)
      mdoc.line(".El")
    case .synopsis(let calls):
      // Formatters begin a line with each call only below the English heading.
      if !isInSynopsis { mdoc.line(".Bl -item -compact") }
      for call in calls {
        if !isInSynopsis { mdoc.line(".It") }
        mdoc.line(".\(MdocWords(call).asArguments)")
      }
      if !isInSynopsis { mdoc.line(".El") }
    case .references(let references):
      mdoc.line(".Bl -item")
      for reference in references {
        mdoc.line(".It")
        mdoc.line(".Rs")
        mdoc.line(".%T \(reference.title)")
        mdoc.line(".%U \(url: reference.url)")
        mdoc.line(".Re")
      }
      mdoc.line(".El")
    }
  }

  private mutating func write(list items: [[PageBlock]], start: Int?, isCompact: Bool) {
    // Compact lists leave no space above.
    if isCompact { space() }
    let kind: Mdoc.Line = start == nil ? "-bullet" : "-enum"
    mdoc.line(".Bl \(kind) \(Self.indent)\(Self.spacing(isCompact: isCompact))")
    for item in items {
      mdoc.line(".It")
      // An item needs something in it.
      if item.allSatisfy(\.isBlank) { mdoc.line("\\&") }
      writeItem(blocks: item)
    }
    mdoc.line(".El")
  }

  private mutating func write(_ list: PageTaggedList) {
    if list.isCompact { space() }
    let width = String(repeating: "x", count: max(list.width, 1))
    mdoc.line(".Bl -tag -width \(code: width)\(Self.spacing(isCompact: list.isCompact))")
    for item in list.items {
      // A corner of a table may be empty; the head of an item may not.
      let term = MdocWords(item.term)
      if term.isEmpty { mdoc.line(".It \\&") } else { mdoc.line(".It \(term.asArguments)") }
      writeItem(blocks: item.blocks)
    }
    mdoc.line(".El")
  }

  private mutating func writeItem(_ children: [PageBlock]) {
    mdoc.line(".It")
    writeItem(blocks: children)
  }

  /// Writes the body of an item behind its `It`.
  private mutating func writeItem(blocks: [PageBlock]) {
    let outer = hasContent
    hasContent = false
    write(blocks)
    hasContent = outer
  }

  private static func spacing(isCompact: Bool) -> Mdoc.Line { isCompact ? " -compact" : "" }

  private mutating func space() {
    if hasContent { mdoc.line(".Pp") }
  }
}

extension PageBlock {
  /// Whether a reader would see nothing of it.
  fileprivate var isBlank: Bool {
    switch self {
    case .paragraph(let words), .heading(let words):
      words.isBlank
    case .verbatim(let lines): lines.allSatisfy(\.isBlank)
    case .list(_, _, let items): items.isEmpty
    case .tagged(let list): list.items.isEmpty
    case .quote(let children): children.allSatisfy(\.isBlank)
    case .synopsis(let calls): calls.isEmpty
    case .references(let references): references.isEmpty
    }
  }
}
