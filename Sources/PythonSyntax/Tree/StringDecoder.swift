/// Decodes the text of string literals.
struct StringDecoder {
  /// Finds the character of a Unicode name; names in other case are the same.
  typealias NameLookup = @Sendable (ArraySlice<UInt8>) -> UInt32?

  /// The value so far: UTF-8, with lone surrogates as three bytes, or the bytes of a bytes literal.
  private(set) var value: [UInt8] = []
  let lookup: NameLookup?

  init(lookup: NameLookup?) { self.lookup = lookup }

  @inline(__always)
  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }

  /// Appends the decoded text between two offsets.
  ///
  /// A line break is `\n` however it is written; `{{` and `}}` of f-strings are one brace.
  mutating func append(_ bytes: [UInt8], from start: Int, to end: Int, flags: StringFlags) {
    let isFormatted =
      !flags.isDisjoint(with: [.formatted, .template]) && !flags.contains(.specification)
    let isRaw = flags.contains(.raw)
    var at = start
    while at < end {
      let byte = bytes[at]
      switch byte {
      case 0x0D:
        value.append(0x0A)
        at += at + 1 < end && bytes[at + 1] == 0x0A ? 2 : 1
      case 0x5C where !isRaw && at + 1 < end:
        at = appendEscape(bytes, at, end, isBytes: flags.contains(.bytes))
      case 0x7B where isFormatted, 0x7D where isFormatted:
        value.append(byte)
        at += at + 1 < end && bytes[at + 1] == byte ? 2 : 1
      default:
        value.append(byte)
        at += 1
      }
    }
  }

  /// Appends what the escape at an offset stands for; the offset after it.
  private mutating func appendEscape(
    _ bytes: [UInt8], _ at: Int, _ end: Int, isBytes: Bool
  ) -> Int {
    let letter = bytes[at + 1]
    switch letter {
    case 0x0A: return at + 2
    case 0x0D: return at + 2 < end && bytes[at + 2] == 0x0A ? at + 3 : at + 2
    case 0x5C, 0x27, 0x22: value.append(letter)
    case UInt8(ascii: "a"): value.append(0x07)
    case UInt8(ascii: "b"): value.append(0x08)
    case UInt8(ascii: "f"): value.append(0x0C)
    case UInt8(ascii: "n"): value.append(0x0A)
    case UInt8(ascii: "r"): value.append(0x0D)
    case UInt8(ascii: "t"): value.append(0x09)
    case UInt8(ascii: "v"): value.append(0x0B)
    case 0x30...0x37: return appendOctal(bytes, at + 1, end, isBytes: isBytes)
    case UInt8(ascii: "x"): return appendHex(bytes, at, end, 2, isBytes: isBytes)
    case UInt8(ascii: "u") where !isBytes: return appendHex(bytes, at, end, 4, isBytes: false)
    case UInt8(ascii: "U") where !isBytes: return appendHex(bytes, at, end, 8, isBytes: false)
    case UInt8(ascii: "N") where !isBytes: return appendNamed(bytes, at, end)
    default:
      // An unknown escape stays as it is.
      value.append(0x5C)
      return at + 1
    }
    return at + 2
  }

  private mutating func appendOctal(
    _ bytes: [UInt8], _ start: Int, _ end: Int, isBytes: Bool
  ) -> Int {
    var at = start
    var scalar: UInt32 = 0
    while at < end, at < start + 3, bytes[at] & 0xF8 == 0x30 {
      scalar = scalar << 3 | UInt32(bytes[at] & 7)
      at += 1
    }
    append(scalar, isBytes: isBytes)
    return at
  }

  private mutating func appendHex(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ count: Int, isBytes: Bool
  ) -> Int {
    var at = start + 2
    var scalar: UInt32 = 0
    while at < end, at < start + 2 + count, let digit = StringDecoder.hexDigit(bytes[at]) {
      scalar = scalar << 4 | digit
      at += 1
    }
    append(scalar, isBytes: isBytes)
    return at
  }

  private mutating func append(_ scalar: UInt32, isBytes: Bool) {
    if isBytes {
      value.append(UInt8(truncatingIfNeeded: scalar))
    } else {
      SourceText.appendUTF8(scalar, to: &value)
    }
  }

  /// Appends the character of `\N{name}`, or the escape as it is when the name is not known here.
  private mutating func appendNamed(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var close = start + 3
    while close < end, bytes[close] != 0x7D { close += 1 }
    guard start + 3 < close, close < end, bytes[start + 2] == 0x7B else {
      value.append(0x5C)
      return start + 1
    }
    if let scalar = lookup?(bytes[start + 3..<close]) {
      SourceText.appendUTF8(scalar, to: &value)
    } else {
      value += bytes[start...close]
    }
    return close + 1
  }
}
