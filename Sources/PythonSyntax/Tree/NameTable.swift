/// The interned identifiers of one tree: bytes to ``NameID`` and back.
@usableFromInline
package struct NameTable: Sendable {
  /// All names, one after the other.
  @usableFromInline package let bytes: [UInt8]
  /// Where each name starts in ``bytes``; one more at the end.
  @usableFromInline package let starts: [UInt32]
  /// An open-addressing hash table of name ids plus one; 0 is an empty slot.
  let slots: [UInt32]

  package init(bytes: [UInt8], starts: [UInt32], slots: [UInt32]) {
    self.bytes = bytes
    self.starts = starts
    self.slots = slots
  }

  /// The number of names.
  @inlinable
  package var count: Int { starts.count - 1 }

  /// The bytes of a name, NFKC-normalised UTF-8.
  @inlinable
  package func text(of name: NameID) -> ArraySlice<UInt8> {
    bytes[Int(starts[name.index])..<Int(starts[name.index + 1])]
  }

  /// A hash of a name's bytes, the same in every table.
  package func hash(of name: NameID) -> UInt32 {
    let start = Int(starts[name.index])
    let end = Int(starts[name.index + 1])
    return bytes.withUnsafeBufferPointer { buffer in
      NameHash.hash(UnsafeBufferPointer(rebasing: buffer[start..<end]))
    }
  }

  /// The hash that ``hash(of:)-(NameID)`` gives a name with these bytes.
  package static func hash(of text: ArraySlice<UInt8>) -> UInt32 {
    text.withUnsafeBufferPointer { NameHash.hash($0) }
  }

  /// The hash that ``hash(of:)-(NameID)`` gives the name between two offsets of a text.
  package static func hash(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int,
  ) -> UInt32 {
    NameHash.hash(text, from: start, to: end)
  }

  /// The id of a name, if the source contains it.
  package func id(of text: [UInt8]) -> NameID? {
    text.withUnsafeBufferPointer { id(of: $0) }
  }

  /// The id of a literal name, if the source contains it.
  package func id(of text: StaticString) -> NameID? {
    text.withUTF8Buffer { id(of: $0) }
  }

  /// The id of a name given as a buffer, if the source contains it.
  package func id(of text: UnsafeBufferPointer<UInt8>) -> NameID? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: NameHash.hash(text)) & mask
    while slots[slot] != 0 {
      let id = Int(slots[slot] - 1)
      let start = Int(starts[id])
      if Int(starts[id + 1]) - start == text.count {
        var index = 0
        while index < text.count, bytes[start + index] == text[index] { index += 1 }
        if index == text.count { return NameID(UInt32(id)) }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }
}

/// The hash of identifiers: first and last eight bytes and the length, multiplied once.
enum NameHash {
  /// Hashes a whole name.
  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    let count = text.count
    var index = 0
    while index < min(count, 8) {
      head |= UInt64(text[index]) << UInt64(8 * index)
      index += 1
    }
    if count > 8 {
      index = 0
      while index < 8 {
        tail |= UInt64(text[count - 8 + index]) << UInt64(8 * index)
        index += 1
      }
    }
    return mix(head: head, tail: tail, count: count)
  }

  /// Hashes the name between two offsets of a text.
  static func hash(_ text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> UInt32 {
    let count = end - start
    guard let base = text.baseAddress, start + 8 <= text.count else {
      return hash(UnsafeBufferPointer(rebasing: text[start..<end]))
    }
    let raw = UnsafeRawPointer(base)
    let head = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
    if count < 8 {
      let mask = (1 as UInt64) << UInt64(8 * count) &- 1
      return mix(head: head & mask, tail: 0, count: count)
    }
    if count == 8 { return mix(head: head, tail: 0, count: count) }
    let tail = raw.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self).littleEndian
    return mix(head: head, tail: tail, count: count)
  }

  /// Mixes the head (bytes beyond the name are zero), the last eight bytes (0 for names of up to
  /// eight) and the length.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  static func mix(head: UInt64, tail: UInt64, count: Int) -> UInt32 {
    let product =
      (head &+ (tail &* 0x9E37_79B9_7F4A_7C15) &+ UInt64(truncatingIfNeeded: count))
      &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: product >> 32)
  }
}
