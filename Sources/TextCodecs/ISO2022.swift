import PythonSyntax

/// The encodings that switch between sets of characters with escape sequences.
///
/// **Source:** ISO 2022, RFC 1468, RFC 1554, RFC 1557, JIS X 0213, as CPython's
/// `Modules/cjkcodecs/_codecs_iso2022.c` reads them.
enum ISO2022: String {
  case jp = "iso2022_jp"
  case jp1 = "iso2022_jp_1"
  case jp2 = "iso2022_jp_2"
  case jp3 = "iso2022_jp_3"
  case jp2004 = "iso2022_jp_2004"
  case jpExt = "iso2022_jp_ext"
  case kr = "iso2022_kr"

  private enum CharacterSet {
    case ascii, roman, katakana, latin1, greek, japanese, supplement, plane2, korean, chinese
    case plane2000, plane2004
  }

  private static let escape: UInt8 = 0x1B

  /// The set that the end of an escape sequence names.
  private func set(_ final: UInt8, isDouble: Bool) -> CharacterSet? {
    switch (final, isDouble, self) {
    case (UInt8(ascii: "B"), false, _): .ascii
    case (UInt8(ascii: "J"), false, .jp), (UInt8(ascii: "J"), false, .jp1),
      (UInt8(ascii: "J"), false, .jp2), (UInt8(ascii: "J"), false, .jpExt):
      .roman
    case (UInt8(ascii: "I"), false, .jpExt): .katakana
    case (UInt8(ascii: "A"), false, .jp2): .latin1
    case (UInt8(ascii: "F"), false, .jp2): .greek
    case (UInt8(ascii: "@"), true, .jp), (UInt8(ascii: "@"), true, .jp1),
      (UInt8(ascii: "@"), true, .jp2), (UInt8(ascii: "@"), true, .jpExt):
      .japanese
    case (UInt8(ascii: "B"), true, _): self == .kr ? nil : .japanese
    case (UInt8(ascii: "D"), true, .jp1), (UInt8(ascii: "D"), true, .jp2),
      (UInt8(ascii: "D"), true, .jpExt):
      .supplement
    case (UInt8(ascii: "C"), true, .jp2), (UInt8(ascii: "C"), true, .kr): .korean
    case (UInt8(ascii: "A"), true, .jp2): .chinese
    case (UInt8(ascii: "O"), true, .jp3): .plane2000
    case (UInt8(ascii: "Q"), true, .jp2004): .plane2004
    case (UInt8(ascii: "P"), true, .jp3), (UInt8(ascii: "P"), true, .jp2004): .plane2
    default: nil
    }
  }

  /// Decodes a text.
  func decode(_ bytes: [UInt8]) throws(UndecodableByte) -> [UInt8] {
    var text: [UInt8] = []
    var at = 0
    // The three sets that escape sequences exchange.
    var sets: [CharacterSet] = [.ascii, .ascii, .ascii]
    var isShifted = false
    var isInUnknownEscape = false
    var tables = Tables()
    while at < bytes.count {
      let byte = bytes[at]
      if isInUnknownEscape {
        SourceText.appendUTF8(UInt32(byte), to: &text)
        at += 1
        isInUnknownEscape = !Self.isFinal(byte)
        continue
      }
      switch byte {
      case Self.escape:
        guard at + 1 < bytes.count else { throw UndecodableByte(offset: at) }
        switch bytes[at + 1] {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "$"), UInt8(ascii: "."),
          UInt8(ascii: "&"):
          let length = try designate(bytes, at, &sets)
          at += length
        case UInt8(ascii: "N") where self == .jp2:
          guard at + 2 < bytes.count, let character = tables.high(bytes[at + 2], in: sets[2])
          else { throw UndecodableByte(offset: at) }
          SourceText.appendUTF8(character, to: &text)
          at += 3
        default:
          text.append(byte)
          at += 1
          isInUnknownEscape = true
        }
      case 0x0F where self == .kr:
        isShifted = false
        at += 1
      case 0x0E where self == .kr:
        isShifted = true
        at += 1
      case 0..<0x20:
        if byte == 0x0A { isShifted = false }
        text.append(byte)
        at += 1
      case 0x80...:
        throw UndecodableByte(offset: at)
      default:
        let set = isShifted ? sets[1] : sets[0]
        let width = Self.width(set)
        guard at + width <= bytes.count,
          let character = tables.character(byte, bytes[at + width - 1], in: set)
        else { throw UndecodableByte(offset: at) }
        SourceText.appendUTF8(character, to: &text)
        at += width
      }
    }
    return text
  }

  /// Reads an escape sequence that names a set.
  ///
  /// - Returns: Its length.
  private func designate(
    _ bytes: [UInt8], _ at: Int, _ sets: inout [CharacterSet],
  ) throws(UndecodableByte) -> Int {
    // The standard's prefix `ESC & @` may stand before a designation; CPython looks only at what
    // comes behind three bytes.
    var final = at + 1
    while final < bytes.count, !Self.isFinal(bytes[final]) {
      let isPrefix =
        self != .kr && final + 1 < bytes.count && bytes[final] == UInt8(ascii: "&")
        && bytes[final + 1] == UInt8(ascii: "@")
      final += isPrefix ? 3 : 1
    }
    guard final < bytes.count, final - at < 16 else { throw UndecodableByte(offset: at) }
    if self != .kr, final - at == 5, bytes[(at + 3)...final].elementsEqual([0x1B, 0x24, 0x42]) {
      sets[0] = .japanese
      return 6
    }
    let kind = bytes[at + 1]
    let isDouble = kind == UInt8(ascii: "$")
    let place: UInt8
    switch final - at {
    case 2: place = isDouble ? UInt8(ascii: "(") : kind
    case 3 where isDouble: place = bytes[at + 2]
    default: throw UndecodableByte(offset: at)
    }
    guard let set = set(bytes[final], isDouble: isDouble) else {
      throw UndecodableByte(offset: at)
    }
    switch place {
    case UInt8(ascii: "("): sets[0] = set
    case UInt8(ascii: ")"): sets[1] = set
    case UInt8(ascii: ".") where !isDouble: sets[2] = set
    default: throw UndecodableByte(offset: at)
    }
    return final - at + 1
  }

  private static func isFinal(_ byte: UInt8) -> Bool { 0x40...0x5A ~= byte }

  private static func width(_ set: CharacterSet) -> Int {
    switch set {
    case .ascii, .roman, .katakana, .latin1, .greek: 1
    case .japanese, .supplement, .plane2, .korean, .chinese, .plane2000, .plane2004: 2
    }
  }

  /// The tables that a text needs, each made at its first use.
  private struct Tables {
    private var made: [String: CodecTable] = [:]

    private mutating func table(_ name: String) -> CodecTable {
      if let table = made[name] { return table }
      let table = CodecTable(named: name)
      made[name] = table
      return table
    }

    /// The character of one byte or two.
    mutating func character(
      _ first: UInt8, _ second: UInt8, in set: CharacterSet,
    ) -> UInt32? {
      switch set {
      case .ascii: return UInt32(first)
      case .roman: return first == 0x5C ? 0xA5 : first == 0x7E ? 0x203E : UInt32(first)
      case .katakana: return 0x21...0x5F ~= first ? 0xFF40 + UInt32(first) : nil
      case .latin1, .greek: return nil
      case .japanese, .supplement, .plane2, .korean, .chinese, .plane2000, .plane2004: break
      }
      guard 0x21...0x7E ~= first, 0x21...0x7E ~= second else { return nil }
      switch set {
      case .japanese: return table("euc_jp").character(first, second)
      case .supplement: return table("euc_jp").character(first, second, isThird: true)
      case .korean:
        // Alone the filler is a character, which it is not where letters can be put together.
        return first == 0x24 && second == 0x54
          ? 0x3164 : table("euc_kr").character(first, second)
      case .chinese: return table("gb2312").character(first, second)
      case .plane2000, .plane2004:
        if first == 0x22, second == 0x32 { return 0x7E }
        return table(set == .plane2000 ? "euc_jisx0213" : "euc_jis_2004").character(first, second)
      case .plane2:
        switch first - 0x20 {
        case 1, 3, 4, 5, 8, 12...15, 78...94:
          return table("euc_jis_2004").character(first, second, isThird: true)
        default: return nil
        }
      case .ascii, .roman, .katakana, .latin1, .greek: return nil
      }
    }

    /// The character of a byte that stands behind the escape for one character of the third set.
    mutating func high(_ byte: UInt8, in set: CharacterSet) -> UInt32? {
      switch set {
      case .latin1: return byte < 0x80 ? UInt32(byte) + 0x80 : nil
      case .greek:
        let high = byte ^ 0x80
        if high < 0xA0 { return UInt32(high) }
        // The edition of 1987 has no signs for euro, drachma and iota below.
        return [0xA4, 0xA5, 0xAA].contains(high) ? nil : table("iso8859_7")[Int(high)]
      case .ascii, .roman, .katakana, .japanese, .supplement, .plane2, .korean, .chinese,
        .plane2000, .plane2004:
        return nil
      }
    }
  }
}
