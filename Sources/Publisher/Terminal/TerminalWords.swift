/// Running text on its way to a terminal: words with looks, broken into lines of a width.
struct TerminalWords {
  /// A piece of a word in one look.
  private struct Piece {
    let text: String
    let look: TerminalStyle.Look?
    /// Whether it is all visible ASCII, between which no line may be broken.
    let isPlain: Bool
    let width: Int

    init(_ text: String, _ look: TerminalStyle.Look?) {
      self.text = text
      self.look = look
      isPlain = text.isPlainASCII
      width = isPlain ? text.utf8.count : text.displayWidth
    }
  }

  /// Code of this many columns or fewer is kept on one line.
  private static let longestUnbroken = 30

  /// What is kept on one line, made of pieces without space between them.
  private struct Word {
    var pieces: [Piece]
    /// Whether a space stands before it, unless it begins a line.
    let isSpaced: Bool

    var width: Int {
      var width = 0
      for piece in pieces { width += piece.width }
      return width
    }
  }

  /// `nil` is a line break.
  private var words: [Word?] = []
  private var isSpaced = true
  private let style: TerminalStyle

  init(_ inlines: [PageInline], style: TerminalStyle) {
    self.style = style
    append(inlines, nil)
  }

  private mutating func append(_ inlines: [PageInline], _ look: TerminalStyle.Look?) {
    for inline in inlines { append(inline, look) }
  }

  private mutating func append(_ inline: PageInline, _ look: TerminalStyle.Look?) {
    switch inline {
    case .text(let text): append(text, look)
    case .code(let text): append(code: text)
    case .emphasis(let children): append(children, .emphasis)
    case .strong(let children): append(children, .strong)
    case .link(let url, let children):
      append(children, look)
      let text = children.plainText
      if text != url {
        append(" <", look)
        append(piece: url.visible, .link)
        append(">", look)
      }
    case .rule(let code, _, let children):
      append(children, look)
      append(" (\(code))", look)
    case .rulePage(let code, let name): append("\(code) \(name)", look)
    case .manual(let name, let section): append("\(name)(\(section))", look)
    case .program(let text), .command(let text), .option(let text): append(text, .strong)
    case .variable(let text): append(text, look)
    case .placeholder(let text), .path(let text): append(text, .emphasis)
    case .lineBreak:
      words.append(nil)
      isSpaced = true
    }
  }

  /// Without colours quotes say what is code; long code may be broken at its spaces.
  private mutating func append(code: String) {
    let text = style.isColored ? code.visible : "`\(code.visible)`"
    guard text.displayWidth > Self.longestUnbroken else {
      append(piece: text, .code)
      return
    }
    for (index, word) in text.split(separator: " ").enumerated() {
      if index > 0 { isSpaced = true }
      append(piece: String(word), .code)
    }
  }

  private mutating func append(_ text: String, _ look: TerminalStyle.Look?) {
    guard !text.isPlainASCII else { return append(plain: text, look) }
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" }
    for (index, word) in text.split(omittingEmptySubsequences: false, whereSeparator: isBlank)
      .enumerated()
    {
      if index > 0 { isSpaced = true }
      for piece in LineBreaking.pieces(of: String(word).visible) where !piece.isEmpty {
        append(piece: piece, look)
      }
    }
  }

  /// Adds the words of visible ASCII.
  private mutating func append(plain text: String, _ look: TerminalStyle.Look?) {
    var rest = text[...]
    while let space = rest.utf8.firstIndex(of: UInt8(ascii: " ")) {
      if space > rest.startIndex { append(piece: String(rest[..<space]), look) }
      isSpaced = true
      rest = rest[rest.utf8.index(after: space)...]
    }
    if !rest.isEmpty { append(piece: String(rest), look) }
  }

  private mutating func append(piece text: String, _ look: TerminalStyle.Look?) {
    let piece = Piece(text, look)
    if !isSpaced, let word = words.last, let last = word?.pieces.last,
      Self.isJoined(last, piece)
    {
      words[words.count - 1]?.pieces.append(piece)
    } else {
      words.append(Word(pieces: [piece], isSpaced: isSpaced))
    }
    isSpaced = false
  }

  /// Whether no line may be broken between two pieces that no space separates.
  private static func isJoined(_ left: Piece, _ right: Piece) -> Bool {
    if left.isPlain, right.isPlain { return !left.text.isEmpty && !right.text.isEmpty }
    guard let last = left.text.last, let first = right.text.first else { return false }
    return !LineBreaking.mayBreak(between: last, and: first)
  }

  /// The lines, without indentation; a word that is too wide has a line of its own.
  func lines(width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    for word in words {
      guard let word else {
        lines.append(line)
        line = ""
        lineWidth = 0
        continue
      }
      let wordWidth = word.width
      let space = word.isSpaced ? 1 : 0
      if lineWidth > 0, lineWidth + space + wordWidth > width {
        lines.append(line)
        line = ""
        lineWidth = 0
      }
      if lineWidth > 0, word.isSpaced {
        line += " "
        lineWidth += 1
      }
      for piece in word.pieces {
        line += piece.look.map { style.text(piece.text, $0) } ?? piece.text
      }
      lineWidth += wordWidth
    }
    if lineWidth > 0 { lines.append(line) }
    return lines
  }

  /// The columns of the text on a single line.
  var width: Int {
    words.reduce(into: 0) { total, word in
      total += (total > 0 && word?.isSpaced ?? true ? 1 : 0) + (word?.width ?? 0)
    }
  }
}
