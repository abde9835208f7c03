/// Breaking of running text into lines of a width.
package enum TextWrap {
  /// Breaks at spaces; a word wider than the line stays whole. Lines after the first start with
  /// `indent`, which counts as part of the width.
  package static func lines(of text: String, width: Int, indent: String = "") -> [String] {
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
}
