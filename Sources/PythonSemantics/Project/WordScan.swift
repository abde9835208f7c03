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
  package static func forEachWord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void,
  ) {
    isWord.withUnsafeBufferPointer { isWord in
      var at = 0
      let count = bytes.count
      while at < count {
        guard isWord[Int(bytes[at])] else {
          at += 1
          continue
        }
        let start = at
        at += 1
        while at < count, isWord[Int(bytes[at])] { at += 1 }
        body(NameTable.hash(of: bytes, from: start, to: at))
      }
    }
  }

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
