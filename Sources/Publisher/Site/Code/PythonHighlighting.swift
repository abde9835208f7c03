/// The parts of Python code that stand out.
struct PythonHighlighting {
  /// What a part is.
  enum Kind: Sendable {
    case keyword, string, number, comment, definition, decorator

    /// The name of the class in the stylesheet.
    var styleClass: String {
      switch self {
      case .keyword: "k"
      case .string: "s"
      case .number: "n"
      case .comment: "c"
      case .definition: "d"
      case .decorator: "a"
      }
    }
  }

  /// A part and its place in UTF-8 bytes.
  struct HighlightedSpan: Sendable {
    let span: Range<Int>
    let kind: Kind
  }

  /// In source order, not overlapping.
  let spans: [HighlightedSpan]

  init(of text: [UInt8]) {
    spans = []
  }
}
