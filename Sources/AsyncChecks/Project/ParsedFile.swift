import PythonSemantics
import PythonSyntax

/// A file that has been decoded and parsed.
struct ParsedFile: Sendable {
  /// `nil` when the bytes could not be decoded.
  let tree: SyntaxTree?
  /// Those of the decoder, the lexer and the parser.
  private let parserErrors: [SyntaxError]

  /// The errors of the parser, or those of the compiler where it has nothing to say, as in CPython.
  ///
  /// - Complexity: O(*n*) in the number of nodes.
  private var errors: [SyntaxError] {
    parserErrors.isEmpty ? tree?.compilerErrors() ?? [] : parserErrors
  }

  init(_ bytes: [UInt8], isNotebook: Bool, codecs: SourceCodecs) {
    switch SourceText.decode(bytes, codecs: codecs) {
    case .success(let source):
      let tree = Parser.parse(source, options: ParserOptions(isNotebook: isNotebook))
      self.tree = tree
      parserErrors = tree.errors
    case .failure(let error):
      tree = nil
      parserErrors = [SyntaxError(span: error.span, message: error.message, isFromCompiler: false)]
    }
  }

  private init(errors: [SyntaxError]) {
    tree = nil
    parserErrors = errors
  }

  /// What is kept of a file that is not analysed.
  ///
  /// - Parameter includesCompiler: Whether the errors of the compiler are kept too.
  func errorsOnly(includesCompiler: Bool) -> ParsedFile {
    ParsedFile(errors: includesCompiler ? errors : parserErrors)
  }

  /// The result for a file that no check has run over.
  ///
  /// - Parameter includesCompiler: Whether it has the errors of the compiler too.
  func unchecked(includesCompiler: Bool) -> CheckedFile {
    let errors = includesCompiler ? errors : parserErrors
    return CheckedFile(
      source: errors.isEmpty ? nil : tree?.source, syntaxErrors: errors, diagnostics: [],
      suppressed: 0)
  }

  /// The result with what the checks found, suppressions applied.
  func checked(_ diagnostics: [Diagnostic], rules: [RuleEntry]) -> CheckedFile {
    guard let tree, !diagnostics.isEmpty else { return unchecked(includesCompiler: true) }
    let sorted = diagnostics.sorted { left, right in
      (left.span.start, left.rule.rawValue, left.span.end)
        < (right.span.start, right.rule.rawValue, right.span.end)
    }
    let suppressions = Suppressions(tree, LineIndex(tree.source))
    let kept = sorted.filter { !suppressions.cover($0, of: rules[$0.rule.index]) }
    return CheckedFile(
      source: tree.source, syntaxErrors: errors, diagnostics: kept,
      suppressed: sorted.count - kept.count)
  }
}
