import PythonSyntax

/// The parts of Python code that stand out.
struct PythonHighlighting {
  /// A part and its place in UTF-8 bytes.
  struct HighlightedSpan: Sendable {
    let span: Range<Int>
    let kind: HighlightedToken.Kind
  }

  /// In source order, not overlapping.
  let spans: [HighlightedSpan]

  init(of text: [UInt8]) {
    spans = SourceText(validated: text, encoding: .utf8).highlightedTokens().map {
      HighlightedSpan(span: $0.span.indices, kind: $0.kind)
    }
  }
}

extension HighlightedToken.Kind {
  /// The name of the class in the stylesheet; keywords, the most frequent, need none.
  var styleClass: String? {
    switch self {
    case .keyword: nil
    case .string: "s"
    case .number: "n"
    case .comment: "c"
    case .definition: "d"
    case .decorator: "a"
    }
  }
}
