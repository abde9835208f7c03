/// The search for `coding: name` in a comment of the first two lines.
enum EncodingCookie {
  /// The interval of the name.
  static func find(in bytes: UnsafeBufferPointer<UInt8>) -> ByteSpan? {
    let isMarked =
      bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    var line = isMarked ? 3 : 0
    for _ in 0..<2 {
      var end = line
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      if let span = find(in: bytes, line: line, end: end) { return span }
      var at = line
      while at < end, isBlank(bytes[at]) { at += 1 }
      // A cookie in the second line counts only below a blank line or a comment.
      if at < end, bytes[at] != 0x23 { return nil }
      guard end < bytes.count else { return nil }
      line =
        bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0C
  }

  private static func find(
    in bytes: UnsafeBufferPointer<UInt8>, line: Int, end: Int,
  ) -> ByteSpan? {
    var at = line
    while at < end, isBlank(bytes[at]) { at += 1 }
    guard at < end, bytes[at] == 0x23 else { return nil }
    let word: StaticString = "coding"
    while at + 6 < end {
      var index = 0
      while index < 6, bytes[at + index] == word.utf8Start[index] { index += 1 }
      if index == 6, bytes[at + 6] == 0x3A || bytes[at + 6] == 0x3D {
        var start = at + 7
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        var stop = start
        while stop < end, isNameByte(bytes[stop]) { stop += 1 }
        if stop > start { return ByteSpan(start: UInt32(start), end: UInt32(stop)) }
      }
      at += 1
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E: true
    default: false
    }
  }
}
