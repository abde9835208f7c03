import PythonSyntax

/// Finds the identifiers in a text without parsing it.
package enum WordScan {
  /// Whether a byte can belong to an identifier: letters, digits, the underscore and all of
  /// Unicode beyond ASCII.
  @inline(__always)
  static func isWordByte(_ byte: UInt8) -> Bool { isWord[Int(byte)] }

  private static let isWord: [Bool] = (0..<256).map { value in
    let byte = UInt8(value)
    return byte >= 0x80 || byte == UInt8(ascii: "_")
      || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Calls the body with the hash of each word (``NameTable/hash(of:)``).
  ///
  /// - Complexity: O(*n*), eight bytes at a time.
  package static func forEachWord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void,
  ) {
    let count = bytes.count
    guard count > 0, let base = bytes.baseAddress else { return }
    let raw = UnsafeRawPointer(base)
    var start = 0
    var isInside = false
    var at = 0
    while at < count {
      var block: UInt64 = 0
      if at + 8 <= count {
        block = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
      } else {
        // Zeros behind the end, which end the last word.
        for index in at..<count { block |= UInt64(bytes[index]) << UInt64(8 * (index - at)) }
      }
      let marks = wordMarks(block)
      var edges = marks ^ (marks << 8 | (isInside ? 0x80 : 0))
      while edges != 0 {
        let place = at + edges.trailingZeroBitCount >> 3
        edges &= edges &- 1
        if isInside {
          body(NameTable.hash(of: bytes, from: start, to: place))
        } else {
          start = place
        }
        isInside.toggle()
      }
      at += 8
    }
    if isInside { body(NameTable.hash(of: bytes, from: start, to: count)) }
  }

  /// The highest bit of each of eight bytes for which ``isWordByte(_:)`` is true.
  @inline(__always)
  private static func wordMarks(_ block: UInt64) -> UInt64 {
    let ascii = block & eight(0x7F)
    let lower = ascii | eight(0x20)
    // A sum reaches the highest bit of its byte from a first character on.
    let letters = (lower &+ eight(0x80 - 0x61)) & ~(lower &+ eight(0x80 - 0x7B))
    let digits = (ascii &+ eight(0x80 - 0x30)) & ~(ascii &+ eight(0x80 - 0x3A))
    let underscores = ~((ascii ^ eight(0x5F)) &+ eight(0x7F))
    return (letters | digits | underscores | block) & eight(0x80)
  }

  /// A byte eight times.
  @inline(__always)
  private static func eight(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

  /// The hashes of all words, each once.
  package static func uniqueWords(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var capacity = 256
    while capacity * 12 < bytes.count { capacity *= 2 }
    var slots = [UInt32](repeating: 0, count: capacity)
    var words: [UInt32] = []
    forEachWord(bytes) { hash in
      // 0 marks an empty slot, so its word is kept apart from the table, as often as it occurs.
      guard hash != 0 else { return words.append(hash) }
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != 0 {
        if slots[slot] == hash { return }
        slot = (slot + 1) & (slots.count - 1)
      }
      slots[slot] = hash
      words.append(hash)
      guard words.count * 2 > slots.count else { return }
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for word in words where word != 0 {
        var slot = Int(word) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = word
      }
    }
    return words
  }
}
