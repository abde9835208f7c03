/// JSON under construction, as bytes.
package struct JSONText: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Appends text as it is.
  package mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func append(byte: UInt8) { bytes.append(byte) }

  mutating func append(raw: [UInt8]) { bytes += raw }

  /// Appends a number in decimal.
  package mutating func append(_ number: Int) {
    guard number >= 10 else {
      bytes.append(UInt8(0x30 + number))
      return
    }
    append(number / 10)
    bytes.append(UInt8(0x30 + number % 10))
  }

  /// Appends a string in quotes; lone surrogates (as three bytes) become escapes, and bytes that
  /// are not UTF-8 (of a file name) become the surrogates that Python makes of them.
  mutating func append<Text: Sequence<UInt8>>(quoted text: Text) {
    let text = [UInt8](text)
    bytes.append(0x22)
    var at = 0
    while at < text.count {
      let byte = text[at]
      switch byte {
      case 0x22, 0x5C:
        bytes.append(0x5C)
        bytes.append(byte)
        at += 1
      case 0..<0x20, 0x7F:
        appendEscape(UInt32(byte))
        at += 1
      case 0..<0x80:
        bytes.append(byte)
        at += 1
      default:
        at = appendScalar(text, at)
      }
    }
    bytes.append(0x22)
  }

  /// Appends well-formed UTF-8 as a string, with the short escapes that there are and no others
  /// than needed.
  ///
  /// **Source:** RFC 8259, section 7.
  package mutating func append(string text: [UInt8]) {
    bytes.append(0x22)
    for byte in text {
      switch byte {
      case 0x22, 0x5C:
        bytes.append(0x5C)
        bytes.append(byte)
      case 0x08: append("\\b")
      case 0x09: append("\\t")
      case 0x0A: append("\\n")
      case 0x0C: append("\\f")
      case 0x0D: append("\\r")
      case 0..<0x20: appendEscape(UInt32(byte))
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }

  private mutating func appendScalar(_ text: [UInt8], _ at: Int) -> Int {
    let first = text[at]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
    var isValid = length > 0 && at + length <= text.count
    var index = 1
    while isValid, index < length {
      isValid = text[at + index] & 0xC0 == 0x80
      index += 1
    }
    guard isValid else {
      appendEscape(0xDC00 + UInt32(first))
      return at + 1
    }
    if first == 0xED, text[at + 1] >= 0xA0 {
      appendEscape(
        0xD000 | UInt32(text[at + 1] & 0x3F) << 6 | UInt32(text[at + 2] & 0x3F))
    } else {
      bytes += text[at..<at + length]
    }
    return at + length
  }

  private mutating func appendEscape(_ unit: UInt32) {
    append("\\u")
    appendHexadecimal(UInt64(unit), digits: 4)
  }

  /// Appends a number in lower-case hexadecimal.
  mutating func appendHexadecimal(_ value: UInt64, digits: Int) {
    var shift = digits * 4
    while shift > 0 {
      shift -= 4
      let digit = UInt8(value >> UInt64(shift) & 15)
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
