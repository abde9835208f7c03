/// A line of verbatim text with the parts that a terminal colours.
package struct StyledLine: Hashable, Sendable {
  /// What a part is, not how it looks.
  package enum Style: Hashable, Sendable {
    case plain
    /// Line numbers and rules beside code.
    case gutter
    /// The name of a file.
    case path
    /// The severity and code that open a finding.
    case error, warning, suggestion
    /// The sentence of a finding.
    case message
    /// The word that opens a note or a fix.
    case label
    case added, removed, hunk
  }

  /// A part of one style.
  package struct Part: Hashable, Sendable {
    package let style: Style
    package let text: String
  }

  package private(set) var parts: [Part]

  /// An empty line.
  package init() { parts = [] }

  /// A line of one style.
  package init(_ text: String, _ style: Style = .plain) {
    parts = text.isEmpty ? [] : [Part(style: style, text: text)]
  }

  /// Adds a part at the end.
  package mutating func append(_ text: String, _ style: Style = .plain) {
    if !text.isEmpty { parts.append(Part(style: style, text: text)) }
  }

  /// The line without its styles.
  package var text: String {
    guard parts.count != 1 else { return parts[0].text }
    var text = ""
    append(to: &text)
    return text
  }

  /// Whether there is only white space.
  var isBlank: Bool { parts.allSatisfy(\.text.isBlank) }

  /// Adds the line without its styles to a text.
  func append(to text: inout String) {
    for part in parts { text += part.text }
  }
}
