extension Character {
  /// How many columns a terminal gives it: 0, 1 or 2.
  ///
  /// **Source:** Unicode Standard Annex 11; the blocks are those whose characters are wide or
  /// full-width without exception.
  package var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    // ASCII first: nearly every character of every page.
    if first.value < 0x300 { return first.value < 0x20 ? 0 : 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if first.properties.isEmojiPresentation { return 2 }
    // U+FE0F asks for the coloured, wide form of a character that also has a narrow one.
    if unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension StringProtocol {
  /// How many columns a terminal gives the text, without tabs and line feeds.
  package var displayWidth: Int {
    isPlainASCII ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }
}
