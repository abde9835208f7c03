package import RuleBase
package import Verifier

/// Writes a page for reading in a terminal.
package struct TerminalPage {
  /// How far the text of a section is set in.
  private static let indent = 4
  /// Lines get no wider than this, however wide the terminal is.
  private static let widest = 100
  private static let narrowest = 40

  private let style: TerminalStyle
  private let width: Int
  /// Each line with its line feed.
  private var bytes: [UInt8] = []
  /// Whether something stands above in the same section or item.
  private var hasContent = false

  private init(width: Int, color: Bool) {
    style = TerminalStyle(isColored: color)
    self.width = min(max(width, Self.narrowest), Self.widest)
  }

  /// The page of a rule that has been verified, with all that the tool says of its examples.
  ///
  /// - Parameter names: All rules, for links to them.
  package static func text(
    for rule: VerifiedRule, among names: RuleNames, width: Int, color: Bool,
  ) -> String {
    text(
      ofRule: RuleManual.page(of: rule, among: names), rule.rule, width: width, color: color)
  }

  /// The page of a rule that has been made for the manual.
  static func text(ofRule page: Page, _ rule: Rule, width: Int, color: Bool) -> String {
    text(of: page, heading: "\(rule.code) \(rule.name)", width: width, color: color)
  }

  /// The page of a rule as its file states it.
  package static func text(
    for rule: Rule, among names: RuleNames, width: Int, color: Bool,
  ) -> String {
    text(for: VerifiedRule(stating: rule), among: names, width: width, color: color)
  }

  /// Any page of the manual, with its names at the top.
  package static func text(of page: Page, width: Int, color: Bool) -> String {
    text(of: page, heading: page.names.joined(separator: ", "), width: width, color: color)
  }

  private static func text(of page: Page, heading: String, width: Int, color: Bool) -> String {
    var writer = TerminalPage(width: width, color: color)
    writer.bytes.reserveCapacity(8 * 1024)
    writer.line("\(writer.style.text(heading.visible, .heading))  \(page.summary.visible)")
    for section in page.sections { writer.write(section) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private mutating func write(_ section: ManualSection) {
    line("")
    line(style.text(section.title.visible.uppercased(), .heading))
    hasContent = false
    write(section.blocks, indent: Self.indent)
  }

  private mutating func write(_ blocks: [PageBlock], indent: Int) {
    for block in blocks {
      write(block, indent: indent)
      if case .heading = block { hasContent = false } else { hasContent = true }
    }
  }

  private mutating func write(_ block: PageBlock, indent: Int) {
    switch block {
    case .paragraph(let words):
      space()
      write(words, indent: indent)
    case .heading(let words):
      space()
      // Halfway between the section's heading and its text.
      line(style.text(words.plainText.visible, .heading), indent: Self.indent / 2)
    case .verbatim(let code):
      space()
      for line in code { write(verbatim: line, indent: indent + Self.indent) }
    case .list(let start, let isCompact, let items):
      write(list: items, start: start, isCompact: isCompact, indent: indent)
    case .tagged(let list): write(list, indent: indent)
    case .quote(let children):
      space()
      hasContent = false
      write(children, indent: indent + Self.indent)
    case .synopsis(let calls):
      for call in calls { write(call, indent: indent) }
    case .references(let references):
      space()
      for reference in references {
        write(
          [.link(url: reference.url, [.text(reference.title)])], indent: indent)
      }
    }
  }

  private mutating func write(_ words: [PageInline], indent: Int) {
    TerminalWords(words, style: style).write(width: width - indent, margin: indent, to: &bytes)
  }

  private mutating func write(verbatim line: StyledLine, indent: Int) {
    if !line.isBlank {
      append(margin: indent)
      for part in line.parts {
        let text = part.text.visible
        bytes += style.isColored ? style.text(text, part.style).utf8 : text.utf8
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func write(
    list items: [[PageBlock]], start: Int?, isCompact: Bool, indent: Int,
  ) {
    for (index, item) in items.enumerated() {
      if index == 0 || !isCompact { space() }
      let mark = start.map { "\($0 + index). " } ?? "• "
      write(item, after: mark, width: mark.displayWidth, indent: indent)
    }
  }

  private mutating func write(_ list: PageTaggedList, indent: Int) {
    for (index, item) in list.items.enumerated() {
      if index == 0 || !list.isCompact { space() }
      let term = TerminalWords(item.term, style: style)
      let text = term.singleLine
      if term.width < list.width {
        let padding = String(repeating: " ", count: list.width - term.width)
        write(item.blocks, after: text + padding, width: list.width, indent: indent)
      } else {
        line(text, indent: indent)
        hasContent = false
        write(item.blocks, indent: indent + list.width)
      }
      hasContent = true
    }
  }

  /// Writes the blocks set in by `width`, with a mark of that width before the first line.
  private mutating func write(
    _ blocks: [PageBlock], after mark: String, width: Int, indent: Int,
  ) {
    let start = bytes.count
    hasContent = false
    write(blocks, indent: indent + width)
    guard bytes.count > start else {
      line(mark, indent: indent)
      return
    }
    // The margin of the first line is of spaces: the mark takes its place.
    let first = bytes[start...].prefix { $0 != UInt8(ascii: "\n") }
    let margin = repeatElement(UInt8(ascii: " "), count: indent)
    bytes.replaceSubrange(
      start..<(start + min(first.count, indent + width)), with: Array(margin) + mark.utf8)
    hasContent = true
  }

  private mutating func space() {
    if hasContent { bytes.append(UInt8(ascii: "\n")) }
  }

  /// Adds a line.
  private mutating func line(_ text: String, indent: Int = 0) {
    append(margin: indent)
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func append(margin: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: margin))
  }
}
