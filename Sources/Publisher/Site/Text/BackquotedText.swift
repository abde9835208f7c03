/// A sentence in which code stands in backquotes, as in summaries, messages and notes.
package struct BackquotedText: Hashable, Sendable {
  /// A run of the sentence.
  package enum Piece: Hashable, Sendable {
    case text(Substring)
    case code(Substring)
  }

  package let pieces: [Piece]

  /// Splits at pairs of backquotes; a last lone backquote stays in the text.
  package init(_ text: String) {
    var pieces: [Piece] = []
    var rest = text[...]
    let mark = UInt8(ascii: "`")
    while let open = rest.utf8.firstIndex(of: mark),
      let close = rest.utf8[rest.utf8.index(after: open)...].firstIndex(of: mark)
    {
      if open > rest.startIndex { pieces.append(.text(rest[..<open])) }
      pieces.append(.code(rest[rest.utf8.index(after: open)..<close]))
      rest = rest[rest.utf8.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(rest)) }
    self.pieces = pieces
  }

  /// With `code` elements.
  package var html: HTML {
    var result = HTML()
    for piece in pieces {
      switch piece {
      case .text(let text): result.append(utf8: text.utf8)
      case .code(let code): result += "<code>\(BreakableCode(String(code)).html)</code>"
      }
    }
    return result
  }

  /// Without the backquotes.
  package var plain: String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text), .code(let text): result += text
      }
    }
    return result
  }
}

/// Code in running text: long dotted names may break after a dot, never elsewhere.
package struct BreakableCode {
  private let code: String

  package init(_ code: String) { self.code = code }

  package var html: HTML {
    guard code.utf8.count > 24 else { return "\(code)" }
    var result = HTML()
    for part in code.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      if !result.isEmpty { result += ".<wbr>" }
      result.append(utf8: part)
    }
    return result
  }
}
