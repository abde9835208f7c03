/// Breaking of running text into lines of a width.
package enum TextWrap {
  /// Breaks at spaces; a word wider than the line stays whole. Lines after the first start with
  /// `indent`, which counts as part of the width.
  package static func lines(of text: String, width: Int, indent: String = "") -> [String] {
    // Nothing to break, and no space to leave out.
    if text.isPlainASCII, text.utf8.count <= width, hasSingleSpaces(text) { return [text] }
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    var isEmpty = true
    for word in text.split(separator: " ") {
      let wordWidth = word.displayWidth
      if !isEmpty, lineWidth + 1 + wordWidth > width {
        lines.append(line)
        line = indent
        lineWidth = indent.displayWidth
        isEmpty = true
      }
      if !isEmpty {
        line += " "
        lineWidth += 1
      }
      line += word
      lineWidth += wordWidth
      isEmpty = false
    }
    lines.append(line)
    return lines
  }

  /// Whether every space stands between two words.
  private static func hasSingleSpaces(_ text: String) -> Bool {
    text.withBytes { bytes in
      var isBehindSpace = true
      for byte in bytes {
        let isSpace = byte == UInt8(ascii: " ")
        if isSpace, isBehindSpace { return false }
        isBehindSpace = isSpace
      }
      return !isBehindSpace
    }
  }
}
