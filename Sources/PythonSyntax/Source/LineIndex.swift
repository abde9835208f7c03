/// The line starts of a text; maps offsets to lines and columns and back.
package struct LineIndex: Sendable {
  /// The offset of the first byte of every line; the first is 0.
  package let starts: [UInt32]
  private let bytes: [UInt8]
  /// How many scalars begin before each multiple of ``blockSize``; empty unless a line is longer.
  private let scalarCounts: [UInt32]
  /// Lines up to this length are counted anew for every column.
  private static let blockSize = 1024

  /// Indexes the lines of UTF-8 text; lines end with `\n`, `\r\n` or `\r`.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    starts = LineIndex.starts(of: bytes)
    scalarCounts = LineIndex.scalarCounts(of: bytes, starts)
  }

  /// Indexes the lines of a source text.
  package init(_ source: SourceText) { self.init(source.bytes) }

  /// The number of lines; text that ends with a line break has an empty last line.
  package var count: Int { starts.count }

  /// The 1-based line of an offset.
  ///
  /// - Complexity: O(log n) in the number of lines.
  package func line(of offset: UInt32) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The 1-based column of an offset, in Unicode scalars; a byte-order mark does not count.
  ///
  /// - Complexity: O(1) in the length of the line and of the text.
  package func column(of offset: UInt32) -> Int {
    var index = Int(starts[line(of: offset) - 1])
    if index == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      index = 3
    }
    let end = Int(min(offset, UInt32(bytes.count)))
    guard end - index > 2 * Self.blockSize else { return 1 + scalarCount(index, end) }
    let first = index / Self.blockSize + 1
    let last = end / Self.blockSize
    return 1 + scalarCount(index, first * Self.blockSize)
      + Int(scalarCounts[last] - scalarCounts[first]) + scalarCount(last * Self.blockSize, end)
  }

  /// How many scalars begin between two offsets.
  private func scalarCount(_ start: Int, _ end: Int) -> Int {
    var count = 0
    var index = start
    while index < end {
      // Continuation bytes belong to the scalar that began before them.
      if bytes[index] & 0xC0 != 0x80 { count += 1 }
      index += 1
    }
    return count
  }

  /// The offset of a 1-based line and column; `nil` when the text has no such place.
  ///
  /// - Complexity: O(length of the line).
  package func offset(line: Int, column: Int) -> UInt32? {
    guard line >= 1, line <= starts.count, column >= 1 else { return nil }
    var index = Int(starts[line - 1])
    let end = line < starts.count ? Int(starts[line]) : bytes.count
    if index == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      index = 3
    }
    var left = column - 1
    while left > 0 {
      guard index < end else { return nil }
      index += 1
      while index < end, bytes[index] & 0xC0 == 0x80 { index += 1 }
      left -= 1
    }
    return UInt32(index)
  }

  /// The bytes of a 1-based line without its line break, as an interval.
  package func span(ofLine line: Int) -> ByteSpan? {
    guard line >= 1, line <= starts.count else { return nil }
    let start = Int(starts[line - 1])
    var end = line < starts.count ? Int(starts[line]) : bytes.count
    if line < starts.count {
      if end > start, bytes[end - 1] == 0x0A { end -= 1 }
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    }
    return ByteSpan(start: UInt32(start), end: UInt32(end))
  }

  private static func scalarCounts(of bytes: [UInt8], _ starts: [UInt32]) -> [UInt32] {
    var longest = UInt32(bytes.count) - starts[starts.count - 1]
    for index in starts.indices.dropFirst() {
      longest = max(longest, starts[index] - starts[index - 1])
    }
    guard longest > 2 * UInt32(blockSize) else { return [] }
    var counts: [UInt32] = []
    counts.reserveCapacity(bytes.count / blockSize + 1)
    var count: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      if index % blockSize == 0 { counts.append(count) }
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    if bytes.count % blockSize == 0 { counts.append(count) }
    return counts
  }

  private static func starts(of bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    // The standard library of CPython has 36 bytes per line.
    starts.reserveCapacity(bytes.count / 32 + 8)
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      let count = buffer.count
      while index < count {
        let byte = buffer[index]
        index += 1
        if byte == 0x0A {
          starts.append(UInt32(index))
        } else if byte == 0x0D {
          if index < count, buffer[index] == 0x0A { index += 1 }
          starts.append(UInt32(index))
        }
      }
    }
    return starts
  }
}
