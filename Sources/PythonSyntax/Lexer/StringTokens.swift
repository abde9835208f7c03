// String and bytes literals, and the text parts of f-strings and t-strings.

extension Lexer {
  /// The flags of a string prefix of one or two letters; `nil` when it is not one.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  func stringPrefix(_ start: Int, _ end: Int) -> StringFlags? {
    let first = bytes[start] | 0x20
    if end &- start == 1 {
      switch first {
      case UInt8(ascii: "r"): return .raw
      case UInt8(ascii: "b"): return .bytes
      case UInt8(ascii: "u"): return .unicode
      case UInt8(ascii: "f"): return .formatted
      case UInt8(ascii: "t"): return .template
      default: return nil
      }
    }
    let second = bytes[start &+ 1] | 0x20
    let other: UInt8
    if first == UInt8(ascii: "r") {
      other = second
    } else if second == UInt8(ascii: "r") {
      other = first
    } else {
      return nil
    }
    switch other {
    case UInt8(ascii: "b"): return [.raw, .bytes]
    case UInt8(ascii: "f"): return [.raw, .formatted]
    case UInt8(ascii: "t"): return [.raw, .template]
    default: return nil
    }
  }

  /// Lexes a string literal whose opening quote stands at an offset.
  mutating func lexString(start: Int, quote at: Int, flags: StringFlags) -> Int {
    let quote = bytes[at]
    var flags = flags
    if quote == 0x22 { flags.insert(.doubleQuote) }
    let isTriple = bytes[at &+ 1] == quote && bytes[at &+ 2] == quote
    if isTriple { flags.insert(.triple) }
    let text = at &+ (isTriple ? 3 : 1)
    if !flags.isDisjoint(with: [.formatted, .template]) {
      return openFormattedString(start, text, flags)
    }
    if isTriple { return lexTripleQuoted(start, text, quote, flags) }
    var end = text
    let raw = UnsafeRawPointer(bytes)
    while true {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: end, as: UInt64.self))
      // A hit is the quote, a backslash, or a byte below 0x0E: a line break or the end.
      let hits =
        ByteScan.bytes(in: word, equalTo: quote) | ByteScan.bytes(in: word, equalTo: 0x5C)
        | ByteScan.bytes(in: word, below: 0x0E)
      if hits == 0 {
        end &+= 8
        continue
      }
      end &+= hits.trailingZeroBitCount &>> 3
      let byte = bytes[end]
      if byte == quote {
        end &+= 1
        break
      }
      if byte == 0x5C {
        let next = lineBreakEnd(end &+ 1)
        end = next > end &+ 1 ? next : end &+ 2
        if end > count { return unterminated(start, count, flags) }
        continue
      }
      if byte == 0x0A || byte == 0x0D || (byte == 0 && end >= count) {
        return unterminated(start, end, flags)
      }
      end &+= 1
    }
    tokens.append(.string, start, end, flags.rawValue)
    return end
  }

  private mutating func lexTripleQuoted(
    _ start: Int, _ text: Int, _ quote: UInt8, _ flags: StringFlags
  ) -> Int {
    var end = text
    let raw = UnsafeRawPointer(bytes)
    while true {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: end, as: UInt64.self))
      let hits =
        ByteScan.bytes(in: word, equalTo: quote) | ByteScan.bytes(in: word, equalTo: 0x5C)
        | ByteScan.bytes(in: word, equalTo: 0)
      if hits == 0 {
        end &+= 8
        continue
      }
      end &+= hits.trailingZeroBitCount &>> 3
      let byte = bytes[end]
      if byte == quote {
        if bytes[end &+ 1] == quote, bytes[end &+ 2] == quote {
          end &+= 3
          break
        }
        end &+= 1
      } else if byte == 0x5C {
        end &+= 2
      } else if end >= count {
        return unterminated(start, count, flags)
      } else {
        end &+= 1
      }
      if end > count { return unterminated(start, count, flags) }
    }
    tokens.append(.string, start, end, flags.rawValue)
    return end
  }

  private mutating func unterminated(_ start: Int, _ end: Int, _ flags: StringFlags) -> Int {
    if let next = endFieldAtQuote(start, flags) { return next }
    var message = Message("unterminated ")
    if flags.contains(.triple) { message.append("triple-quoted ") }
    if flags.contains(.formatted) { message.append("f-") }
    if flags.contains(.template) { message.append("t-") }
    message.append("string literal (detected at line ")
    // A line break at the end starts no line that the string could end on.
    let isAtBreak = end > start && (bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D)
    message.append(lineNumber(of: isAtBreak ? end - 1 : end))
    message.append(")")
    report(start, flags.contains(.triple) ? start + 3 : start + 1, message.bytes)
    return end
  }

  /// Takes the quote of an unterminated string for the end of the f-string around it, if it is the
  /// same quote: a `}` is missing.
  private mutating func endFieldAtQuote(_ start: Int, _ flags: StringFlags) -> Int? {
    guard formattedStrings.count > 0, flags.isSubset(of: [.triple, .doubleQuote]) else {
      return nil
    }
    let string = formattedStrings[formattedStrings.count - 1]
    guard string.flags.intersection([.triple, .doubleQuote]) == flags else { return nil }
    report(start, start + 1, Message(stringName, ": expecting '}'").bytes)
    brackets.truncate(to: string.bracketDepth)
    formattedStrings.truncate(to: formattedStrings.count - 1)
    let end = start + (flags.contains(.triple) ? 3 : 1)
    tokens.append(.fstringEnd, start, end)
    return end
  }

  // MARK: f-strings and t-strings

  /// The name of the innermost formatted string in messages.
  var stringName: StaticString {
    guard formattedStrings.count > 0 else { return "f-string" }
    let flags = formattedStrings[formattedStrings.count - 1].flags
    return flags.contains(.template) ? "t-string" : "f-string"
  }

  private mutating func openFormattedString(
    _ start: Int, _ text: Int, _ flags: StringFlags
  ) -> Int {
    guard formattedStrings.count < Lexer.maximumFormattedStrings else {
      report(start, text, "too many nested f-strings")
      return text
    }
    tokens.append(.fstringStart, start, text, flags.rawValue)
    formattedStrings.append(
      FormattedString(flags: flags, bracketDepth: brackets.count, start: start))
    return lexFormattedText(text)
  }

  /// Lexes text of the innermost f-string up to the next replacement field or the end of the
  /// string or of the field whose specification this is.
  mutating func lexFormattedText(_ start: Int) -> Int {
    let string = formattedStrings[formattedStrings.count - 1]
    let flags = string.flags
    let quote: UInt8 = flags.contains(.doubleQuote) ? 0x22 : 0x27
    let isTriple = flags.contains(.triple)
    let isRaw = flags.contains(.raw)
    let isSpecification = brackets.count > string.bracketDepth
    var at = start
    while true {
      let byte = bytes[at]
      if byte == quote, !isTriple || (bytes[at + 1] == quote && bytes[at + 2] == quote) {
        appendText(start, at, flags, isSpecification)
        if isSpecification {
          reportUnclosed(brackets[brackets.count - 1], at: at)
          brackets.truncate(to: string.bracketDepth)
        }
        let end = at + (isTriple ? 3 : 1)
        tokens.append(.fstringEnd, at, end)
        formattedStrings.truncate(to: formattedStrings.count - 1)
        return end
      }
      switch byte {
      case 0x7B:
        if !isSpecification, bytes[at + 1] == 0x7B {
          at += 2
          continue
        }
        appendText(start, at, flags, isSpecification)
        return openReplacementField(at)
      case 0x7D:
        if isSpecification {
          appendText(start, at, flags, isSpecification)
          return closeBracket(at, byte)
        }
        if bytes[at + 1] == 0x7D {
          at += 2
          continue
        }
        appendText(start, at, flags, isSpecification)
        report(at, at + 1, Message(stringName, ": single '}' is not allowed").bytes)
        return lexFormattedText(at + 1)
      case 0x5C:
        at = skipEscape(at, isRaw: isRaw)
      case 0x0A, 0x0D:
        if isTriple {
          at = lineBreakEnd(at)
          continue
        }
        if isSpecification, tokens.kinds[tokens.count - 1] != .rightBrace {
          // CPython goes on with the expression, where the line break means nothing; but not behind
          // a field in the specification.
          appendText(start, at, flags, isSpecification)
          brackets[brackets.count - 1].isInSpecification = false
          return at
        }
        return endUnterminated(string, at)
      case 0 where at >= count:
        return endUnterminated(string, at)
      default:
        at += 1
      }
    }
  }

  private func skipEscape(_ at: Int, isRaw: Bool) -> Int {
    let next = bytes[at + 1]
    // A brace after a backslash is still a brace.
    if next == 0x7B || next == 0x7D { return at + 1 }
    if !isRaw, next == UInt8(ascii: "N"), bytes[at + 2] == 0x7B {
      var end = at + 3
      while bytes[end] != 0x7D {
        switch bytes[end] {
        case 0, 0x0A, 0x0D, 0x22, 0x27, 0x7B: return end
        default: end += 1
        }
      }
      return end + 1
    }
    let end = lineBreakEnd(at + 1)
    if end > at + 1 { return end }
    return min(at + 2, max(count, at + 1))
  }

  private mutating func appendText(
    _ start: Int, _ end: Int, _ flags: StringFlags, _ isSpecification: Bool
  ) {
    guard end > start else { return }
    var all = flags
    if isSpecification {
      all.insert(.specification)
      // CPython reads the escapes of a specification also in a raw string.
      if flags.contains(.formatted) { all.remove(.raw) }
    }
    tokens.append(.fstringMiddle, start, end, all.rawValue)
  }

  private mutating func openReplacementField(_ at: Int) -> Int {
    if brackets.count >= Lexer.maximumBrackets {
      report(at, at + 1, "too many nested parentheses")
      return lexFormattedText(at + 1)
    }
    let depth = formattedStrings[formattedStrings.count - 1].bracketDepth
    var fields = 0
    for index in depth..<brackets.count where brackets[index].isReplacementField { fields += 1 }
    if fields >= Lexer.maximumFieldNesting {
      report(at, at + 1, Message(stringName, ": expressions nested too deeply").bytes)
    }
    brackets.append(
      Bracket(
        token: UInt32(tokens.count), byte: 0x7B, isReplacementField: true,
        isInSpecification: false))
    tokens.append(.leftBrace, at, at + 1)
    return at + 1
  }

  /// Ends an f-string that the line or the file ends inside.
  private mutating func endUnterminated(_ string: FormattedString, _ at: Int) -> Int {
    brackets.truncate(to: string.bracketDepth)
    formattedStrings.truncate(to: formattedStrings.count - 1)
    let end = unterminated(string.start, at, string.flags)
    tokens.append(.fstringEnd, end, end)
    return end
  }
}
