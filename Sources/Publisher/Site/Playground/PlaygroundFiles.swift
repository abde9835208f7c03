/// The checker as WebAssembly, which pages load when a reader edits code.
package struct PlaygroundModule: Sendable {
  /// The module's bytes, `playground.wasm`.
  package let bytes: [UInt8]

  /// Accepts what begins as a WebAssembly module does; `nil` for anything else.
  package init?(bytes: [UInt8]) {
    guard bytes.starts(with: [0x00, 0x61, 0x73, 0x6D]) else { return nil }
    self.bytes = bytes
  }

  /// The module for pages that are opened as files, which cannot fetch: base64 in a script.
  var script: [UInt8] {
    var script = Array("window.asyncrulesModule = \"".utf8)
    Base64.append(bytes, to: &script)
    script.append(contentsOf: "\";\n".utf8)
    return script
  }
}

/// Bytes as text.
///
/// **Source:** RFC 4648, section 4.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Appends the digits of some bytes, padded.
  static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
    text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let count = min(3, bytes.count - index)
      var group: UInt32 = 0
      for place in 0..<3 {
        group = group << 8 | (place < count ? UInt32(bytes[index + place]) : 0)
      }
      for place in 0..<4 {
        let digit = Self.digits[Int(group >> UInt32(18 - place * 6) & 63)]
        text.append(place <= count ? digit : UInt8(ascii: "="))
      }
      index += 3
    }
  }
}
