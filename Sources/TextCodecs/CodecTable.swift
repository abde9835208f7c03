import PythonSyntax

/// An encoding whose characters are one to four bytes each, without any state.
///
/// Keys: a byte by itself; two bytes as a number, the first one high; `0x10000` and the last two
/// of three bytes behind `0x8F`; `0x20000` and the place of four bytes of GB 18030.
struct CodecTable {
  /// What a codec adds to another one.
  struct Row: Sendable {
    let name: StaticString
    let base: StaticString
    let pairs: StaticString
    let characters: StaticString

    init(
      _ name: StaticString, base: StaticString, pairs: StaticString, _ characters: StaticString,
    ) {
      self.name = name
      self.base = base
      self.pairs = pairs
      self.characters = characters
    }
  }

  private static let threeBytes = 0x10000
  private static let fourBytes = 0x20000
  private static let none: UInt32 = 0xFFFF_FFFF

  /// Characters by key.
  private var characters: [UInt32]
  /// Keys that stand for two characters.
  private var pairs: [Int: (UInt32, UInt32)] = [:]
  /// Whether Korean syllables are also spelt with their letters.
  private let composesHangul: Bool

  init(named name: String) {
    characters = Array(0..<0x80) + Array(repeating: Self.none, count: 0x80)
    composesHangul = name == "euc_kr"
    add(name)
  }

  /// Adds what the codec's base has, then its own.
  private mutating func add(_ name: String) {
    guard let row = CodecTables.rows.first(where: { $0.name.description == name }) else { return }
    if row.base.utf8CodeUnitCount > 0 { add(row.base.description) }
    var numbers = PackedNumbers(row.characters)
    var key = 0
    var character: UInt32 = 0
    while let gap = numbers.next(), let length = numbers.next() {
      key += Int(gap)
      let isSequence = length & 1 == 1
      for index in 0..<length / 2 {
        if isSequence, index > 0 {
          character += 1
        } else if let number = numbers.next() {
          character =
            number & 1 == 0 ? character &+ number >> 1 : character &- (number + 1) >> 1
        }
        if key >= characters.count {
          characters += Array(repeating: Self.none, count: max(0x10000, key + 1 - characters.count))
        }
        characters[key] = character == 0 ? Self.none : character
        key += 1
      }
    }
    numbers = PackedNumbers(row.pairs)
    key = 0
    while let gap = numbers.next(), let first = numbers.next(), let second = numbers.next() {
      key += Int(gap)
      pairs[key] = (first, second)
    }
  }

  /// The character of a key.
  subscript(key: Int) -> UInt32? {
    guard key < characters.count, characters[key] != Self.none else { return nil }
    return characters[key]
  }

  /// The character of two bytes of seven bits, which may stand behind `0x8F`.
  func character(_ first: UInt8, _ second: UInt8, isThird: Bool = false) -> UInt32? {
    self[(isThird ? Self.threeBytes : 0) | Int(first | 0x80) << 8 | Int(second | 0x80)]
  }

  /// Decodes a text.
  func decode(_ bytes: [UInt8]) throws(UndecodableByte) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 2)
    var at = 0
    while at < bytes.count {
      let lead = Int(bytes[at])
      if let character = self[lead] {
        SourceText.appendUTF8(character, to: &text)
        at += 1
        continue
      }
      guard at + 1 < bytes.count else { throw UndecodableByte(offset: at) }
      let key = lead << 8 | Int(bytes[at + 1])
      if composesHangul, key == 0xA4D4 {
        guard let syllable = Hangul.syllable(bytes[at...].prefix(8)) else {
          throw UndecodableByte(offset: at)
        }
        SourceText.appendUTF8(syllable, to: &text)
        at += 8
      } else if let character = self[key] {
        SourceText.appendUTF8(character, to: &text)
        at += 2
      } else if let (first, second) = pairs[key] {
        SourceText.appendUTF8(first, to: &text)
        SourceText.appendUTF8(second, to: &text)
        at += 2
      } else if lead == 0x8F, at + 2 < bytes.count,
        let character = self[Self.threeBytes | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2])]
      {
        SourceText.appendUTF8(character, to: &text)
        at += 3
      } else if let character = character(ofFourBytes: bytes[at...].prefix(4)) {
        SourceText.appendUTF8(character, to: &text)
        at += 4
      } else {
        throw UndecodableByte(offset: at)
      }
    }
    return text
  }

  /// The character of four bytes of GB 18030.
  private func character(ofFourBytes bytes: ArraySlice<UInt8>) -> UInt32? {
    guard characters.count > Self.fourBytes, bytes.count == 4 else { return nil }
    let digits = zip(bytes, [0x81, 0x30, 0x81, 0x30]).map { Int($0) - $1 }
    let isValid = zip(digits, [0x7E, 10, 0x7E, 10]).allSatisfy { 0 <= $0 && $0 < $1 }
    guard isValid else { return nil }
    let rest = digits[1] * 1260 + digits[2] * 10 + digits[3]
    if digits[0] >= 15 {
      // Beyond the basic plane characters follow one another.
      let character = 0x10000 + (digits[0] - 15) * 12600 + rest
      return character <= 0x10FFFF ? UInt32(character) : nil
    }
    return self[Self.fourBytes + digits[0] * 12600 + rest]
  }
}

/// Korean syllables that are spelt with their letters, as KS X 1001 allows.
private enum Hangul {
  /// The letters that begin and end a syllable, by their places among the consonants.
  private static let initials: [UInt8] = [
    0, 1, 3, 6, 7, 8, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
  ]
  private static let finals: [UInt8] = [
    0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28,
    29,
  ]

  /// The syllable of a filler and three letters of two bytes each.
  static func syllable(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    let bytes = Array(bytes)
    guard bytes.count == 8, bytes[2] == 0xA4, bytes[4] == 0xA4, bytes[6] == 0xA4,
      let initial = initials.firstIndex(of: bytes[3] &- 0xA1), 0xBF...0xD3 ~= bytes[5]
    else { return nil }
    let vowel = Int(bytes[5]) - 0xBF
    let final: Int
    if bytes[7] == 0xD4 {
      final = 0
    } else if let index = finals.firstIndex(of: bytes[7] &- 0xA1) {
      final = index + 1
    } else {
      return nil
    }
    return UInt32(0xAC00 + initial * 588 + vowel * 28 + final)
  }
}
