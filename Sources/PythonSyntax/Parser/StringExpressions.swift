// Strings, implicit concatenation, f-strings and t-strings.

/// How the value of a string constant is put together from pieces of source.
struct StringSegment {
  /// The text between the quotes.
  let start: UInt32
  let end: UInt32
  let flags: StringFlags

  /// The slots that one segment takes in `extra`.
  static let slotCount: UInt32 = 3
}

extension Parser {
  /// Parses one or more adjacent string literals.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseStrings() -> Node {
    if kind == .string, nextKind != .string, nextKind != .fstringStart {
      let token = tokens[index]
      let flags = StringFlags(rawValue: token.payload)
      let isBytes = flags.contains(.bytes)
      if isBytes || hasEscape(token) { checkString(token, flags) }
      advance()
      let constant: ConstantKind = isBytes ? .bytes : .string
      let unicode: UInt8 = flags.contains(.unicode) ? ConstantFlag.unicodePrefix : 0
      return builder.add(
        .constant, token.start, token.end, Parser.none, 0, flag: constant.rawValue | unicode)
    }
    return parseStringRun()
  }

  /// Parses a run of literals, or a formatted one.
  @inline(never)
  private mutating func parseStringRun() -> Node {
    let start = start
    var run = StringRun()
    var bytesCount = 0
    var textCount = 0
    let first = index
    let mark = builder.scratch.count
    loop: while !isPanicking {
      switch kind {
      case .string:
        let token = tokens[index]
        let flags = StringFlags(rawValue: token.payload)
        if flags.contains(.bytes) { bytesCount += 1 } else { textCount += 1 }
        run.hasOther = true
        checkString(token, flags)
        let quotes: UInt32 = flags.contains(.triple) ? 3 : 1
        run.add(
          StringSegment(
            start: token.start + prefixLength(token, quotes), end: token.end - quotes,
            flags: flags),
          token)
        advance()
      case .fstringStart:
        textCount += 1
        parseFormattedString(&run)
      default:
        break loop
      }
    }
    if bytesCount > 0, textCount > 0 {
      fail(
        at: ByteSpan(start: tokens[first].start, end: previousEnd),
        "cannot mix bytes and nonbytes literals")
    }
    if run.hasTemplate, run.hasOther {
      fail(
        at: ByteSpan(start: tokens[first].start, end: previousEnd),
        "cannot mix t-string literals with string or bytes literals")
    }
    if !run.isFormatted {
      return addConstant(run.segments, start, previousEnd, bytesCount > 0 ? .bytes : .string)
    }
    flush(&run)
    let list = builder.list(from: mark)
    return builder.add(
      run.hasTemplate ? .templateStr : .joinedStr, start, previousEnd, list.start, list.count)
  }

  /// The length of the prefix and the opening quotes of a string token.
  private func prefixLength(_ token: Token, _ quotes: UInt32) -> UInt32 {
    var length: UInt32 = 0
    while bytes[Int(token.start + length)] != 0x22, bytes[Int(token.start + length)] != 0x27 {
      length += 1
    }
    return length + quotes
  }

  /// Adds a constant that is put together from segments.
  private mutating func addConstant(
    _ segments: [StringSegment], _ start: UInt32, _ end: UInt32, _ constant: ConstantKind
  ) -> Node {
    let e = builder.extraCount
    for segment in segments {
      builder.addExtra(segment.start)
      builder.addExtra(segment.end)
      builder.addExtra(segment.flags.rawValue)
    }
    let isUnicode = segments.first?.flags.contains(.unicode) ?? false
    return builder.add(
      .constant, start, end, e, UInt32(segments.count),
      flag: constant.rawValue | (isUnicode ? ConstantFlag.unicodePrefix : 0))
  }

  /// Pushes the text collected so far as a constant, unless it is empty.
  private mutating func flush(_ run: inout StringRun) {
    defer { run.segments.removeAll() }
    guard run.segments.contains(where: { !isEmpty($0) }) else { return }
    builder.push(addConstant(run.segments, run.start, run.end, .string))
  }

  /// Whether a segment has no text: nothing, or only continued lines.
  private func isEmpty(_ segment: StringSegment) -> Bool {
    var at = Int(segment.start)
    let end = Int(segment.end)
    guard !segment.flags.contains(.raw) else { return at == end }
    while at < end {
      guard bytes[at] == 0x5C, bytes[at + 1] == 0x0A || bytes[at + 1] == 0x0D else { return false }
      at += bytes[at + 1] == 0x0D && bytes[at + 2] == 0x0A ? 3 : 2
    }
    return true
  }

  // MARK: Fields

  private mutating func parseFormattedString(_ run: inout StringRun) {
    let flags = StringFlags(rawValue: tokens[index].payload)
    run.isFormatted = true
    if flags.contains(.template) { run.hasTemplate = true } else { run.hasOther = true }
    advance()
    while !isPanicking {
      switch kind {
      case .fstringMiddle:
        addText(&run)
      case .leftBrace:
        parseField(&run, flags)
      case .fstringEnd:
        advance()
        return
      default:
        fail("invalid syntax")
      }
    }
    // After an error the string is left behind, so that the line goes on after it.
    var depth = 1
    while depth > 0, kind != .newline, kind != .endOfFile {
      if kind == .fstringStart { depth += 1 }
      if kind == .fstringEnd { depth -= 1 }
      advance()
    }
  }

  private mutating func addText(_ run: inout StringRun) {
    let token = tokens[index]
    let flags = StringFlags(rawValue: token.payload)
    checkEscapes(token.start, token.end, flags)
    run.add(StringSegment(start: token.start, end: token.end, flags: flags), token)
    advance()
  }

  /// Parses one `{…}` and pushes the text before it and its node.
  ///
  /// The text is made last because `{value=}` adds to it; siblings need no order in the arrays.
  private mutating func parseField(_ run: inout StringRun, _ flags: StringFlags) {
    let isTemplate = flags.contains(.template)
    let name: StaticString = isTemplate ? "t-string" : "f-string"
    let open = tokens[index]
    let fieldIndex = index
    advance()
    checkFieldStart(name)
    let value = parseAssignedValue()
    let textEnd = previousEnd
    let isDebug = accept(.equal)
    let debugEnd = start
    var conversion: UInt8 = 0
    if kind == .exclamation { conversion = parseConversion(name) }
    var specification = Parser.none
    if kind == .colon, !isPanicking { specification = parseSpecification(flags) }
    if !isPanicking {
      if kind == .rightBrace {
        advance()
      } else {
        failFieldEnd(name, isDebug: isDebug, hasConversion: conversion != 0)
      }
    }
    if isDebug {
      if conversion == 0, specification == Parser.none { conversion = UInt8(ascii: "r") }
      addDebugText(&run, from: fieldIndex, to: debugEnd)
    }
    let field: Node
    if isTemplate {
      let e = builder.extraCount
      builder.addExtra(specification)
      builder.addExtra(open.end)
      builder.addExtra(textEnd)
      field = builder.add(.interpolation, open.start, previousEnd, value, e, flag: conversion)
    } else {
      field = builder.add(
        .formattedValue, open.start, previousEnd, value, specification, flag: conversion)
    }
    flush(&run)
    builder.push(field)
  }

  /// Adds the source of `{value=}` to the text before it, without comments.
  private mutating func addDebugText(_ run: inout StringRun, from field: Int, to end: UInt32) {
    let start = tokens[field].end
    var segmentStart = start
    var token = field
    func add(to segmentEnd: UInt32) {
      run.add(
        StringSegment(start: segmentStart, end: segmentEnd, flags: [.raw, .specification]),
        Token(start: start, end: end, payload: 0))
    }
    while tokens[token].end < end {
      // Only a comment has a number sign between tokens.
      var at = tokens[token].end
      token += 1
      while at < min(tokens[token].start, end) {
        if bytes[Int(at)] == 0x23 {
          add(to: at)
          while at < end, bytes[Int(at)] != 0x0A, bytes[Int(at)] != 0x0D { at += 1 }
          segmentStart = at
        } else {
          at += 1
        }
      }
    }
    add(to: end)
  }

  /// Parses `!r`, `!s` or `!a`.
  private mutating func parseConversion(_ name: StaticString) -> UInt8 {
    let mark = tokens[index]
    advance()
    let token = tokens[index]
    guard kind == .name else {
      let isMissing = kind == .colon || kind == .rightBrace || kind == .fstringEnd
      fail(
        isMissing
          ? Message(name, ": missing conversion character")
          : Message(name, ": invalid conversion character"))
      return 0
    }
    if token.start != mark.end {
      fail(Message(name, ": conversion type must come right after the exclamation mark"))
    }
    let letter = bytes[Int(token.start)]
    let isKnown =
      letter == UInt8(ascii: "r") || letter == UInt8(ascii: "s") || letter == UInt8(ascii: "a")
    if token.end - token.start != 1 || !isKnown {
      var message = Message(name, ": invalid conversion character ")
      let text = UnsafeBufferPointer(
        start: bytes + Int(token.start), count: Int(token.end - token.start))
      message.append("'")
      message.append([UInt8](text)[...])
      message.append("': expected 's', 'r', or 'a'")
      fail(message)
    }
    advance()
    return letter
  }

  /// Parses the `:…` of a field, a formatted string of its own.
  private mutating func parseSpecification(_ flags: StringFlags) -> Node {
    let start = start
    advance()
    let mark = builder.scratch.count
    var run = StringRun()
    while !isPanicking {
      if kind == .fstringMiddle {
        addText(&run)
      } else if kind == .leftBrace {
        // The fields of a t-string's specification are those of an f-string.
        parseField(&run, flags.subtracting(.template))
      } else {
        break
      }
    }
    flush(&run)
    let list = builder.list(from: mark)
    return builder.add(.joinedStr, start, previousEnd, list.start, list.count)
  }

  /// Reports a field without an expression.
  private mutating func checkFieldStart(_ name: StaticString) {
    let found: StaticString
    switch kind {
    case .rightBrace: found = "'}'"
    case .exclamation: found = "'!'"
    case .colon: found = "':'"
    case .equal: found = "'='"
    case .lambda:
      fail(Message(name, ": lambda expressions are not allowed without parentheses"))
      return
    case .yield, .star: return
    default:
      if !startsExpression(kind) {
        fail(Message(name, ": expecting a valid expression after '{'"))
      }
      return
    }
    var message = Message(name, ": valid expression required before ")
    message.append(found)
    fail(message)
  }

  private mutating func failFieldEnd(
    _ name: StaticString, isDebug: Bool, hasConversion: Bool
  ) {
    var message = Message(name, ": expecting ")
    if hasConversion {
      message.append("':' or '}'")
    } else if isDebug {
      message.append("'!', or ':', or '}'")
    } else {
      message.append("'=', or '!', or ':', or '}'")
    }
    if !isDebug, !hasConversion, let span = missingCommaSpan() {
      fail(at: span, "invalid syntax. Perhaps you forgot a comma?")
    }
    fail(message)
  }
}

/// The literals of a run, as far as they are text.
struct StringRun {
  var segments: [StringSegment] = []
  var start: UInt32 = 0
  var end: UInt32 = 0
  var isFormatted = false
  var hasTemplate = false
  var hasOther = false

  /// Adds the text of a token.
  mutating func add(_ segment: StringSegment, _ token: Token) {
    if segments.isEmpty { start = token.start }
    end = token.end
    segments.append(segment)
  }
}
