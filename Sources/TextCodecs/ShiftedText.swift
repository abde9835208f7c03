import PythonSyntax

// Encodings that keep to ASCII and mark what is beyond it.

extension TextCodecs {
  /// HZ: Chinese between `~{` and `~}`.
  ///
  /// **Source:** RFC 1843.
  static func decodeHZ(_ bytes: [UInt8]) throws(UndecodableByte) -> [UInt8] {
    let table = CodecTable(named: "gb2312")
    var text: [UInt8] = []
    var isChinese = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "~") {
        guard at + 1 < bytes.count else { throw UndecodableByte(offset: at) }
        switch (bytes[at + 1], isChinese) {
        case (UInt8(ascii: "~"), false): text.append(byte)
        case (UInt8(ascii: "{"), false): isChinese = true
        case (0x0A, false): break
        case (UInt8(ascii: "}"), true): isChinese = false
        default: throw UndecodableByte(offset: at)
        }
        at += 2
      } else if byte >= 0x80 {
        throw UndecodableByte(offset: at)
      } else if !isChinese {
        text.append(byte)
        at += 1
      } else {
        guard at + 1 < bytes.count, bytes[at + 1] < 0x80,
          let character = table.character(byte, bytes[at + 1])
        else { throw UndecodableByte(offset: at) }
        SourceText.appendUTF8(character, to: &text)
        at += 2
      }
    }
    return text
  }

  /// UTF-7: base 64 of UTF-16 behind a `+`.
  ///
  /// **Source:** RFC 2152, as `PyUnicode_DecodeUTF7Stateful` reads it.
  static func decodeUTF7(_ bytes: [UInt8]) throws(UndecodableByte) -> [UInt8] {
    var text: [UInt8] = []
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      guard byte < 0x80 else { throw UndecodableByte(offset: at) }
      guard byte == UInt8(ascii: "+") else {
        text.append(byte)
        at += 1
        continue
      }
      let start = at
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "-") {
        text.append(byte)
        at += 1
        continue
      }
      var bits: UInt32 = 0
      var count = 0
      var high: UInt32 = 0
      while at < bytes.count, let digit = base64Digit(bytes[at]) {
        bits = bits << 6 | digit
        count += 6
        at += 1
        guard count >= 16 else { continue }
        count -= 16
        let unit = bits >> UInt32(count)
        bits &= (1 << UInt32(count)) - 1
        switch unit {
        case 0xD800..<0xDC00 where high == 0: high = unit
        case 0xDC00..<0xE000 where high != 0:
          SourceText.appendUTF8(0x10000 + (high - 0xD800) << 10 + unit - 0xDC00, to: &text)
          high = 0
        case 0xD800..<0xE000:
          throw UndecodableByte(offset: start)
        default:
          guard high == 0 else { throw UndecodableByte(offset: start) }
          SourceText.appendUTF8(unit, to: &text)
        }
      }
      // Nothing may be left over, and a `+` alone means nothing.
      guard high == 0, count < 6, bits == 0, at > start + 1 || at == bytes.count else {
        throw UndecodableByte(offset: start)
      }
      if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    }
    return text
  }

  private static func base64Digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
