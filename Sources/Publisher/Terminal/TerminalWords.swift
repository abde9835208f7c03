/// Running text on its way to a terminal: words with looks, broken into lines of a width.
struct TerminalWords {
  /// A piece of a word in one look.
  private struct Piece {
    /// Its place in ``text``.
    let place: Range<Int>
    let look: TerminalStyle.Look?
    /// Whether it is all visible ASCII, between which no line may be broken.
    let isPlain: Bool
    let width: Int
  }

  /// Code of this many columns or fewer is kept on one line.
  private static let longestUnbroken = 30

  /// What is kept on one line, made of pieces without space between them; a line break has none.
  private struct Word {
    /// Where its pieces begin in ``pieces``; they end where those of the next word begin.
    let firstPiece: Int
    /// Whether a space stands before it, unless it begins a line.
    let isSpaced: Bool
    let isLineBreak: Bool
    var width = 0
  }

  /// The texts of all pieces, one behind the other.
  private var text: [UInt8] = []
  private var pieces: [Piece] = []
  private var words: [Word] = []
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
      words.append(Word(firstPiece: pieces.count, isSpaced: false, isLineBreak: true))
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
    text.withBytes { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: " ") {
        if start < index { append(plain: bytes[start..<index], look) }
        isSpaced = true
        start = index + 1
      }
      if start < bytes.count { append(plain: bytes[start...], look) }
    }
  }

  private mutating func append(
    plain word: Slice<UnsafeBufferPointer<UInt8>>, _ look: TerminalStyle.Look?,
  ) {
    let start = text.count
    text.append(contentsOf: word)
    append(
      Piece(place: start..<text.count, look: look, isPlain: true, width: text.count - start))
  }

  private mutating func append(piece word: String, _ look: TerminalStyle.Look?) {
    let start = text.count
    text.append(contentsOf: word.utf8)
    let isPlain = word.isPlainASCII
    append(
      Piece(
        place: start..<text.count, look: look, isPlain: isPlain,
        width: isPlain ? text.count - start : word.displayWidth))
  }

  private mutating func append(_ piece: Piece) {
    if isSpaced || !joinsLast(piece) {
      words.append(Word(firstPiece: pieces.count, isSpaced: isSpaced, isLineBreak: false))
    }
    words[words.count - 1].width += piece.width
    pieces.append(piece)
    isSpaced = false
  }

  /// Whether no line may be broken between the last piece and one that no space separates from it.
  private func joinsLast(_ right: Piece) -> Bool {
    guard let word = words.last, !word.isLineBreak, let left = pieces.last else { return false }
    if left.isPlain, right.isPlain { return !left.place.isEmpty && !right.place.isEmpty }
    guard let last = string(left).last, let first = string(right).first else { return false }
    return !LineBreaking.mayBreak(between: last, and: first)
  }

  private func string(_ piece: Piece) -> String {
    String(decoding: text[piece.place], as: UTF8.self)
  }

  /// Writes the lines, each with its line feed and, unless it is empty, set in; a word that is too
  /// wide has a line of its own.
  ///
  /// - Parameter width: What is left of the width behind the margin.
  func write(width: Int, margin: Int, to output: inout [UInt8]) {
    var line = Line(start: output.count)
    func end() {
      // A line of nothing is not set in.
      if line.isBegun, output.count == line.start + margin { output.removeLast(margin) }
      output.append(UInt8(ascii: "\n"))
      line = Line(start: output.count)
    }
    for (index, word) in words.enumerated() {
      if word.isLineBreak {
        end()
        continue
      }
      let space = word.isSpaced ? 1 : 0
      if line.width > 0, line.width + space + word.width > width { end() }
      if !line.isBegun {
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: margin))
        line.isBegun = true
      }
      if line.width > 0, word.isSpaced {
        output.append(UInt8(ascii: " "))
        line.width += 1
      }
      let last = index + 1 < words.count ? words[index + 1].firstPiece : pieces.count
      for piece in pieces[word.firstPiece..<last] { append(piece, to: &output) }
      line.width += word.width
    }
    if line.width > 0 { end() } else { output.removeLast(output.count - line.start) }
  }

  /// A line that is being written.
  private struct Line {
    let start: Int
    /// Whether the margin has been written.
    var isBegun = false
    var width = 0
  }

  private func append(_ piece: Piece, to output: inout [UInt8]) {
    if let look = piece.look, style.isColored {
      output += style.text(string(piece), look).utf8
    } else {
      output += text[piece.place]
    }
  }

  /// The text without breaks.
  var singleLine: String {
    var line: [UInt8] = []
    write(width: .max, margin: 0, to: &line)
    if !line.isEmpty { line.removeLast() }
    for index in line.indices where line[index] == UInt8(ascii: "\n") {
      line[index] = UInt8(ascii: " ")
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// The columns of the text on a single line.
  var width: Int {
    words.reduce(into: 0) { total, word in
      total += (total > 0 && (word.isSpaced || word.isLineBreak) ? 1 : 0) + word.width
    }
  }
}
