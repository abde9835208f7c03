// What CPython's parser rejects inside string literals.

extension Parser {
  /// Whether a string token contains a backslash or a byte beyond ASCII.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  func hasEscape(_ token: Token) -> Bool {
    let raw = UnsafeRawPointer(bytes)
    var at = Int(token.start)
    let end = Int(token.end)
    while at < end {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      let hits = ByteScan.bytes(in: word, equalTo: 0x5C)
      if hits != 0 { return at &+ hits.trailingZeroBitCount &>> 3 < end }
      at &+= 8
    }
    return false
  }

  /// Checks the escapes of a string or bytes token.
  @inline(never)
  mutating func checkString(_ token: Token, _ flags: StringFlags) {
    let quotes: UInt32 = flags.contains(.triple) ? 3 : 1
    var start = token.start
    while bytes[Int(start)] != 0x22, bytes[Int(start)] != 0x27 { start += 1 }
    start += quotes
    let end = token.end - quotes
    if flags.contains(.bytes) {
      var at = Int(start)
      while at < Int(end) {
        if bytes[at] >= 0x80 {
          fail(
            at: ByteSpan(start: token.start, end: token.end),
            "bytes can only contain ASCII literal characters")
          return
        }
        at += 1
      }
    }
    checkEscapes(start, end, flags)
  }

  /// Checks the escapes of text: truncated or out of range ones are errors.
  mutating func checkEscapes(_ start: UInt32, _ end: UInt32, _ flags: StringFlags) {
    guard !flags.contains(.raw) else { return }
    var at = Int(start)
    let end = Int(end)
    let isBytes = flags.contains(.bytes)
    while at < end, !isPanicking {
      guard bytes[at] == 0x5C else {
        at += 1
        continue
      }
      let escape = at
      let letter = bytes[at + 1]
      at += 2
      let wanted: Int
      switch letter {
      case UInt8(ascii: "x"): wanted = 2
      case UInt8(ascii: "u") where !isBytes: wanted = 4
      case UInt8(ascii: "U") where !isBytes: wanted = 8
      case UInt8(ascii: "N") where !isBytes:
        checkNamedEscape(escape, &at, end, start)
        continue
      default: continue
      }
      var digits = 0
      var value: UInt32 = 0
      while digits < wanted, at < end, let digit = StringDecoder.hexDigit(bytes[at]) {
        value = value << 4 | digit
        digits += 1
        at += 1
      }
      if digits < wanted {
        failEscape(letter, escape, at, start, isBytes)
      } else if value > 0x10FFFF {
        failUnicode(escape, at - 1, start, "illegal Unicode character")
      }
    }
  }

  private mutating func checkNamedEscape(
    _ escape: Int, _ at: inout Int, _ end: Int, _ start: UInt32
  ) {
    var close = at
    if at < end, bytes[at] == 0x7B {
      while close < end, bytes[close] != 0x7D { close += 1 }
      if close < end, close > at + 1 {
        let name = UnsafeBufferPointer(start: bytes + at + 1, count: close - at - 1)
        at = close + 1
        if !CharacterNames.contains(name) {
          failUnicode(escape, close, start, "unknown Unicode character name")
        }
        return
      }
    }
    failUnicode(
      escape, max(escape + 1, min(close, end - 1)), start, "malformed \\N character escape")
  }

  private mutating func failEscape(
    _ letter: UInt8, _ escape: Int, _ at: Int, _ start: UInt32, _ isBytes: Bool
  ) {
    if isBytes {
      var message = Message("(value error) invalid \\x escape at position ")
      message.append(escape - Int(start))
      fail(at: ByteSpan(start: UInt32(escape), end: UInt32(at)), message)
      return
    }
    let reason: StaticString =
      letter == UInt8(ascii: "x")
      ? "truncated \\xXX escape"
      : letter == UInt8(ascii: "u") ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape"
    failUnicode(escape, at - 1, start, reason)
  }

  private mutating func failUnicode(
    _ escape: Int, _ last: Int, _ start: UInt32, _ reason: StaticString
  ) {
    var message = Message(
      "(unicode error) 'unicodeescape' codec can't decode bytes in position ")
    message.append(escape - Int(start))
    message.append("-")
    message.append(last - Int(start))
    message.append(": ")
    message.append(reason)
    fail(at: ByteSpan(start: UInt32(escape), end: UInt32(last + 1)), message)
  }
}
