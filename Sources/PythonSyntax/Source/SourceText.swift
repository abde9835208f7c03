/// Python source as UTF-8 bytes, whatever encoding the file had.
package struct SourceText: Sendable {
  /// The decoded text; a byte-order mark stays, the lexer skips it.
  package let bytes: [UInt8]

  /// The encoding that the file was decoded from.
  package let encoding: SourceEncoding

  package init(validated bytes: [UInt8], encoding: SourceEncoding) {
    self.bytes = bytes
    self.encoding = encoding
  }

  /// The number of bytes of a leading byte-order mark: 0 or 3.
  package var markLength: Int { SourceText.hasMark(bytes) ? 3 : 0 }

  /// The bytes of an interval; empty when it lies outside the text.
  package func text(of span: ByteSpan) -> ArraySlice<UInt8> {
    guard span.start <= span.end, span.end <= bytes.count else { return [] }
    return bytes[span.indices]
  }

  static func hasMark(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
  }
}

/// Why a file could not be decoded; the offset is in bytes of the file as it is on disk.
package struct SourceError: Error, Sendable {
  package let span: ByteSpan
  /// One line of ASCII, in CPython's wording.
  package let message: [UInt8]

  package init(span: ByteSpan, message: [UInt8]) {
    self.span = span
    self.message = message
  }
}
