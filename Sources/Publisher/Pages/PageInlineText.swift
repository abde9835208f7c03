extension [PageInline] {
  /// Whether a reader would see nothing of it.
  var isBlank: Bool {
    allSatisfy { inline in
      switch inline {
      case .text(let text), .code(let text), .program(let text), .command(let text),
        .option(let text), .placeholder(let text), .variable(let text), .path(let text):
        text.isBlank
      case .emphasis(let children), .strong(let children), .link(_, let children),
        .rule(_, _, let children):
        children.isBlank
      case .rulePage, .manual: false
      case .lineBreak: true
      }
    }
  }

  /// The words without markup.
  var plainText: String {
    reduce(into: "") { result, inline in
      switch inline {
      case .text(let text), .code(let text), .program(let text), .command(let text),
        .option(let text), .placeholder(let text), .variable(let text), .path(let text):
        result += text
      case .emphasis(let children), .strong(let children), .link(_, let children),
        .rule(_, _, let children):
        result += children.plainText
      case .rulePage(let code, let name): result += "\(code) \(name)"
      case .manual(let name, let section): result += "\(name)(\(section))"
      case .lineBreak: result += " "
      }
    }
  }
}
