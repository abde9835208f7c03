/// The reading of encodings that the core leaves to its host, which has room for their tables.
package struct SourceCodecs: Sendable {
  /// What became of the bytes of a file.
  package enum Answer: Sendable {
    /// No codec has this name.
    case unknown
    /// The codec is not for text, or reads ASCII as something else.
    case unusable
    /// The name is another one of an encoding that the core reads.
    case known(SourceEncoding)
    /// The text as UTF-8.
    case text([UInt8])
    /// The bytes that stand for nothing, in the file as it is on disk.
    case undecodable(ByteSpan, message: [UInt8])
  }

  /// Decodes a file with the codec of a name, as a cookie spells it.
  let decode: @Sendable (_ name: ArraySlice<UInt8>, _ bytes: [UInt8]) -> Answer

  package init(
    decode: @escaping @Sendable (_ name: ArraySlice<UInt8>, _ bytes: [UInt8]) -> Answer,
  ) {
    self.decode = decode
  }

  /// No encodings but those of the core.
  package static var none: SourceCodecs { SourceCodecs { _, _ in .unknown } }

  /// The text of a file whose cookie names an encoding that the core does not read.
  ///
  /// - Returns: `nil` for all other files: their ASCII characters are single bytes.
  package func foreignText(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let cookie = EncodingCookie.find(in: bytes),
      SourceEncoding(cookie: Array(bytes[cookie.indices])[...]) == nil,
      case .text(let text) = decode(Array(bytes[cookie.indices])[...], Array(bytes))
    else { return nil }
    return text
  }
}
