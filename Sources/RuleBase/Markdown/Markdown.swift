/// A CommonMark document without raw HTML and images, parsed by libcmark.
package struct Markdown: Hashable, Sendable {
  /// The deepest nesting of blocks and inlines, together, that is accepted.
  package static let maximumDepth = 32

  package let blocks: [MarkdownBlock]
  /// The first and last 1-based source line of each of ``blocks``.
  package let lines: [ClosedRange<Int>]
  /// Every link with where it stands, in document order.
  package let links: [MarkdownLink]
  /// Every code block with where it stands, in document order.
  package let codeBlocks: [MarkdownCodeBlock]

  /// Parses CommonMark.
  ///
  /// - Throws: The first thing in the text that pages may not have: ``MarkdownError/rawHTML``,
  ///   ``MarkdownError/image`` or ``MarkdownError/nestedTooDeeply``.
  /// - Complexity: Linear in the length of the text for ordinary documents.
  package init(parsing text: String) throws(MarkdownError) {
    if let paragraph = PlainParagraph(of: text) {
      self = paragraph.markdown
      return
    }
    let reading = MarkdownReading(of: text)
    if let error = reading.errors.first { throw error }
    self = reading.markdown
  }

  init(
    blocks: [MarkdownBlock], lines: [ClosedRange<Int>], links: [MarkdownLink],
    codeBlocks: [MarkdownCodeBlock],
  ) {
    self.blocks = blocks
    self.lines = lines
    self.links = links
    self.codeBlocks = codeBlocks
  }
}

/// A block of a document.
package indirect enum MarkdownBlock: Hashable, Sendable {
  case paragraph([MarkdownInline])
  /// `level` is 1 to 6.
  case heading(level: Int, [MarkdownInline])
  /// A fenced or indented block; `info` is empty for an indented one, `text` ends with a newline
  /// unless empty.
  case codeBlock(info: String, text: String)
  /// `start` is `nil` for bullets; a tight list shows its paragraphs without space between them.
  case list(start: Int?, isTight: Bool, items: [[MarkdownBlock]])
  case blockQuote([MarkdownBlock])
  case thematicBreak
}

/// Text within a block. Neighbouring texts are joined, so `.text` never follows `.text`.
package indirect enum MarkdownInline: Hashable, Sendable {
  case text(String)
  case code(String)
  case emphasis([MarkdownInline])
  case strong([MarkdownInline])
  /// A destination of the form `rule:blocking-sleep` is a link to a rule; `title` may be empty.
  case link(destination: String, title: String, [MarkdownInline])
  /// A line end in the source, shown as a space.
  case softBreak
  case lineBreak
}

/// A link and where it stands.
package struct MarkdownLink: Hashable, Sendable {
  package let destination: String
  /// 1-based, in the parsed text.
  package let line: Int
}

/// A code block and where it stands.
package struct MarkdownCodeBlock: Hashable, Sendable {
  /// Empty for an indented block.
  package let info: String
  package let text: String
  /// First (the opening fence) and last (the closing one) line, from 1, in the parsed text.
  package let lines: ClosedRange<Int>
  /// Whether it stands in a list or a block quote.
  package let isNested: Bool
}

extension [MarkdownInline] {
  /// The words without markup, as used for captions, anchors and headings.
  package var plainText: String {
    var result = ""
    appendPlainText(to: &result)
    return result
  }

  private func appendPlainText(to result: inout String) {
    for inline in self {
      switch inline {
      case .text(let text), .code(let text): result += text
      case .emphasis(let children), .strong(let children), .link(_, _, let children):
        children.appendPlainText(to: &result)
      case .softBreak, .lineBreak: result += " "
      }
    }
  }
}

extension [MarkdownInline] {
  /// The same without line ends between characters of Chinese and Japanese, which are written
  /// without spaces; behind their punctuation too.
  var withoutBreaksInWideText: [MarkdownInline] {
    guard contains(.softBreak) else { return self }
    var result: [MarkdownInline] = []
    for (index, inline) in enumerated() {
      if inline == .softBreak, index > 0, index + 1 < count,
        let left = self[index - 1].plainText.unicodeScalars.last,
        let right = self[index + 1].plainText.unicodeScalars.first,
        left.isWideText, right.isWideText || "、。）」』！？：".unicodeScalars.contains(left)
      {
        continue
      }
      if case .text(let next) = inline, case .text(let previous)? = result.last {
        result[result.count - 1] = .text(previous + next)
      } else {
        result.append(inline)
      }
    }
    return result
  }
}

extension MarkdownInline {
  fileprivate var plainText: String { [self].plainText }
}

extension Unicode.Scalar {
  /// Whether it is a kana, a Chinese character or their punctuation.
  fileprivate var isWideText: Bool {
    switch value {
    case 0x3000...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xFF00...0xFF60: true
    default: false
    }
  }
}
