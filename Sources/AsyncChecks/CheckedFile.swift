package import PythonSyntax

/// What the checker says of one file.
package struct CheckedFile: Sendable {
  /// `nil` when the bytes could not be decoded, or when nothing points into the file and its text
  /// was dropped.
  package internal(set) var source: SourceText?
  package let syntaxErrors: [SyntaxError]
  /// Sorted by the start of the span, then by rule.
  package let diagnostics: [Diagnostic]
  /// How many diagnostics a `# noqa` comment took out.
  package let suppressed: Int

  package init(
    source: SourceText?, syntaxErrors: [SyntaxError],
    diagnostics: [Diagnostic], suppressed: Int,
  ) {
    self.source = source
    self.syntaxErrors = syntaxErrors
    self.diagnostics = diagnostics
    self.suppressed = suppressed
  }
}
