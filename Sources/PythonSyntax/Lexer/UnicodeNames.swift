// Identifiers with characters beyond ASCII.

extension Lexer {
  /// Lexes an identifier that has, or starts with, a character beyond ASCII.
  mutating func lexNonASCIIName(_ start: Int) -> Int {
    var end = start
    while CharacterClass.table.utf8Start[Int(bytes[end])] == CharacterClass.identifier
      || bytes[end] >= 0x80
    {
      end += 1
    }
    var at = start
    while at < end {
      let (scalar, next) = decodeScalar(at)
      let isValid =
        at == start
        ? UnicodeNames.isStart(scalar) : UnicodeNames.isContinuation(scalar)
      guard isValid else { return reportInvalid(scalar, at, next, start) }
      at = next
    }
    let text = [UInt8](UnsafeBufferPointer(start: bytes + start, count: end - start))
    let id = names.intern(NameNormalization.normalize(text))
    tokens.append(.name, start, end, id)
    return end
  }

  /// The scalar at an offset of valid UTF-8, and the offset after it.
  private func decodeScalar(_ at: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[at])
    func tail(_ index: Int) -> UInt32 { UInt32(bytes[at + index] & 0x3F) }
    if first < 0x80 { return (first, at + 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | tail(1), at + 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), at + 3) }
    return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), at + 4)
  }

  private mutating func reportInvalid(
    _ scalar: UInt32, _ at: Int, _ next: Int, _ start: Int
  ) -> Int {
    var message: Message
    if UnicodeNames.isPrintable(scalar) {
      message = Message("invalid character '")
      message.append([UInt8](UnsafeBufferPointer(start: bytes + at, count: next - at))[...])
      message.append("' (U+")
      message.append(hexadecimal: scalar)
      message.append(")")
    } else {
      message = Message("invalid non-printable character U+")
      message.append(hexadecimal: scalar)
    }
    report(at, next, message.bytes)
    return next
  }
}

/// What CPython's `str` methods say about characters.
enum UnicodeNames {
  static func isStart(_ scalar: UInt32) -> Bool {
    scalar < 0x80
      ? scalar != 0x24
      : isContinuation(scalar) && !PackedNumbers.contains(scalar, in: onlyInside)
  }

  static func isContinuation(_ scalar: UInt32) -> Bool {
    scalar < 0x80 || PackedNumbers.contains(scalar, in: members)
  }

  private static let members = PackedNumbers.boundaries(IdentifierTables.members)
  private static let onlyInside = PackedNumbers.boundaries(IdentifierTables.continuations)

  /// Whether `str.isprintable` holds, for the characters that turn up in broken source.
  static func isPrintable(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0xA0, 0xAD, 0x600...0x605, 0x61C, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F,
      0x205F...0x206F, 0x3000, 0xD800...0xF8FF, 0xFEFF, 0xFFF0...0xFFFB, 0xFFFE, 0xFFFF,
      0xE0000...0xE0FFF, 0xF0000...0x10FFFF:
      false
    default: true
    }
  }
}
