/// The characters that `\N{name}` escapes name.
///
/// Only the dump needs it: pass ``lookup(_:)`` to ``SyntaxTree/json(path:named:)``. A program that
/// does not mention it carries no table.
package enum CharacterNames {
  /// The character of a name or alias, in any case; `nil` when there is none.
  @Sendable
  package static func lookup(_ name: ArraySlice<UInt8>) -> UInt32? {
    var upper: [UInt8] = []
    for byte in name { upper.append(byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte) }
    return ideograph(upper) ?? hangul(upper) ?? find(hash(upper))
  }

  private static func hash(_ name: [UInt8]) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    value ^= value >> 29
    return (value &* 0xBF58_476D_1CE4_E5B9) >> 25
  }

  private static func find(_ hash: UInt64) -> UInt32? {
    var low = 0
    var high = CharacterNameTable.count
    while low < high {
      let middle = (low + high) / 2
      if pair(at: middle) >> 21 < hash { low = middle + 1 } else { high = middle }
    }
    guard low < CharacterNameTable.count, pair(at: low) >> 21 == hash else { return nil }
    return UInt32(pair(at: low) & 0x1F_FFFF)
  }

  private static func pair(at index: Int) -> UInt64 {
    let text = CharacterNameTable.pairs.utf8Start + index * 10
    var value: UInt64 = 0
    for place in 0..<10 {
      // The digits leave out the backslash.
      let byte = text[place]
      value = value << 6 | UInt64(byte > 0x5C ? byte - 0x2E : byte - 0x2D)
    }
    return value
  }

  /// `CJK UNIFIED IDEOGRAPH-4E00`.
  private static func ideograph(_ name: [UInt8]) -> UInt32? {
    let prefix: StaticString = "CJK UNIFIED IDEOGRAPH-"
    let length = prefix.utf8CodeUnitCount
    guard name.count == length + 4 || name.count == length + 5,
      prefix.withUTF8Buffer({ name.starts(with: $0) })
    else { return nil }
    var scalar: UInt32 = 0
    for byte in name[length...] {
      guard let digit = StringDecoder.hexDigit(byte) else { return nil }
      scalar = scalar << 4 | digit
    }
    switch scalar {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x2A6DF, 0x2A700...0x2B739, 0x2B740...0x2B81D,
      0x2B820...0x2CEA1, 0x2CEB0...0x2EBE0, 0x2EBF0...0x2EE5D, 0x30000...0x3134A, 0x31350...0x323AF:
      return scalar
    default: return nil
    }
  }

  /// `HANGUL SYLLABLE GAG`, by the names of its letters.
  private static func hangul(_ name: [UInt8]) -> UInt32? {
    let prefix: StaticString = "HANGUL SYLLABLE "
    guard prefix.withUTF8Buffer({ name.starts(with: $0) }) else { return nil }
    let syllable = name.dropFirst(prefix.utf8CodeUnitCount)
    let leading: [StaticString] = [
      "G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P",
      "H",
    ]
    let vowels: [StaticString] = [
      "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO",
      "WE",
      "WI", "YU", "EU", "YI", "I",
    ]
    let trailing: [StaticString] = [
      "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M",
      "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H",
    ]
    for (first, lead) in leading.enumerated() {
      for (second, vowel) in vowels.enumerated() {
        let start = lead.utf8CodeUnitCount + vowel.utf8CodeUnitCount
        guard syllable.count >= start, syllable.count <= start + 2,
          lead.withUTF8Buffer({ syllable.starts(with: $0) }),
          vowel.withUTF8Buffer({ syllable.dropFirst(lead.utf8CodeUnitCount).starts(with: $0) })
        else { continue }
        let rest = syllable.dropFirst(start)
        for (third, trail) in trailing.enumerated()
        where trail.withUTF8Buffer({ rest.elementsEqual($0) }) {
          return 0xAC00 + UInt32((first * 21 + second) * 28 + third)
        }
      }
    }
    return nil
  }
}
