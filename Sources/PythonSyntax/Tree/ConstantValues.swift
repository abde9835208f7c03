// The values of constants, decoded from the source when someone asks.

extension SyntaxTree {
  /// The value of a string constant as UTF-8 (lone surrogates as three bytes), or the bytes of a
  /// bytes constant; `nil` for every other node.
  ///
  /// `\N{name}` stays as it is written unless the lookup knows the name.
  package func stringValue(
    _ id: NodeID, named lookup: (@Sendable (ArraySlice<UInt8>) -> UInt32?)? = nil
  ) -> [UInt8]? {
    guard let kind = constantKind(id), kind == .string || kind == .bytes else { return nil }
    var decoder = StringDecoder(lookup: lookup)
    let record = records[id.index]
    if record.a == NodeRecord.none {
      let literal = StringLiteral(source.bytes, span(id))
      decoder.append(source.bytes, from: literal.start, to: literal.end, flags: literal.flags)
    } else {
      for index in 0..<Int(record.b) {
        let slot = Int(record.a) + index * Int(StringSegment.slotCount)
        decoder.append(
          source.bytes, from: Int(extra[slot]), to: Int(extra[slot + 1]),
          flags: StringFlags(rawValue: extra[slot + 2]))
      }
    }
    return decoder.value
  }

  /// The value of an integer constant; `nil` when it does not fit or the node is another.
  package func integerValue(_ id: NodeID) -> Int? {
    guard constantKind(id) == .int else { return nil }
    var value = 0
    let (digits, radix) = digits(of: id)
    for digit in digits {
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(Int(digit))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// The value of an integer constant in hexadecimal without leading zeros, of any size.
  package func hexadecimalValue(_ id: NodeID) -> [UInt8]? {
    guard constantKind(id) == .int else { return nil }
    let (digits, radix) = digits(of: id)
    var number = BigNatural()
    for digit in digits { number.multiply(by: UInt32(radix), adding: UInt32(digit)) }
    return number.hexadecimal
  }

  /// The IEEE 754 bits of a float constant, or of the imaginary part of a complex constant.
  package func floatBits(_ id: NodeID) -> UInt64? {
    let kind = constantKind(id)
    guard kind == .float || kind == .complex else { return nil }
    return DecimalFloat(text(of: id)).bits
  }

  /// Whether the first literal of a string constant has the prefix `u`.
  package func hasUnicodePrefix(_ id: NodeID) -> Bool {
    isKind(id, .constant) && flags[id.index] & ConstantFlag.unicodePrefix != 0
  }

  private func digits(of id: NodeID) -> ([UInt8], Int) {
    var text = text(of: id)
    var radix = 10
    if text.count > 2, text.first == 0x30 {
      switch text[text.startIndex + 1] | 0x20 {
      case 0x78: radix = 16
      case 0x6F: radix = 8
      case 0x62: radix = 2
      default: break
      }
    }
    if radix != 10 { text = text.dropFirst(2) }
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    for byte in text {
      if let digit = StringDecoder.hexDigit(byte) { digits.append(UInt8(digit)) }
    }
    return (digits, radix)
  }
}

/// The parts of a string literal in the source.
struct StringLiteral {
  /// The text between the quotes.
  let start: Int
  let end: Int
  let flags: StringFlags

  init(_ bytes: [UInt8], _ span: ByteSpan) {
    var at = Int(span.start)
    var flags: StringFlags = []
    while at < Int(span.end), bytes[at] != 0x22, bytes[at] != 0x27 {
      switch bytes[at] | 0x20 {
      case UInt8(ascii: "r"): flags.insert(.raw)
      case UInt8(ascii: "b"): flags.insert(.bytes)
      default: break
      }
      at += 1
    }
    let quote = at < bytes.count ? bytes[at] : 0
    let isTriple =
      span.end >= UInt32(at + 6) && bytes[at + 1] == quote && bytes[at + 2] == quote
    start = min(at + (isTriple ? 3 : 1), Int(span.end))
    end = max(start, Int(span.end) - (isTriple ? 3 : 1))
    self.flags = flags
  }
}
