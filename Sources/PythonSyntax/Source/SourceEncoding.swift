/// How the bytes of a file stand for characters.
package enum SourceEncoding: Sendable {
  case utf8, ascii, latin1
  /// One that ``SourceCodecs`` read.
  case other

  /// The encoding that a cookie names, if it is one that the core reads by itself.
  ///
  /// **Source:** `get_normal_name` in CPython's `Parser/tokenizer/helpers.c`; the remaining
  /// spellings are those that people write, and ``SourceCodecs`` knows all.
  init?(cookie: ArraySlice<UInt8>) {
    var name: [UInt8] = []
    for byte in cookie {
      switch byte {
      case 0x41...0x5A: name.append(byte + 0x20)
      case UInt8(ascii: "_"): name.append(UInt8(ascii: "-"))
      default: name.append(byte)
      }
    }
    for (spelling, encoding, isPrefix) in SourceEncoding.spellings {
      let count = spelling.utf8CodeUnitCount
      guard name.count == count || isPrefix && name.count > count && name[count] == 0x2D else {
        continue
      }
      if spelling.withUTF8Buffer({ name.starts(with: $0) }) {
        self = encoding
        return
      }
    }
    return nil
  }

  /// Whether a cookie may stand below a byte-order mark: CPython takes only `utf-8` itself.
  static func isPlainUTF8(_ cookie: ArraySlice<UInt8>) -> Bool {
    let plain: StaticString = "utf-8"
    var index = 0
    for byte in cookie {
      let lower = byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte | 0x20
      if index == 5 { return lower == UInt8(ascii: "-") }
      guard lower == plain.utf8Start[index] else { return false }
      index += 1
    }
    return index == 5
  }

  /// Spelling, encoding, and whether more may follow behind a hyphen.
  private static var spellings: [(StaticString, SourceEncoding, Bool)] {
    [
      ("utf-8", .utf8, true), ("utf8", .utf8, false), ("ascii", .ascii, false),
      ("us-ascii", .ascii, false), ("latin-1", .latin1, true), ("latin1", .latin1, false),
      ("iso-8859-1", .latin1, true), ("iso8859-1", .latin1, false),
      ("iso-latin-1", .latin1, true),
    ]
  }
}
