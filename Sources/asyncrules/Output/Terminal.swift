/// What a terminal must not be sent, and how wide it draws.
enum Terminal {
  /// The text with control characters and bidirectional overrides made visible.
  ///
  /// **Source:** Unicode Standard Annex 9 lists the directional formatting characters.
  static func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHarmful(scalar) {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// How many columns more than characters a terminal needs before a 1-based column.
  static func extraColumns(in text: String, before column: Int) -> Int {
    text.unicodeScalars.prefix(max(0, column - 1)).reduce(0) { extra, scalar in
      if isWide(scalar) { return extra + 1 }
      return scalar.properties.generalCategory == .nonspacingMark ? extra - 1 : extra
    }
  }

  /// Whether East Asian width is wide or fullwidth.
  ///
  /// **Source:** the main ranges of Unicode's `EastAsianWidth.txt`.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
