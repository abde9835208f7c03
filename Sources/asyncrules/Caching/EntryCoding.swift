/// A cache entry that is not what was written.
struct DamagedEntry: Error {}

/// Writes numbers and texts one after another; numbers are little-endian.
struct EntryWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

  mutating func write(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ number: UInt32) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number))) }

  mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func write(_ text: [UInt8]) {
    write(text.count)
    bytes += text
  }

  mutating func write(_ text: String) { write(Array(text.utf8)) }

  mutating func write<Element>(
    _ elements: [Element], _ body: (inout EntryWriter, Element) -> Void,
  ) {
    write(elements.count)
    for element in elements { body(&self, element) }
  }

  mutating func write<Value>(_ value: Value?, _ body: (inout EntryWriter, Value) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }
}

/// Reads what an ``EntryWriter`` wrote, and nothing else: every length is checked.
struct EntryReader {
  private let bytes: [UInt8]
  private var offset: Int
  private let end: Int

  init(_ bytes: [UInt8], from offset: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    self.offset = offset
    self.end = end ?? bytes.count
  }

  var isAtEnd: Bool { offset == end }

  private mutating func skip(_ count: Int) throws(DamagedEntry) -> Int {
    guard count >= 0, count <= end - offset else { throw DamagedEntry() }
    defer { offset += count }
    return offset
  }

  mutating func readUInt64() throws(DamagedEntry) -> UInt64 {
    let start = try skip(8)
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }
  }

  mutating func readUInt32() throws(DamagedEntry) -> UInt32 {
    let start = try skip(4)
    return bytes.withUnsafeBytes {
      UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: UInt32.self))
    }
  }

  mutating func readInt() throws(DamagedEntry) -> Int {
    Int(truncatingIfNeeded: try readUInt64())
  }

  mutating func readBool() throws(DamagedEntry) -> Bool {
    let place = try skip(1)
    switch bytes[place] {
    case 0: return false
    case 1: return true
    default: throw DamagedEntry()
    }
  }

  /// The place of a text, which is skipped.
  mutating func readRange() throws(DamagedEntry) -> Range<Int> {
    let count = try readInt()
    let start = try skip(count)
    return start..<start + count
  }

  mutating func readBytes() throws(DamagedEntry) -> [UInt8] {
    let range = try readRange()
    return Array(bytes[range])
  }

  mutating func readString() throws(DamagedEntry) -> String {
    String(decoding: try readBytes(), as: UTF8.self)
  }

  mutating func readArray<Element>(
    _ body: (inout EntryReader) throws(DamagedEntry) -> Element,
  ) throws(DamagedEntry) -> [Element] {
    let count = try readInt()
    // Every element has at least one byte, so that a damaged number cannot ask for all memory.
    guard count >= 0, count <= end - offset else { throw DamagedEntry() }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try body(&self)) }
    return elements
  }

  mutating func readOptional<Value>(
    _ body: (inout EntryReader) throws(DamagedEntry) -> Value,
  ) throws(DamagedEntry) -> Value? {
    guard try readBool() else { return nil }
    return try body(&self)
  }
}
