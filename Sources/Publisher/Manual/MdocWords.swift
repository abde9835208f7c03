/// Running text on its way to mdoc: pieces that are set as text or by a macro, joined or spaced.
///
/// A macro can only stand at the start of a line, so the text around one is broken into lines:
///
/// ```text
/// use (`asyncio.sleep`).       use
///                              .No \&( Ns Ql asyncio.sleep ) .
/// ```
struct MdocWords {
  /// Lines of source are filled up to this width.
  static let width = 78

  /// A piece without white space on either side that would separate it from the next.
  private enum Piece {
    case text(String)
    case code(String)
    /// An address.
    case link(String)
    /// A macro that may follow others on a line, with its arguments.
    case macro(Mdoc.Line)
    case lineBreak
  }

  private enum Emphasis {
    case none, emphasis, strong
  }

  /// Pieces that are joined without space, in order.
  private typealias Run = ArraySlice<Piece>

  private var pieces: [Piece] = []
  /// Where each run begins in ``pieces``.
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
    case .code(let text): append(.code(text))
    case .emphasis(let children): append(children, .emphasis)
    case .strong(let children): append(children, .strong)
    case .link(let url, let children):
      let isAddress = children.plainText == url || children.plainText.allSatisfy(\.isWhitespace)
      if !isAddress {
        append(children, emphasis)
        append(text: " (", .none)
      }
      append(.link(url))
      if !isAddress { append(text: ")", .none) }
    case .rule(let code, _, let children):
      append(children, emphasis)
      append(text: " (", .none)
      append(.macro("Xr \(name: code) 7"))
      append(text: ")", .none)
    case .rulePage(_, let name): append(.macro("Xr \(name: "asyncrules-" + name) 7"))
    case .manual(let name, let section): append(.macro("Xr \(name: name) \(section)"))
    case .program(let name): append(.macro("Nm \(name)"))
    case .command(let name): append(.macro("Cm \(code: name)"))
    case .option(let name):
      // `Fl` writes the first dash itself.
      append(.macro("Fl \(code: String(name.dropFirst()))"))
    case .placeholder(let name): append(.macro("Ar \(code: name)"))
    case .variable(let name): append(.macro("Ev \(code: name)"))
    case .path(let name): append(.macro("Pa \(code: name)"))
    case .lineBreak:
      isSpaced = true
      append(.lineBreak)
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
      for word in words { macro.append(argument: String(word)) }
      append(.macro(macro))
    }
    if text.last == " " || text.last == "\n" { isSpaced = true }
  }

  /// Adds words of visible ASCII.
  private mutating func append(plain text: String) {
    var rest = text[...]
    while let space = rest.utf8.firstIndex(of: UInt8(ascii: " ")) {
      if space > rest.startIndex { append(.text(String(rest[..<space]))) }
      isSpaced = true
      rest = rest[rest.utf8.index(after: space)...]
    }
    if !rest.isEmpty { append(.text(String(rest))) }
  }

  /// A space between Japanese sentences is where `mandoc` can break a line.
  private mutating func append(sentences word: Substring) {
    var rest = word
    while let end = rest.firstIndex(of: "。") {
      let next = rest.index(after: end)
      append(.text(String(rest[..<next])))
      rest = rest[next...]
      isSpaced = !(rest.first.map { "）」』".contains($0) } ?? true)
    }
    if !rest.isEmpty { append(.text(String(rest))) }
  }

  private mutating func append(_ piece: Piece) {
    defer { isSpaced = false }
    guard !isSpaced, let start = starts.last, !isForbidden(piece) else {
      if case .lineBreak = piece, let start = starts.last, case .lineBreak = pieces[start] {
        return
      }
      starts.append(pieces.count)
      pieces.append(piece)
      return
    }
    let last = pieces.count - 1
    if case .text(let text) = piece, last >= start, case .text(let before) = pieces[last] {
      pieces[last] = .text(before + text)
    } else {
      pieces.append(piece)
    }
  }

  /// Whether the piece cannot follow the last run without space: groff's `Lk` takes all that
  /// follows on its line for the name of the link, but for punctuation.
  private func isForbidden(_ piece: Piece) -> Bool {
    guard let start = starts.last,
      let link = pieces[start...].lastIndex(where: { if case .link = $0 { true } else { false } })
    else { return false }
    if case .text(let text) = piece, link >= pieces.count - 2 { return !Self.isClosing(text) }
    return true
  }

  private static func isClosing(_ text: String) -> Bool {
    text.allSatisfy { ".,:;)]?!".contains($0) }
  }

  private static func isLineBreak(_ run: Run) -> Bool {
    if case .lineBreak? = run.first { true } else { false }
  }

  /// The pieces of a run.
  private func run(at index: Int) -> Run {
    pieces[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : pieces.count)]
  }

  /// Writes the text; each sentence starts a line, which lets formatters space them.
  func write(to page: inout Mdoc) {
    var line = ""
    var width = 0
    // A line break at either end breaks nothing.
    var runs = starts.indices
    while let first = runs.first, Self.isLineBreak(run(at: first)) { runs.removeFirst() }
    while let last = runs.last, Self.isLineBreak(run(at: last)) { runs.removeLast() }
    for index in runs {
      let run = run(at: index)
      if let word = Self.word(run) {
        let wordWidth = word.isPlainASCII ? word.utf8.count : word.count
        if !line.isEmpty, width + 1 + wordWidth > Self.width {
          page.text(line)
          line = ""
          width = 0
        }
        if !line.isEmpty {
          line += " "
          width += 1
        }
        line += word
        width += wordWidth
        let next = index + 1 < runs.upperBound ? self.run(at: index + 1) : nil
        if Self.endsSentence(word, before: next) {
          page.text(line)
          line = ""
          width = 0
        }
      } else {
        if !line.isEmpty { page.text(line) }
        line = ""
        width = 0
        page.line(".\(Self.macros(run, isLast: true))")
      }
    }
    if !line.isEmpty { page.text(line) }
  }

  /// The run as the arguments of a macro such as `It`.
  var asArguments: Mdoc.Line {
    var line: Mdoc.Line = ""
    let runs = starts.indices.map(run).filter { !Self.isLineBreak($0) }
    for (index, run) in runs.enumerated() {
      if index > 0 { line.append(" ") }
      line.append(Self.macros(run, isLast: index == runs.count - 1))
    }
    return line
  }

  /// Plain words, each an argument of the macro that the line starts with.
  static func arguments(_ text: String) -> Mdoc.Line {
    var line: Mdoc.Line = ""
    for word in text.split(separator: " ") { line.append(argument: String(word)) }
    return line
  }

  /// The text of a run that needs no macro.
  private static func word(_ run: Run) -> String? {
    if run.count == 1, case .text(let text)? = run.first { return text }
    var word = ""
    for piece in run {
      guard case .text(let text) = piece else { return nil }
      word += text
    }
    return word
  }

  private static func endsSentence(_ word: String, before next: Run?) -> Bool {
    guard hasFullStop(word) else { return false }
    switch next?.first {
    case .text(let text): return text.first?.isUppercase ?? false
    case .code, .link, .macro, .lineBreak, nil: return true
    }
  }

  /// Whether a word ends in a full stop or the like, with quotes and brackets behind it or not.
  private static func hasFullStop(_ word: String) -> Bool {
    guard word.isPlainASCII else {
      return word.last { !")\"”".contains($0) }.map { ".?!".contains($0) } ?? false
    }
    return word.withBytes { bytes in
      let end = bytes.last { $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "\"") }
      return end == UInt8(ascii: ".") || end == UInt8(ascii: "?") || end == UInt8(ascii: "!")
    }
  }

  /// The run as macros on one line, without the dot; `isLast` says that nothing follows there.
  private static func macros(_ run: Run, isLast: Bool) -> Mdoc.Line {
    var line: Mdoc.Line = ""
    let (pieces, ending) = separated(run)
    for (index, piece) in pieces.enumerated() {
      if index > 0 { line.append(" Ns ") }
      switch piece {
      case .lineBreak: line.append("br")
      case .macro(let macro): line.append(macro)
      case .link(let url): line.append("Lk \(url: url)")
      case .text(let text): line.append("No \(text)")
      case .code(let code):
        // groff's `Ql` quotes all that follows on its line.
        let endsLine = isLast && index == pieces.count - 1
        line.append(endsLine ? "Ql \(code: code)" : "So Li \(code: code) Sc")
      }
    }
    for delimiter in ending { line.append(closing(delimiter)) }
    return line
  }

  /// The run without the punctuation at its end, which a macro line takes as arguments.
  private static func separated(_ run: Run) -> (pieces: [Piece], ending: Substring) {
    guard run.count > 1, case .text(let text)? = run.last else { return (Array(run), "") }
    let stem = text.reversed().drop { isClosing(String($0)) }.count
    let word = Piece.text(String(text.prefix(stem)))
    return (Array(run.dropLast()) + (stem > 0 ? [word] : []), text.dropFirst(stem))
  }

  /// A delimiter that a macro line sets without space before it.
  private static func closing(_ delimiter: Character) -> Mdoc.Line {
    switch delimiter {
    case ".": " ."
    case ",": " ,"
    case ":": " :"
    case ";": " ;"
    case ")": " )"
    case "]": " ]"
    case "?": " ?"
    default: " !"
    }
  }
}

extension [PageInline] {
  /// Whether a reader would see nothing of it.
  var isBlank: Bool {
    allSatisfy { inline in
      switch inline {
      case .text(let text), .code(let text), .program(let text), .command(let text),
        .option(let text), .placeholder(let text), .variable(let text), .path(let text):
        text.isBlank
      case .emphasis(let children), .strong(let children), .link(_, let children),
        .rule(_, _, let children):
        children.isBlank
      case .rulePage, .manual: false
      case .lineBreak: true
      }
    }
  }

  /// The words without markup.
  var plainText: String {
    reduce(into: "") { result, inline in
      switch inline {
      case .text(let text), .code(let text), .program(let text), .command(let text),
        .option(let text), .placeholder(let text), .variable(let text), .path(let text):
        result += text
      case .emphasis(let children), .strong(let children), .link(_, let children),
        .rule(_, _, let children):
        result += children.plainText
      case .rulePage(let code, let name): result += "\(code) \(name)"
      case .manual(let name, let section): result += "\(name)(\(section))"
      case .lineBreak: result += " "
      }
    }
  }
}
