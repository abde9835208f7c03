import PythonSemantics
import PythonSyntax

/// A file that has been decoded and parsed, and what is kept of it.
package struct ScannedFile: Sendable {
  package let path: [UInt8]
  let isNotebook: Bool
  /// `nil` when the bytes could not be decoded.
  let outline: ModuleOutline?
  /// Kept only where a rule may have something to say or a syntax error is to be shown.
  private(set) var tree: SyntaxTree?
  let errors: [SyntaxError]
  /// Whether checks are likely to run over it.
  private let isInteresting: Bool

  init(_ file: SourceFile, triggers: TriggerNames) {
    path = file.path
    isNotebook = file.isNotebook
    switch SourceText.decode(file.bytes) {
    case .success(let source):
      let tree = Parser.parse(source, options: ParserOptions(isNotebook: file.isNotebook))
      let outline = ModuleOutline(tree)
      self.tree = tree
      self.outline = outline
      // As in CPython, the compiler speaks only when the parser has nothing to say.
      errors = tree.errors.isEmpty ? tree.compilerErrors() : tree.errors
      isInteresting = isNotebook || outline.hasCoroutines || triggers.occur(in: outline)
    case .failure(let error):
      tree = nil
      outline = nil
      errors = [SyntaxError(span: error.span, message: error.message, isFromCompiler: false)]
      isInteresting = false
    }
  }

  /// Whether the tree was dropped and must be made again before the file can be analysed.
  package var isDropped: Bool { tree == nil && outline != nil }

  /// The same file without its tree, unless that is likely to be needed.
  ///
  /// Most files of a large project never are, and their trees would fill the memory.
  package func compacted() -> ScannedFile {
    var compact = self
    if !isInteresting { compact.tree = nil }
    return compact
  }

  /// The result for a file that no check has run over.
  var unchecked: CheckedFile {
    CheckedFile(source: tree?.source, syntaxErrors: errors, diagnostics: [], suppressed: 0)
  }

  /// The result with what the checks found, suppressions applied.
  func checked(_ diagnostics: [Diagnostic], rules: [RuleEntry]) -> CheckedFile {
    guard let tree, !diagnostics.isEmpty else { return unchecked }
    let sorted = diagnostics.sorted { left, right in
      (left.span.start, left.rule.rawValue, left.span.end)
        < (right.span.start, right.rule.rawValue, right.span.end)
    }
    let suppressions = Suppressions(tree, LineIndex(tree.source))
    let kept = sorted.filter { !suppressions.cover($0, code: rules[$0.rule.index].code) }
    return CheckedFile(
      source: tree.source, syntaxErrors: errors, diagnostics: kept,
      suppressed: sorted.count - kept.count)
  }
}
