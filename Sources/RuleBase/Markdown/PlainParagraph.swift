/// A paragraph of words and code and nothing else, as captions, messages and much prose are.
///
/// It is read without libcmark, which takes longer to begin a document than to read a sentence.
struct PlainParagraph {
  let markdown: Markdown

  /// Reads a text; `nil` when it may hold anything else.
  init?(of text: String) {
    var text = text
    guard let read = text.withUTF8({ Self.read($0) }) else { return nil }
    markdown = Markdown(
      blocks: [.paragraph(read.inlines.withoutBreaksInWideText)], lines: [1...read.lineCount],
      links: [], codeBlocks: [])
  }

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>,
  ) -> (inlines: [MarkdownInline], lineCount: Int)? {
    var inlines: [MarkdownInline] = []
    var lineCount = 1
    var start = 0
    var index = 0
    var isAtLineStart = true
    func endText() {
      if start < index { inlines.append(.text(string(bytes[start..<index]))) }
    }
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\n"):
        // Spaces before a line end may break the line; the end of the text is none.
        guard !isAtLineStart, bytes[index - 1] != UInt8(ascii: " ") else { return nil }
        endText()
        start = index + 1
        isAtLineStart = true
        if start < bytes.count {
          inlines.append(.softBreak)
          lineCount += 1
        }
        index += 1
        continue
      case UInt8(ascii: "`"):
        guard let end = endOfCode(in: bytes, from: index + 1) else { return nil }
        endText()
        inlines.append(.code(string(bytes[(index + 1)..<end])))
        index = end
        start = end + 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        0x80...0xFF:
        break
      default:
        if isAtLineStart || !isPunctuation(byte) { return nil }
      }
      isAtLineStart = false
      index += 1
    }
    guard let last = bytes.last, last != UInt8(ascii: " ") else { return nil }
    endText()
    return (inlines, lineCount)
  }

  /// Where the backquote stands that ends a code; `nil` when that is not plain to see.
  ///
  /// **Source:** CommonMark 0.30, section 6.1: spaces at both ends are cut off, and a backquote
  /// beside another one does not end a code.
  private static func endOfCode(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int,
  ) -> Int? {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "`") {
      if bytes[end] < 0x20 { return nil }
      end += 1
    }
    guard end < bytes.count, end > start, bytes[start] != UInt8(ascii: " "),
      bytes[end - 1] != UInt8(ascii: " ")
    else { return nil }
    return end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "`") ? nil : end
  }

  /// Whether a byte that begins no line means nothing but itself.
  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: ","),
      UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "/"),
      UInt8(ascii: "?"), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "+"),
      UInt8(ascii: "%"):
      true
    default: false
    }
  }

  private static func string(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
