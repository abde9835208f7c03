/// Colours a unified diff for a terminal.
struct DiffColors {
  let style: Style

  func colored(_ diff: String) -> String {
    diff.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let text = Terminal.harmless(String(line))
      if line.hasPrefix("+++") || line.hasPrefix("---") { return style.bold(text) }
      if line.hasPrefix("@@") { return style.cyan(text) }
      if line.hasPrefix("+") { return style.green(text) }
      if line.hasPrefix("-") { return style.isColored ? style.red(text) : text }
      return text
    }.joined(separator: "\n")
  }
}
