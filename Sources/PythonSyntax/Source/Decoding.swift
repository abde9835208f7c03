// From the bytes of a file to UTF-8, as CPython reads source files.

extension SourceText {
  /// Decodes a file: a byte-order mark or a PEP 263 cookie names the encoding, else it is UTF-8.
  ///
  /// - Parameter codecs: Read the encodings that the core does not know.
  ///
  /// **Source:** <https://docs.python.org/3.13/reference/lexical_analysis.html#encoding-declarations>.
  package static func decode(
    _ bytes: [UInt8], codecs: SourceCodecs = .none,
  ) -> Result<SourceText, SourceError> {
    if let zero = firstZero(bytes) {
      return .failure(error(zero, "source code string cannot contain null bytes"))
    }
    guard let cookie = bytes.withUnsafeBufferPointer(EncodingCookie.find) else {
      return decode(bytes, as: .utf8, cookie: nil)
    }
    let name = bytes[cookie.indices]
    if hasMark(bytes), !SourceEncoding.isPlainUTF8(name) {
      var message = Message("encoding problem: ")
      message.append(name)
      message.append(" with BOM")
      return .failure(SourceError(span: cookie, message: message.bytes))
    }
    if let encoding = SourceEncoding(cookie: name) {
      return decode(bytes, as: encoding, cookie: cookie)
    }
    switch codecs.decode(name, bytes) {
    case .known(let encoding):
      return decode(bytes, as: encoding, cookie: cookie)
    case .text(let text):
      // CPython's tokenizer takes a NUL, which an escape may stand for, for the end of the text.
      let end = text.firstIndex(of: 0) ?? text.endIndex
      return .success(SourceText(validated: Array(text[..<end]), encoding: .other))
    case .undecodable(let span, let message):
      return .failure(SourceError(span: span, message: message))
    case .unknown:
      var message = Message("unknown encoding: ")
      message.append(name)
      return .failure(SourceError(span: cookie, message: message.bytes))
    case .unusable:
      var message = Message("encoding problem: ")
      message.append(name)
      message.append(" cannot be the encoding of source code")
      return .failure(SourceError(span: cookie, message: message.bytes))
    }
  }

  /// The offset of the first NUL byte, looking at eight bytes at a time.
  private static func firstZero(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { raw in
      var at = 0
      while at + 8 <= raw.count {
        let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
        at += 8
      }
      return raw[at...].firstIndex(of: 0)
    }
  }

  private static func decode(
    _ bytes: [UInt8], as encoding: SourceEncoding, cookie: ByteSpan?,
  ) -> Result<SourceText, SourceError> {
    switch encoding {
    case .utf8, .other:
      if let bad = UTF8Check.firstInvalid(bytes) {
        return .failure(invalidUTF8(bytes, at: bad, isDeclared: cookie != nil))
      }
      return .success(SourceText(validated: bytes, encoding: .utf8))
    case .ascii:
      if let bad = bytes.firstIndex(where: { $0 >= 0x80 }) {
        return .failure(error(bad, "'ascii' codec can't decode byte: ordinal not in range(128)"))
      }
      return .success(SourceText(validated: bytes, encoding: encoding))
    case .latin1:
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes { appendUTF8(UInt32(byte), to: &text) }
      return .success(SourceText(validated: text, encoding: encoding))
    }
  }

  private static func error(_ offset: Int, _ message: StaticString) -> SourceError {
    SourceError(
      span: ByteSpan(start: UInt32(offset), end: UInt32(offset + 1)),
      message: Message(message).bytes)
  }

  private static func invalidUTF8(
    _ bytes: [UInt8], at offset: Int, isDeclared: Bool
  ) -> SourceError {
    var message = Message(
      isDeclared
        ? "(unicode error) 'utf-8' codec can't decode byte 0x"
        : "Non-UTF-8 code starting with '\\x")
    let digits: StaticString = "0123456789abcdef"
    message.append([digits.utf8Start[Int(bytes[offset] >> 4)]][...])
    message.append([digits.utf8Start[Int(bytes[offset] & 15)]][...])
    if isDeclared {
      message.append(" in position ")
      message.append(offset)
    } else {
      message.append("' on line ")
      var line = 1
      for index in 0..<offset where bytes[index] == 0x0A { line += 1 }
      message.append(line)
      message.append(
        ", but no encoding declared; see https://peps.python.org/pep-0263/ for details")
    }
    return SourceError(
      span: ByteSpan(start: UInt32(offset), end: UInt32(offset + 1)), message: message.bytes)
  }

  /// Appends a scalar as UTF-8; a lone surrogate becomes three bytes too.
  package static func appendUTF8(_ scalar: UInt32, to text: inout [UInt8]) {
    func low(_ value: UInt32) -> UInt8 { UInt8(0x80 | value & 0x3F) }
    switch scalar {
    case 0..<0x80:
      text.append(UInt8(scalar))
    case 0x80..<0x800:
      text.append(UInt8(0xC0 | scalar >> 6))
      text.append(low(scalar))
    case 0x800..<0x10000:
      text.append(UInt8(0xE0 | scalar >> 12))
      text.append(low(scalar >> 6))
      text.append(low(scalar))
    default:
      text.append(UInt8(0xF0 | scalar >> 18 & 0x07))
      text.append(low(scalar >> 12))
      text.append(low(scalar >> 6))
      text.append(low(scalar))
    }
  }
}

/// The validation of UTF-8: shortest forms only, no surrogates.
enum UTF8Check {
  /// The offset of the first byte that is not part of valid UTF-8.
  static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { buffer in
      let count = buffer.count
      var at = 0
      while at < count {
        while at &+ 8 <= count,
          buffer.loadUnaligned(fromByteOffset: at, as: UInt64.self) & ByteScan.highs == 0
        {
          at &+= 8
        }
        guard at < count else { break }
        let first = buffer[at]
        if first < 0x80 {
          at &+= 1
          continue
        }
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0:
          length = 3
          low = 0xA0
        case 0xED:
          length = 3
          high = 0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
          length = 4
          low = 0x90
        case 0xF4:
          length = 4
          high = 0x8F
        case 0xF1...0xF3: length = 4
        default: return at
        }
        guard at + length <= count, buffer[at + 1] >= low, buffer[at + 1] <= high else {
          return at
        }
        var index = 2
        while index < length {
          guard buffer[at + index] & 0xC0 == 0x80 else { return at }
          index += 1
        }
        at += length
      }
      return nil
    }
  }
}
