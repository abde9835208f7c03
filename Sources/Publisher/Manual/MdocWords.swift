/// Running text on its way to mdoc: pieces that are set as text or by a macro, joined or spaced.
///
/// A macro can only stand at the start of a line, so the text around one is broken into lines:
///
/// ```text
/// use (`asyncio.sleep`).       use
///                              .No \&( Ns Ql asyncio.sleep ) .
/// ```
struct MdocWords {
  /// A piece without white space on either side that would separate it from the next.
  struct Piece {
    /// How it is set.
    enum Kind {
      case text, code
      /// An address.
      case link
      /// A macro that may follow others on a line, with its arguments: source of mdoc.
      case macro
      case lineBreak
    }

    let kind: Kind
    /// Where its bytes are.
    var place: Range<Int>
  }

  private enum Emphasis {
    case none, emphasis, strong
  }

  /// The bytes of all pieces, one behind the other.
  private var bytes: [UInt8] = []
  private var pieces: [Piece] = []
  /// Where each run of pieces that no space separates begins in ``pieces``.
  private var starts: [Int] = []

  /// Whether there is nothing to write.
  var isEmpty: Bool { starts.isEmpty }
  /// Whether the next piece starts a new run.
  private var isSpaced = true

  init(_ inlines: [PageInline]) {
    append(inlines, .none)
  }

  private mutating func append(_ inlines: [PageInline], _ emphasis: Emphasis) {
    for inline in inlines { append(inline, emphasis) }
  }

  private mutating func append(_ inline: PageInline, _ emphasis: Emphasis) {
    switch inline {
    case .text(let text): append(text: text, emphasis)
    case .code(let text): append(.code, text.utf8)
    case .emphasis(let children): append(children, .emphasis)
    case .strong(let children): append(children, .strong)
    case .link(let url, let children):
      let isAddress = children.plainText == url || children.plainText.allSatisfy(\.isWhitespace)
      if !isAddress {
        append(children, emphasis)
        append(text: " (", .none)
      }
      append(.link, url.utf8)
      if !isAddress { append(text: ")", .none) }
    case .rule(let code, _, let children):
      append(children, emphasis)
      append(text: " (", .none)
      append(macro: "Xr \(name: code) 7")
      append(text: ")", .none)
    case .rulePage(_, let name): append(macro: "Xr \(name: "asyncrules-" + name) 7")
    case .manual(let name, let section): append(macro: "Xr \(name: name) \(section)")
    case .program(let name): append(macro: "Nm \(name)")
    case .command(let name): append(macro: "Cm \(code: name)")
    case .option(let name):
      // `Fl` writes the first dash itself.
      append(macro: "Fl \(code: String(name.dropFirst()))")
    case .placeholder(let name): append(macro: "Ar \(code: name)")
    case .variable(let name): append(macro: "Ev \(code: name)")
    case .path(let name): append(macro: "Pa \(code: name)")
    case .lineBreak:
      isSpaced = true
      append(.lineBreak, [])
      isSpaced = true
    }
  }

  private mutating func append(text: String, _ emphasis: Emphasis) {
    if emphasis == .none, text.isPlainASCII { return append(plain: text) }
    let words = text.split { $0 == " " || $0 == "\n" }
    guard let first = words.first else {
      if !text.isEmpty { isSpaced = true }
      return
    }
    if text.first == " " || text.first == "\n" { isSpaced = true }
    switch emphasis {
    case .none:
      append(sentences: first)
      for word in words.dropFirst() {
        isSpaced = true
        append(sentences: word)
      }
    case .emphasis, .strong:
      // Each word is an argument of its own, so that the line can break between them.
      var macro: Mdoc.Line = emphasis == .strong ? "Sy" : "Em"
      for word in words { macro.append(argument: word.utf8) }
      append(macro: macro)
    }
    if text.last == " " || text.last == "\n" { isSpaced = true }
  }

  /// Adds words of visible ASCII.
  private mutating func append(plain text: String) {
    text.withBytes { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: " ") {
        if start < index { append(.text, bytes[start..<index]) }
        isSpaced = true
        start = index + 1
      }
      if start < bytes.count { append(.text, bytes[start...]) }
    }
  }

  /// A space between Japanese sentences is where `mandoc` can break a line.
  private mutating func append(sentences word: Substring) {
    var rest = word
    while let end = rest.firstIndex(of: "。") {
      let next = rest.index(after: end)
      append(.text, rest[..<next].utf8)
      rest = rest[next...]
      isSpaced = !(rest.first.map { "）」』".contains($0) } ?? true)
    }
    if !rest.isEmpty { append(.text, rest.utf8) }
  }

  private mutating func append(macro: Mdoc.Line) { append(.macro, macro.bytes) }

  private mutating func append(_ kind: Piece.Kind, _ source: some Collection<UInt8>) {
    defer { isSpaced = false }
    let startsRun = isSpaced || starts.isEmpty || isForbidden(kind, source)
    if startsRun, kind == .lineBreak, let start = starts.last, pieces[start].kind == .lineBreak {
      return
    }
    let first = bytes.count
    bytes.append(contentsOf: source)
    if startsRun {
      starts.append(pieces.count)
    } else if kind == .text, pieces[pieces.count - 1].kind == .text {
      pieces[pieces.count - 1].place = pieces[pieces.count - 1].place.lowerBound..<bytes.count
      return
    }
    pieces.append(Piece(kind: kind, place: first..<bytes.count))
  }

  /// Whether the piece cannot follow the last run without space: groff's `Lk` takes all that
  /// follows on its line for the name of the link, but for punctuation.
  private func isForbidden(_ kind: Piece.Kind, _ source: some Sequence<UInt8>) -> Bool {
    guard let start = starts.last,
      let link = pieces[start...].lastIndex(where: { $0.kind == .link })
    else { return false }
    if kind == .text, link >= pieces.count - 2 { return !source.allSatisfy(Self.isClosing) }
    return true
  }

  /// Whether a byte is punctuation that a macro line takes as an argument.
  static func isClosing(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"),
      UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "!"):
      true
    default: false
    }
  }

  /// How many runs there are.
  var runCount: Int { starts.count }

  /// The pieces of a run, which are joined without space.
  func run(at index: Int) -> ArraySlice<Piece> {
    pieces[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : pieces.count)]
  }

  /// Calls a function with the bytes at a place.
  @inline(__always)
  func withBytes<Result>(
    at place: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result,
  ) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[place])) }
  }

  /// The text at a place.
  func text(at place: Range<Int>) -> String { String(decoding: bytes[place], as: UTF8.self) }

  /// Plain words, each an argument of the macro that the line starts with.
  static func arguments(_ text: String) -> Mdoc.Line {
    var line: Mdoc.Line = ""
    if text.isPlainASCII {
      for word in text.utf8.split(separator: UInt8(ascii: " ")) { line.append(argument: word) }
    } else {
      for word in text.split(separator: " ") { line.append(argument: word.utf8) }
    }
    return line
  }
}
