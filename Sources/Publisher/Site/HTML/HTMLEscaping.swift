/// Escaping of text for HTML.
package enum HTMLEscaping {
  /// Appends text with markup characters escaped and characters that deceive made harmless.
  ///
  /// Control characters that HTML forbids and bidirectional embeddings, overrides and isolates
  /// (U+202A to U+202E, U+2066 to U+2069), which can make code read differently from what it is,
  /// become U+FFFD.
  ///
  /// **Source:** HTML standard 13.1.2.3 (attributes), Unicode Technical Report 36.
  ///
  /// - Parameter isContent: Whether the text stands between tags, where quotation marks mean nothing.
  package static func append(
    _ text: some Sequence<UInt8>, to bytes: inout [UInt8], isContent: Bool = false,
  ) {
    let isDone: Void? = text.withContiguousStorageIfAvailable { text in
      var start = 0
      for index in text.indices where isSpecial(text[index]) {
        bytes.append(contentsOf: text[start..<index])
        append(each: CollectionOfOne(text[index]), to: &bytes, isContent: isContent)
        start = index + 1
      }
      bytes.append(contentsOf: text[start...])
    }
    if isDone == nil { append(each: text, to: &bytes, isContent: isContent) }
  }

  /// Whether a byte is not just appended.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "&"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), 0...8, 0x0B...0x0C, 0x0E...0x1F, 0x7F, 0x80...0xBF:
      true
    default: false
    }
  }

  private static func append(
    each text: some Sequence<UInt8>, to bytes: inout [UInt8], isContent: Bool,
  ) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isContent {
          bytes.append(byte)
        } else {
          bytes.append(contentsOf: byte == UInt8(ascii: "'") ? "&#39;".utf8 : "&quot;".utf8)
        }
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case 0...8, 0x0B...0x0C, 0x0E...0x1F, 0x7F: appendReplacement(to: &bytes)
      case 0x80...0xBF:
        bytes.append(byte)
        replaceDeceptiveEnd(of: &bytes)
      default: bytes.append(byte)
      }
    }
  }

  private static func appendReplacement(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
  }

  /// Replaces the scalar that has just been completed when it deceives or is forbidden.
  private static func replaceDeceptiveEnd(of bytes: inout [UInt8]) {
    let count = bytes.count
    if count >= 2, bytes[count - 2] == 0xC2, bytes[count - 1] < 0xA0 {
      bytes.removeLast(2)  // C1 controls
      appendReplacement(to: &bytes)
      return
    }
    guard count >= 3 else { return }
    if isDeceptive(bytes[count - 3], bytes[count - 2], bytes[count - 1]) {
      bytes.removeLast(3)
      appendReplacement(to: &bytes)
    }
  }

  /// Whether three bytes are the UTF-8 of a bidirectional control or a noncharacter of the BMP.
  package static func isDeceptive(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE2, 0x80): (0xAA...0xAE).contains(third)
    case (0xE2, 0x81): (0xA6...0xA9).contains(third)
    case (0xEF, 0xBF): third == 0xBE || third == 0xBF
    default: false
    }
  }
}
