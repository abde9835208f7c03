// Number literals.

extension Lexer {
  /// CPython converts at most this many decimal digits (`sys.int_info.default_max_str_digits`).
  static let maximumDecimalDigits = 4300

  @inline(__always)
  private func isDigit(_ at: Int) -> Bool { bytes[at] &- 0x30 < 10 }

  /// Lexes a number that starts with a digit, or with a dot before a digit.
  mutating func lexNumber(_ start: Int) -> Int {
    if bytes[start] == 0x30 {
      switch bytes[start + 1] | 0x20 {
      case 0x78: return lexRadix(start, 16, "hexadecimal")
      case 0x6F: return lexRadix(start, 8, "octal")
      case 0x62: return lexRadix(start, 2, "binary")
      default: break
      }
    }
    var at = start
    var kind = TokenKind.int
    if bytes[at] != 0x2E {
      guard let end = digits(at) else { return invalid(start, at, "decimal") }
      at = end
    }
    let integerEnd = at
    if bytes[at] == 0x2E {
      kind = .float
      at += 1
      if isDigit(at) {
        guard let end = digits(at) else { return invalid(start, at, "decimal") }
        at = end
      }
    }
    if bytes[at] | 0x20 == 0x65 {
      var exponent = at + 1
      if bytes[exponent] == 0x2B || bytes[exponent] == 0x2D { exponent += 1 }
      if isDigit(exponent) {
        kind = .float
        guard let end = digits(exponent) else { return invalid(start, exponent, "decimal") }
        at = end
      } else if exponent > at + 1 {
        return invalid(start, exponent, "decimal")
      }
      // Otherwise the `e` may start a keyword, as in `1else`.
    }
    if bytes[at] | 0x20 == 0x6A {
      at += 1
      return append(.imaginary, start, at, "imaginary")
    }
    if kind == .int, bytes[start] == 0x30, !isZero(start, integerEnd) {
      report(
        start, integerEnd,
        """
        leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal \
        integers
        """)
      return skipWord(at)
    }
    if kind == .int, at - start > Lexer.maximumDecimalDigits {
      reportTooManyDigits(start, at)
    }
    return append(kind, start, at, "decimal")
  }

  private func isZero(_ start: Int, _ end: Int) -> Bool {
    for at in start..<end where bytes[at] != 0x30 && bytes[at] != 0x5F { return false }
    return true
  }

  private mutating func reportTooManyDigits(_ start: Int, _ end: Int) {
    var digits = 0
    for at in start..<end where bytes[at] != 0x5F { digits += 1 }
    // Zeros before a number count for nothing, and only zero may have them.
    guard digits > Lexer.maximumDecimalDigits, !isZero(start, end) else { return }
    var message = Message(
      "Exceeds the limit (4300 digits) for integer string conversion: value has ")
    message.append(digits)
    message.append(
      """
       digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for \
      huge integer literals to avoid decimal conversion limits.
      """)
    report(start, end, message.bytes)
  }

  /// The end of decimal digits with single underscores between them; `nil` when malformed.
  private func digits(_ start: Int) -> Int? {
    var at = start
    while true {
      while isDigit(at) { at &+= 1 }
      guard bytes[at] == 0x5F else { return at }
      at &+= 1
      guard isDigit(at) else { return nil }
    }
  }

  private mutating func lexRadix(_ start: Int, _ radix: UInt8, _ name: StaticString) -> Int {
    var at = start + 2
    while true {
      if bytes[at] == 0x5F { at += 1 }
      let first = at
      while let digit = digit(at), digit < radix { at += 1 }
      if let digit = digit(at), digit < 10 {
        var message = Message("invalid digit '", [bytes[at]], "' in ")
        message.append(name)
        message.append(" literal")
        report(at, at + 1, message.bytes)
        return skipWord(at)
      }
      if at == first {
        // An underscore without a digit, or no digit at all.
        return invalid(start, at, name)
      }
      if bytes[at] != 0x5F { return append(.int, start, at, name) }
    }
  }

  private func digit(_ at: Int) -> UInt8? {
    switch bytes[at] {
    case 0x30...0x39: bytes[at] - 0x30
    case 0x41...0x46: bytes[at] - 0x37
    case 0x61...0x66: bytes[at] - 0x57
    default: nil
    }
  }

  /// Appends a number unless a word follows it that is not a keyword CPython lets stand there.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func append(
    _ kind: TokenKind, _ start: Int, _ end: Int, _ name: StaticString
  ) -> Int {
    let next = bytes[end]
    if next >= 0x80 || CharacterClass.table.utf8Start[Int(next)] == CharacterClass.identifier,
      !isKeywordAfterNumber(end)
    {
      return invalid(start, end, name)
    }
    tokens.append(kind, start, end)
    return end
  }

  /// **Source:** `verify_end_of_number` of CPython's lexer, which warns about these.
  private func isKeywordAfterNumber(_ at: Int) -> Bool {
    func matches(_ word: StaticString) -> Bool {
      let text = word.utf8Start
      for index in 0..<word.utf8CodeUnitCount where bytes[at + index] != text[index] {
        return false
      }
      return true
    }
    switch bytes[at] {
    case UInt8(ascii: "a"): return matches("and")
    case UInt8(ascii: "e"): return matches("else")
    case UInt8(ascii: "f"): return matches("for")
    case UInt8(ascii: "i"): return matches("if") || matches("in") || matches("is")
    case UInt8(ascii: "n"): return matches("not")
    case UInt8(ascii: "o"): return matches("or")
    default: return false
    }
  }

  private mutating func invalid(_ start: Int, _ at: Int, _ name: StaticString) -> Int {
    var message = Message("invalid ", name)
    message.append(" literal")
    report(max(start, at - 1), max(start + 1, at), message.bytes)
    return skipWord(at)
  }

  /// The end of the rest of a malformed number.
  private func skipWord(_ start: Int) -> Int {
    var at = start
    while CharacterClass.table.utf8Start[Int(bytes[at])] == CharacterClass.identifier
      || bytes[at] >= 0x80
    {
      at += 1
    }
    return at
  }
}
