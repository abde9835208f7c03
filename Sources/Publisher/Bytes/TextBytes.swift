// Texts as bytes. Nearly all that is published is visible ASCII, of which every byte is a character
// of one column; asking for the characters of such a text costs a hundred times as much.

extension StringProtocol {
  /// Calls a function with the UTF-8 of the text, without a copy where the text has it in one piece.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
  }

  /// Whether there is nothing but visible ASCII and spaces.
  var isPlainASCII: Bool {
    withBytes { bytes in
      // No early end: the compiler looks at many bytes at once.
      var isOther: UInt8 = 0
      for byte in bytes { isOther |= byte &- 0x20 > 0x5E ? 1 : 0 }
      return isOther == 0
    }
  }

  /// Whether a byte occurs.
  func hasByte(_ wanted: Unicode.Scalar) -> Bool {
    let wanted = UInt8(ascii: wanted)
    return withBytes { $0.contains(wanted) }
  }

  /// Whether an ASCII text occurs.
  func hasBytes(of wanted: StaticString) -> Bool {
    withBytes { bytes in
      let count = wanted.utf8CodeUnitCount
      guard count > 0, bytes.count >= count else { return count == 0 }
      let start = wanted.utf8Start
      return (0...(bytes.count - count)).contains { offset in
        bytes[offset] == start[0] && (1..<count).allSatisfy { bytes[offset + $0] == start[$0] }
      }
    }
  }

  /// Whether there is only white space.
  var isBlank: Bool {
    let isOther = withBytes { bytes in
      bytes.contains { $0 > 0x20 && $0 < 0x80 }
    }
    return isOther ? false : allSatisfy(\.isWhitespace)
  }
}

extension String {
  /// What follows a beginning of so many bytes, which must end a character; nothing behind the end.
  func dropping(_ count: Int) -> Substring {
    self[(utf8.index(startIndex, offsetBy: count, limitedBy: endIndex) ?? endIndex)...]
  }

  /// The lines, without line feeds; a text that ends with one has an empty line behind it.
  var lines: [Substring] {
    // A carriage return with its line feed is one character, which ends no line here.
    guard !hasByte("\r") else { return split(separator: "\n", omittingEmptySubsequences: false) }
    return utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Substring($0) }
  }
}
