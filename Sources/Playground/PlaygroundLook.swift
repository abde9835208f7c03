import PythonSyntax

/// What an editor shows of a text besides findings: coloured tokens and the syntax tree.
///
/// Numbers of four bytes, least significant first; places are UTF-8 bytes of the text:
///
///     number  how many tokens follow
///     3 ×     kind of the token, start, end
///     number  how many nodes follow, every node before its children
///     4 ×     kind of the node, depth, start, end
///
/// The kinds are those of `HighlightedToken.Kind` and `NodeKind`, counted from 0.
enum PlaygroundLook {
  static func bytes(of text: [UInt8]) -> [UInt8] {
    let source = SourceText(validated: text, encoding: .utf8)
    var writer = NumberWriter()
    let tokens = source.highlightedTokens()
    writer.append(UInt32(tokens.count))
    for token in tokens {
      writer.append(token.kind.number)
      writer.append(token.span.start)
      writer.append(token.span.end)
    }
    append(Parser.parse(source), to: &writer)
    return writer.bytes
  }

  private static func append(_ tree: SyntaxTree, to writer: inout NumberWriter) {
    writer.append(UInt32(tree.nodes.count))
    var depths = [UInt32](repeating: 0, count: tree.nodes.count)
    var work = [tree.root]
    var children: [NodeID] = []
    while let id = work.popLast() {
      let span = tree.span(id)
      writer.append(UInt32(tree.kind(id).rawValue))
      writer.append(depths[id.index])
      writer.append(span.start)
      writer.append(span.end)
      children.removeAll()
      tree.forEachChild(of: id) { child in
        depths[child.index] = depths[id.index] + 1
        children.append(child)
      }
      while let child = children.popLast() { work.append(child) }
    }
  }
}

/// Writes numbers of four bytes.
private struct NumberWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: UInt32) {
    bytes.append(UInt8(truncatingIfNeeded: number))
    bytes.append(UInt8(truncatingIfNeeded: number >> 8))
    bytes.append(UInt8(truncatingIfNeeded: number >> 16))
    bytes.append(UInt8(truncatingIfNeeded: number >> 24))
  }
}

extension HighlightedToken.Kind {
  /// The place of the kind among all.
  fileprivate var number: UInt32 {
    switch self {
    case .keyword: 0
    case .string: 1
    case .number: 2
    case .comment: 3
    case .definition: 4
    case .decorator: 5
    }
  }
}
