import PythonSyntax

// Latin-1 with the escapes of string literals.

extension TextCodecs {
  /// `unicode_escape`: every escape of a string literal.
  static func decodeUnicodeEscapes(_ bytes: [UInt8]) throws(UndecodableByte) -> [UInt8] {
    var text: [UInt8] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\\") else {
        SourceText.appendUTF8(UInt32(bytes[at]), to: &text)
        at += 1
        continue
      }
      guard at + 1 < bytes.count else { throw UndecodableByte(offset: at) }
      let letter = bytes[at + 1]
      switch letter {
      case 0x0A: at += 2
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        var value: UInt32 = 0
        var end = at + 1
        while end < min(at + 4, bytes.count), 0x30...0x37 ~= bytes[end] {
          value = value * 8 + UInt32(bytes[end] - 0x30)
          end += 1
        }
        SourceText.appendUTF8(value, to: &text)
        at = end
      case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
        SourceText.appendUTF8(try hexadecimal(bytes, at, letter), to: &text)
        at += 2 + digitCount(letter)
      case UInt8(ascii: "N"):
        guard at + 2 < bytes.count, bytes[at + 2] == UInt8(ascii: "{"),
          let end = bytes[at...].firstIndex(of: UInt8(ascii: "}")),
          let value = UnicodeNames.codePoint(of: bytes[(at + 3)..<end])
        else { throw UndecodableByte(offset: at) }
        SourceText.appendUTF8(value, to: &text)
        at = end + 1
      default:
        if let control = simple(letter) {
          text.append(control)
        } else {
          // An unknown escape stays as it is.
          text.append(bytes[at])
          SourceText.appendUTF8(UInt32(letter), to: &text)
        }
        at += 2
      }
    }
    return text
  }

  /// `raw_unicode_escape`: the escapes `\u` and `\U` alone.
  static func decodeRawUnicodeEscapes(_ bytes: [UInt8]) throws(UndecodableByte) -> [UInt8] {
    var text: [UInt8] = []
    var at = 0
    while at < bytes.count {
      SourceText.appendUTF8(UInt32(bytes[at]), to: &text)
      at += 1
      guard bytes[at - 1] == UInt8(ascii: "\\"), at < bytes.count else { continue }
      let letter = bytes[at]
      if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "U") {
        text.removeLast()
        SourceText.appendUTF8(try hexadecimal(bytes, at - 1, letter), to: &text)
        at += 1 + digitCount(letter)
      } else {
        SourceText.appendUTF8(UInt32(letter), to: &text)
        at += 1
      }
    }
    return text
  }

  private static func simple(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): letter
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "v"): 0x0B
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "r"): 0x0D
    default: nil
    }
  }

  private static func digitCount(_ letter: UInt8) -> Int {
    letter == UInt8(ascii: "x") ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
  }

  /// The character of an escape; UTF-8 has none for half of a surrogate pair.
  private static func hexadecimal(
    _ bytes: [UInt8], _ at: Int, _ letter: UInt8,
  ) throws(UndecodableByte) -> UInt32 {
    var value: UInt32 = 0
    let digits = bytes[(at + 2)...].prefix(digitCount(letter))
    guard digits.count == digitCount(letter) else { throw UndecodableByte(offset: at) }
    for digit in digits {
      guard value < 0x1000_0000,
        let number = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80
      else { throw UndecodableByte(offset: at) }
      value = value << 4 | UInt32(number)
    }
    guard Unicode.Scalar(value) != nil else { throw UndecodableByte(offset: at) }
    return value
  }
}
