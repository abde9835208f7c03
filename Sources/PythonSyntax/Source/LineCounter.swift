/// Counts lines for messages; asking in ascending order costs one pass over the text in all.
struct LineCounter {
  private var offset = 0
  private var line = 1

  /// The 1-based line of an offset.
  mutating func line(of target: Int, in bytes: UnsafePointer<UInt8>) -> Int {
    if target < offset { self = LineCounter() }
    while offset < target {
      if bytes[offset] == 0x0A || (bytes[offset] == 0x0D && bytes[offset + 1] != 0x0A) { line += 1 }
      offset += 1
    }
    return line
  }
}
