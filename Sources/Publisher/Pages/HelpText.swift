/// Reads the texts of the option parser, which are shown by `--help` too and so have no markup:
/// paragraphs with blank lines between them, code in single quotes.
enum HelpText {
  /// The paragraphs as blocks of a page.
  static func blocks(_ text: String) -> [PageBlock] {
    paragraphs(text).map { .paragraph(inlines($0)) }
  }

  /// The paragraphs, each in one line.
  static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var isBehindBlank = true
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " }
      if words.isEmpty {
        isBehindBlank = true
      } else if isBehindBlank {
        paragraphs.append(String(words))
        isBehindBlank = false
      } else {
        paragraphs[paragraphs.count - 1] += " " + words
      }
    }
    return paragraphs
  }

  /// The words of a text without paragraphs.
  static func inlines(_ text: String) -> [PageInline] {
    var result: [PageInline] = []
    var rest = text[...]
    while let (before, code, after) = firstCode(in: rest) {
      if !before.isEmpty { result.append(.text(String(before))) }
      result.append(.code(String(code)))
      rest = after
    }
    if !rest.isEmpty { result.append(.text(String(rest))) }
    return result
  }

  /// The first quoted words; an apostrophe within a word quotes nothing. Japanese has no spaces
  /// around them.
  private static func firstCode(
    in text: Substring,
  ) -> (before: Substring, code: Substring, after: Substring)? {
    for start in text.indices where text[start] == "'" {
      let before = text[..<start].last
      guard before.map({ $0 == " " || $0 == "(" || !$0.isASCII }) ?? true else { continue }
      let first = text.index(after: start)
      for end in text[first...].indices where text[end] == "'" && end != first {
        let behind = text[text.index(after: end)...]
        guard behind.first.map({ !$0.isASCII || !$0.isLetter && !$0.isNumber }) ?? true else {
          continue
        }
        return (text[..<start], text[first..<end], behind)
      }
    }
    return nil
  }
}
