/// NFKC, the form in which Python compares identifiers.
enum NameNormalization {
  private static let hangulBase: UInt32 = 0xAC00
  private static let leadingBase: UInt32 = 0x1100
  private static let vowelBase: UInt32 = 0x1161
  private static let trailingBase: UInt32 = 0x11A7

  /// The normalised bytes of an identifier of valid UTF-8.
  static func normalize(_ name: [UInt8]) -> [UInt8] {
    let scalars = decode(name)
    var decomposed: [UInt32] = []
    for scalar in scalars { decompose(scalar, into: &decomposed) }
    if decomposed == scalars, !scalars.contains(where: { isCombining($0) }) { return name }
    sortMarks(&decomposed)
    var text: [UInt8] = []
    for scalar in compose(decomposed) { SourceText.appendUTF8(scalar, to: &text) }
    return text
  }

  private static func decode(_ name: [UInt8]) -> [UInt32] {
    var scalars: [UInt32] = []
    var at = 0
    while at < name.count {
      let first = UInt32(name[at])
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      var scalar = length == 1 ? first : first & (0x7F >> UInt32(length))
      for index in 1..<max(length, 1) where at + index < name.count {
        scalar = scalar << 6 | UInt32(name[at + index] & 0x3F)
      }
      scalars.append(scalar)
      at += length
    }
    return scalars
  }

  private static func decompose(_ scalar: UInt32, into result: inout [UInt32]) {
    if scalar >= hangulBase, scalar < hangulBase + 11172 {
      let syllable = scalar - hangulBase
      result.append(leadingBase + syllable / 588)
      result.append(vowelBase + syllable % 588 / 28)
      if syllable % 28 > 0 { result.append(trailingBase + syllable % 28) }
      return
    }
    guard scalar >= 0x80, let part = tables.decomposition(of: scalar) else {
      result.append(scalar)
      return
    }
    result += part
  }

  private static let tables = NormalizationTables()

  private static func isCombining(_ scalar: UInt32) -> Bool {
    combiningClass(scalar) > 0 || (scalar >= leadingBase && scalar < 0x1200)
  }

  private static func combiningClass(_ scalar: UInt32) -> UInt32 {
    scalar < 0x300 ? 0 : tables.combiningClass(of: scalar)
  }

  /// Puts runs of combining marks in the order of their classes; equal classes keep their order.
  private static func sortMarks(_ scalars: inout [UInt32]) {
    var start = 0
    while start < scalars.count {
      guard combiningClass(scalars[start]) > 0 else {
        start += 1
        continue
      }
      var end = start
      while end < scalars.count, combiningClass(scalars[end]) > 0 { end += 1 }
      var run: [(UInt32, Int, UInt32)] = []
      for index in start..<end {
        run.append((combiningClass(scalars[index]), index, scalars[index]))
      }
      run.sort { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }
      for (offset, entry) in run.enumerated() { scalars[start + offset] = entry.2 }
      start = end
    }
  }

  /// Joins characters with the marks after them.
  private static func compose(_ scalars: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var starter: Int?
    var lastClass: UInt32 = 0
    for scalar in scalars {
      let own = combiningClass(scalar)
      if let place = starter {
        // A mark is blocked by one of the same or a higher class between it and the starter.
        let isAdjacent = place == result.count - 1
        if isAdjacent || (lastClass < own && lastClass > 0),
          let joined = composed(result[place], scalar)
        {
          result[place] = joined
          continue
        }
      }
      if own == 0 { starter = result.count }
      lastClass = own
      result.append(scalar)
    }
    return result
  }

  private static func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= leadingBase, first < leadingBase + 19, second >= vowelBase, second < vowelBase + 21
    {
      return hangulBase + ((first - leadingBase) * 21 + (second - vowelBase)) * 28
    }
    if first >= hangulBase, first < hangulBase + 11172, (first - hangulBase) % 28 == 0,
      second > trailingBase, second < trailingBase + 28
    {
      return first + (second - trailingBase)
    }
    return tables.compositions[UInt64(first) << 32 | UInt64(second)]
  }
}
