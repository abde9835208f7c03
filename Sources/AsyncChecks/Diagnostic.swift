package import PythonSyntax

/// One finding of a check in one file.
package struct Diagnostic: Sendable {
  /// The rule that was broken: an index into ``RuleTable/rules``.
  package let rule: RuleIndex
  /// How much it matters, where that is not what the rule says.
  package let severity: Severity?
  package let span: ByteSpan
  /// What, why and what to do; UTF-8, lower-case, no full stop, code in backquotes.
  package let message: [UInt8]
  package let notes: [Note]
  package let fix: Fix?

  package init(
    rule: RuleIndex, severity: Severity? = nil, span: ByteSpan, message: [UInt8],
    notes: [Note] = [], fix: Fix? = nil,
  ) {
    self.rule = rule
    self.severity = severity
    self.span = span
    self.message = message
    self.notes = notes
    self.fix = fix
  }
}

/// A further place or sentence that explains a diagnostic.
package struct Note: Hashable, Sendable {
  /// The file of ``span``; `nil` for the file of the diagnostic.
  package let file: FileIndex?
  package let span: ByteSpan?
  package let message: [UInt8]

  package init(file: FileIndex? = nil, span: ByteSpan?, message: [UInt8]) {
    self.file = file
    self.span = span
    self.message = message
  }
}

/// A file of the analysed project, in the order the caller gave.
package struct FileIndex: Hashable, Sendable {
  package let rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
