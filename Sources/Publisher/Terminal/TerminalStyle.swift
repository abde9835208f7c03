/// Escape sequences of the terminal, and nowhere else.
///
/// **Source:** ECMA-48, section 8.3.117 (SGR).
package struct TerminalStyle: Sendable {
  /// Whether anything but plain text is written.
  package let isColored: Bool

  package init(isColored: Bool) {
    self.isColored = isColored
  }

  /// What is said about a piece of text.
  package enum Look: Sendable {
    case heading, code, emphasis, strong, placeholder, link
  }

  /// A text in a look; the text must be free of control characters (``Swift/String/visible``).
  package func text(_ text: String, _ look: Look) -> String {
    switch look {
    case .heading, .strong: styled(text, "1")
    case .code: styled(text, "36")
    case .emphasis, .link: styled(text, "4")
    case .placeholder: styled(text, "3")
    }
  }

  /// A verbatim line with its parts in their colours.
  package func text(_ line: StyledLine) -> String {
    var result = ""
    for part in line.parts { result += text(part.text.visible, part.style) }
    return result
  }

  /// A text in the colours of a style; it must be free of control characters.
  package func text(_ text: String, _ style: StyledLine.Style) -> String {
    switch style {
    case .plain: text
    case .gutter: styled(text, "34")
    case .path, .label, .message: styled(text, "1")
    case .error: styled(text, "1;31")
    case .warning: styled(text, "1;33")
    case .suggestion: styled(text, "1;36")
    case .added: styled(text, "32")
    case .removed: styled(text, "31")
    case .hunk: styled(text, "36")
    }
  }

  private func styled(_ text: String, _ codes: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text
  }
}
