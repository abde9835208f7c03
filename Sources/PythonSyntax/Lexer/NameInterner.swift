/// Interns identifiers while a source is lexed: bytes to dense ids.
struct NameInterner {
  private struct Entry: BitwiseCopyable {
    let head: UInt64
    let hash: UInt32
    let start: UInt32
    let count: UInt32
  }

  private var bytes: GrowingBuffer<UInt8>
  private var entries: GrowingBuffer<Entry>
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotMask: Int

  /// Starts with the reserved words, so that keywords have the first ids.
  init(sourceCount: Int) {
    // One distinct name per 60 to 100 bytes of source in the standard library.
    let names = max(sourceCount / 64, 64)
    var slotCount = 256
    while slotCount < names * 2 { slotCount *= 2 }
    if slotCount > 1 << 16 { slotCount = 1 << 16 }
    bytes = GrowingBuffer(capacity: names * 8)
    entries = GrowingBuffer(capacity: names)
    slots = UnsafeMutablePointer<UInt32>.allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    slotMask = slotCount - 1
    internReservedWords()
  }

  func free() {
    bytes.free()
    entries.free()
    slots.deallocate()
  }

  /// The id of the bytes at a pointer; at least eight bytes must be readable after them.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func intern(_ text: UnsafePointer<UInt8>, count: Int) -> UInt32 {
    let raw = UnsafeRawPointer(text)
    var head = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    var tail: UInt64 = 0
    if count < 8 {
      head &= (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
    } else if count > 8 {
      tail = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
    }
    let hash = NameHash.mix(head: head, tail: tail, count: count)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while true {
      let id = slots[slot]
      if id == 0 { return insert(text, count: count, head: head, hash: hash, slot: slot) }
      let entry = entries[Int(id &- 1)]
      if entry.head == head, entry.hash == hash, Int(entry.count) == count,
        count <= 8 || matches(text, entry: entry)
      {
        return id &- 1
      }
      slot = (slot &+ 1) & slotMask
    }
  }

  /// The id of an array of bytes.
  mutating func intern(_ text: [UInt8]) -> UInt32 {
    // The hash reads eight bytes at once.
    let padded = text + [0, 0, 0, 0, 0, 0, 0, 0]
    return padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return intern(base, count: text.count)
    }
  }

  /// The bytes of an interned name.
  func text(of id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return [UInt8](
      UnsafeBufferPointer(start: bytes.base + Int(entry.start), count: Int(entry.count)))
  }

  /// The finished table.
  func table() -> NameTable {
    var starts: [UInt32] = []
    starts.reserveCapacity(entries.count + 1)
    for index in 0..<entries.count { starts.append(entries[index].start) }
    starts.append(UInt32(truncatingIfNeeded: bytes.count))
    let table = [UInt32](unsafeUninitializedCapacity: slotMask + 1) { buffer, initialized in
      buffer.baseAddress?.initialize(from: slots, count: slotMask + 1)
      initialized = slotMask + 1
    }
    return NameTable(bytes: bytes.array(), starts: starts, slots: table)
  }

  private func matches(_ text: UnsafePointer<UInt8>, entry: Entry) -> Bool {
    var index = 8
    let stored = bytes.base + Int(entry.start)
    while index < Int(entry.count) {
      if stored[index] != text[index] { return false }
      index &+= 1
    }
    return true
  }

  @inline(never)
  private mutating func insert(
    _ text: UnsafePointer<UInt8>, count: Int, head: UInt64, hash: UInt32, slot: Int
  ) -> UInt32 {
    let id = UInt32(truncatingIfNeeded: entries.count)
    entries.append(
      Entry(
        head: head, hash: hash, start: UInt32(truncatingIfNeeded: bytes.count),
        count: UInt32(truncatingIfNeeded: count)))
    for index in 0..<count { bytes.append(text[index]) }
    slots[slot] = id + 1
    if entries.count * 2 > slotMask { growSlots() }
    return id
  }

  private mutating func growSlots() {
    let slotCount = (slotMask + 1) * 4
    slots.deallocate()
    slots = UnsafeMutablePointer<UInt32>.allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    slotMask = slotCount - 1
    for index in 0..<entries.count {
      var slot = Int(truncatingIfNeeded: entries[index].hash) & slotMask
      while slots[slot] != 0 { slot = (slot + 1) & slotMask }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }

  private mutating func internReservedWords() {
    ReservedWords.text.withUTF8Buffer { text in
      var word: [UInt8] = []
      for byte in text {
        if byte == UInt8(ascii: " ") {
          _ = intern(word)
          word.removeAll(keepingCapacity: true)
        } else {
          word.append(byte)
        }
      }
    }
  }
}
