/// Turns source bytes into tokens; layout becomes `newline`, `indent` and `dedent` tokens.
///
/// The lexer never fails: a lexical error is a token of kind `error` and the text goes on after it.
/// It reads from a copy of the source that ends with zero bytes, so that no loop tests for the end.
///
/// **Source:** <https://docs.python.org/3.13/reference/lexical_analysis.html> and CPython's
/// `Parser/lexer/lexer.c`.
struct Lexer {
  /// An open bracket; a replacement field of an f-string is one too.
  struct Bracket: BitwiseCopyable {
    let token: UInt32
    let byte: UInt8
    let isReplacementField: Bool
    /// Whether the field is behind its colon.
    var isInSpecification: Bool
  }

  /// An f-string or t-string that has begun.
  struct FormattedString: BitwiseCopyable {
    let flags: StringFlags
    /// The number of open brackets outside the string.
    let bracketDepth: Int
    let start: Int
  }

  struct Indentation: BitwiseCopyable {
    /// The column with tabs to multiples of eight.
    let column: Int
    /// The column with every tab as one; both must agree on deeper or shallower.
    let tabColumn: Int
  }

  static let maximumBrackets = 200
  static let maximumIndentations = 100
  static let maximumFormattedStrings = 149
  /// Replacement fields in the specifications of replacement fields of one f-string.
  static let maximumFieldNesting = 3

  let bytes: UnsafePointer<UInt8>
  let count: Int
  let isNotebook: Bool
  var tokens: TokenBuffer
  var names: NameInterner
  var errors: [SyntaxError] = []
  var hasUnclosedBracket = false
  var lines = LineCounter()
  var brackets: GrowingBuffer<Bracket>
  var formattedStrings: GrowingBuffer<FormattedString>
  var indentations: GrowingBuffer<Indentation>

  /// Prepares to lex; the bytes at `count` and the fifteen after it must be zero.
  init(bytes: UnsafePointer<UInt8>, count: Int, isNotebook: Bool) {
    self.bytes = bytes
    self.count = count
    self.isNotebook = isNotebook
    // The standard library has one token per 4.8 bytes.
    tokens = TokenBuffer(capacity: count / 4 + 32)
    names = NameInterner(sourceCount: count)
    brackets = GrowingBuffer(capacity: 64)
    formattedStrings = GrowingBuffer(capacity: 8)
    indentations = GrowingBuffer(capacity: 32)
    indentations.append(Indentation(column: 0, tabColumn: 0))
  }

  func free() {
    tokens.free()
    names.free()
    brackets.free()
    formattedStrings.free()
    indentations.free()
  }

  /// Lexes the whole source; the last tokens are the closing dedents and `endOfFile`.
  mutating func run() {
    var at = 0
    if count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    at = startLine(at)
    let classes = CharacterClass.table.utf8Start
    while true {
      var byte = bytes[at]
      while byte == 0x20 {
        at &+= 1
        byte = bytes[at]
      }
      switch byte {
      case 0x61...0x7A, 0x41...0x5A, 0x5F:
        var end = at &+ 1
        while classes[Int(bytes[end])] == CharacterClass.identifier { end &+= 1 }
        let next = bytes[end]
        if next >= 0x80 {
          at = lexNonASCIIName(at)
        } else if next == 0x22 || next == 0x27, end &- at <= 2,
          let flags = stringPrefix(at, end)
        {
          at = lexString(start: at, quote: end, flags: flags)
        } else {
          let id = names.intern(bytes + at, count: end &- at)
          if id < ReservedWords.keywordCount {
            at = appendKeyword(id, at, end)
          } else {
            tokens.append(.name, at, end, id)
            at = end
          }
        }
      case 0x30...0x39:
        at = lexNumber(at)
      case 0x0A, 0x0D:
        at = lexLineBreak(at)
      case 0x09, 0x0C:
        at &+= 1
      case 0x23:
        at = endOfLine(from: at)
      case 0x22, 0x27:
        at = lexString(start: at, quote: at, flags: [])
      case 0x28, 0x5B, 0x7B:
        at = openBracket(at, byte)
      case 0x29, 0x5D, 0x7D:
        at = closeBracket(at, byte)
      case 0x2E:
        if bytes[at &+ 1] &- 0x30 < 10 {
          at = lexNumber(at)
        } else if bytes[at &+ 1] == 0x2E, bytes[at &+ 2] == 0x2E {
          tokens.append(.ellipsis, at, at &+ 3)
          at &+= 3
        } else {
          tokens.append(.dot, at, at &+ 1)
          at &+= 1
        }
      case 0x2C:
        tokens.append(.comma, at, at &+ 1)
        at &+= 1
      case 0x3A:
        at = lexColon(at)
      case 0x3D:
        if bytes[at &+ 1] == 0x3D {
          tokens.append(.equalEqual, at, at &+ 2)
          at &+= 2
        } else {
          tokens.append(.equal, at, at &+ 1)
          at &+= 1
        }
      case 0x5C:
        at = lexContinuation(at)
      case 0:
        if at >= count {
          finish(at)
          return
        }
        report(at, at + 1, "source code cannot contain null bytes")
        at &+= 1
      case 0x80...0xFF:
        at = lexNonASCIIName(at)
      default:
        at = lexOperator(at, byte)
      }
    }
  }

  // MARK: Lines

  /// Ends the line at a line break, or skips the break inside brackets.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func lexLineBreak(_ at: Int) -> Int {
    let next = bytes[at] == 0x0D && bytes[at &+ 1] == 0x0A ? at &+ 2 : at &+ 1
    if brackets.count > 0 {
      return isNotebook ? skipMagics(next) : next
    }
    let last = tokens.count &- 1
    if last >= 0 {
      switch tokens.kinds[last] {
      case .newline, .indent, .dedent: break
      default: tokens.append(.newline, at, next)
      }
    }
    return startLine(next)
  }

  /// Skips blank lines and turns the indentation of the next line into tokens.
  mutating func startLine(_ start: Int) -> Int {
    var at = start
    while true {
      if isNotebook { at = skipMagics(at) }
      var column = 0
      var tabColumn = 0
      var continued = 0
      scan: while true {
        switch bytes[at] {
        case 0x20:
          column &+= 1
          tabColumn &+= 1
          at &+= 1
        case 0x09:
          column = (column / 8 + 1) * 8
          tabColumn &+= 1
          at &+= 1
        case 0x0C:
          column = 0
          tabColumn = 0
          at &+= 1
        case 0x5C:
          // The first backslash decides the indentation of what follows.
          if continued == 0 { continued = column }
          let next = lineBreakEnd(at + 1)
          guard next > at + 1, next < count else { break scan }
          at = next
        default:
          break scan
        }
      }
      switch bytes[at] {
      case 0x23:
        at = endOfLine(from: at)
        let next = lineBreakEnd(at)
        if next == at { return at }
        at = next
        continue
      case 0x0A, 0x0D:
        at = lineBreakEnd(at)
        continue
      case 0 where at >= count:
        return at
      default:
        break
      }
      if continued != 0 {
        column = continued
        tabColumn = continued
      }
      indent(to: Indentation(column: column, tabColumn: tabColumn), at: at)
      return at
    }
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func indent(to new: Indentation, at: Int) {
    let old = indentations[indentations.count &- 1]
    if new.column == old.column {
      if new.tabColumn != old.tabColumn { reportTabs(at) }
      return
    }
    if new.column > old.column {
      if indentations.count >= Lexer.maximumIndentations {
        report(at, at, "too many levels of indentation")
        // Deeper lines are read as if they stood at this level.
        return
      }
      if new.tabColumn <= old.tabColumn { reportTabs(at) }
      indentations.append(new)
      tokens.append(.indent, at, at)
      return
    }
    dedent(to: new, at: at)
  }

  private mutating func dedent(to new: Indentation, at: Int) {
    while indentations.count > 1, new.column < indentations[indentations.count - 1].column {
      indentations.truncate(to: indentations.count - 1)
      tokens.append(.dedent, at, at)
    }
    let old = indentations[indentations.count - 1]
    if new.column != old.column {
      report(at, at, "unindent does not match any outer indentation level")
    } else if new.tabColumn != old.tabColumn {
      reportTabs(at)
    }
  }

  private mutating func reportTabs(_ at: Int) {
    report(at, at, "inconsistent use of tabs and spaces in indentation")
  }

  /// The offset after the line break at an offset; the offset itself when there is none.
  func lineBreakEnd(_ at: Int) -> Int {
    if bytes[at] == 0x0A { return at + 1 }
    if bytes[at] == 0x0D { return bytes[at + 1] == 0x0A ? at + 2 : at + 1 }
    return at
  }

  /// The offset of the next line break or of the end.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  func endOfLine(from start: Int) -> Int {
    var at = start
    let raw = UnsafeRawPointer(bytes)
    while true {
      let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      // Bytes 0x00 to 0x0D may be a line break or the end; other controls are passed below.
      let low = ByteScan.bytes(in: word, below: 0x0E)
      if low == 0 {
        at &+= 8
        continue
      }
      at &+= low.trailingZeroBitCount &>> 3
      let byte = bytes[at]
      if byte == 0x0A || byte == 0x0D || (byte == 0 && at >= count) { return at }
      at &+= 1
    }
  }

  private mutating func lexContinuation(_ at: Int) -> Int {
    let next = lineBreakEnd(at + 1)
    if next > at + 1 {
      if next >= count { report(at, next, "unexpected EOF while parsing") }
      return next
    }
    if at + 1 >= count {
      report(at, at + 1, "unexpected EOF while parsing")
      return at + 1
    }
    report(at + 1, at + 2, "unexpected character after line continuation character")
    return endOfLine(from: at)
  }

  private mutating func finish(_ at: Int) {
    if let last = brackets.count > 0 ? brackets[brackets.count - 1] : nil {
      reportUnclosed(last, at: at)
      brackets.truncate(to: 0)
      formattedStrings.truncate(to: 0)
    }
    if tokens.count > 0 {
      switch tokens.kinds[tokens.count - 1] {
      case .newline, .indent, .dedent: break
      default: tokens.append(.newline, at, at)
      }
    }
    for _ in 1..<max(indentations.count, 1) { tokens.append(.dedent, at, at) }
    tokens.append(.endOfFile, at, at)
    // The parser looks a few tokens ahead without asking for the end.
    tokens.append(.endOfFile, at, at)
    tokens.append(.endOfFile, at, at)
  }

  // MARK: Errors

  /// Records an error and stands a token for it.
  mutating func report(_ start: Int, _ end: Int, _ message: StaticString) {
    report(start, end, Message(message).bytes)
  }

  /// Records an error and stands a token for it.
  mutating func report(_ start: Int, _ end: Int, _ message: [UInt8]) {
    let span = ByteSpan(start: UInt32(min(start, count)), end: UInt32(min(end, count)))
    tokens.append(.error, Int(span.start), Int(span.end), UInt32(errors.count))
    errors.append(SyntaxError(span: span, message: message, isFromCompiler: false))
  }

  /// Reports a bracket that the text ends without closing.
  mutating func reportUnclosed(_ bracket: Bracket, at: Int) {
    let open = Int(tokens.tokens[Int(bracket.token)].start)
    hasUnclosedBracket = hasUnclosedBracket || !bracket.isReplacementField
    if bracket.isReplacementField {
      report(open, open + 1, Message(prefix(of: formattedStrings), ": expecting '}'").bytes)
    } else {
      report(open, open + 1, Message("'", [bracket.byte], "' was never closed").bytes)
    }
  }

  private func prefix(of strings: GrowingBuffer<FormattedString>) -> StaticString {
    guard strings.count > 0 else { return "f-string" }
    return strings[strings.count - 1].flags.contains(.template) ? "t-string" : "f-string"
  }
}

/// The classes of bytes, as a table that needs no initialisation.
enum CharacterClass {
  static let identifier = UInt8(ascii: "i")

  /// One character per byte value up to 127, then dots.
  static var table: StaticString {
    """
    ................................................iiiiiiiiii.......iiiiiiiiiiiiiiiiiiiiiiiiii\
    ....i.iiiiiiiiiiiiiiiiiiiiiiiiii............................................................\
    .........................................................................
    """
  }
}

/// Tests of eight bytes at once.
enum ByteScan {
  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The high bit of every byte below a limit (at most 128); exact up to the first such byte.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  static func bytes(in word: UInt64, below limit: UInt8) -> UInt64 {
    (word &- ones &* UInt64(limit)) & ~word & highs
  }

  /// The high bit of every byte equal to another; exact up to the first such byte.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  static func bytes(in word: UInt64, equalTo byte: UInt8) -> UInt64 {
    let difference = word ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & highs
  }
}
