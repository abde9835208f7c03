// Lines of a notebook cell that IPython handles before Python sees them.

extension Lexer {
  /// Skips magic, shell and help lines at the start of a line, as if they were blank.
  ///
  /// A line is skipped when it starts with `%`, `!` or `?`, or ends with `?`; a cell magic (`%%`)
  /// other than `%%time` and its like hides the rest of the cell, so all of it is skipped.
  mutating func skipMagics(_ start: Int) -> Int {
    guard brackets.count == 0 else { return start }
    var line = start
    while line < count {
      var at = line
      while bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
      guard isMagic(at) else { return line }
      if bytes[at] == 0x25, bytes[at + 1] == 0x25, !isTransparentCellMagic(at + 2) { return count }
      var end = endOfLine(from: at)
      // A backslash continues a shell command.
      while end > at, bytes[end - 1] == 0x5C, lineBreakEnd(end) > end {
        end = endOfLine(from: lineBreakEnd(end))
      }
      line = lineBreakEnd(end)
    }
    return line
  }

  private func isMagic(_ at: Int) -> Bool {
    switch bytes[at] {
    case 0x25, 0x21, 0x3F: return true
    case 0, 0x0A, 0x0D, 0x23: return false
    default: break
    }
    // `name?` and `name??` ask for help; a question mark is no Python outside strings.
    var end = endOfLine(from: at)
    while end > at, bytes[end - 1] == 0x20 { end -= 1 }
    guard bytes[end - 1] == 0x3F else { return false }
    var index = at
    while index < end {
      switch bytes[index] {
      case 0x23, 0x22, 0x27, 0x28: return false
      default: index += 1
      }
    }
    return true
  }

  /// Whether the rest of the cell is still Python, as for `%%time`, `%%timeit` and `%%capture`.
  private func isTransparentCellMagic(_ at: Int) -> Bool {
    func matches(_ word: StaticString) -> Bool {
      let text = word.utf8Start
      for index in 0..<word.utf8CodeUnitCount where bytes[at + index] != text[index] {
        return false
      }
      return true
    }
    return matches("time") || matches("capture") || matches("prun")
  }
}
