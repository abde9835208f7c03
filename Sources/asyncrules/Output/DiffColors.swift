import Publisher

/// Colours a unified diff for a terminal.
struct DiffColors {
  let style: TerminalStyle

  func colored(_ diff: String) -> String {
    diff.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let text = String(line).visible
      if line.hasPrefix("+++") || line.hasPrefix("---") { return style.text(text, .path) }
      if line.hasPrefix("@@") { return style.text(text, .hunk) }
      if line.hasPrefix("+") { return style.text(text, .added) }
      if line.hasPrefix("-") { return style.isColored ? style.text(text, .error) : text }
      return text
    }.joined(separator: "\n")
  }
}
