/// What pages may not have in their Markdown.
package enum MarkdownError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A tag, comment, processing instruction or declaration; `found` is its beginning.
  case rawHTML(line: Int, found: String)
  case image(line: Int, destination: String)
  /// Blocks and inlines nested deeper than ``Markdown/maximumDepth``.
  case nestedTooDeeply(line: Int)

  /// 1-based, in the parsed text.
  package var line: Int {
    switch self {
    case .rawHTML(let line, _), .image(let line, _), .nestedTooDeeply(let line): line
    }
  }

  /// What was found and what is wanted, without the line.
  package var message: String {
    switch self {
    case .rawHTML(_, let found): "raw HTML '\(found)' is not allowed; write Markdown"
    case .image(_, let destination): "image '\(destination)' is not allowed; write text or a fence"
    case .nestedTooDeeply:
      "Markdown nested deeper than \(Markdown.maximumDepth) levels; write it flatter"
    }
  }

  package var description: String { "line \(line): \(message)" }
}
