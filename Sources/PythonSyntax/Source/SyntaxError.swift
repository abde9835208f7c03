/// A syntax error as a value: where it is and what CPython would say.
package struct SyntaxError: Error, Hashable, Sendable {
  package let span: ByteSpan
  /// UTF-8 without a line break, in CPython's wording where CPython has one.
  package let message: [UInt8]
  /// Whether `ast.parse` accepts the code and only `compile()` rejects it.
  package let isFromCompiler: Bool

  package init(span: ByteSpan, message: [UInt8], isFromCompiler: Bool) {
    self.span = span
    self.message = message
    self.isFromCompiler = isFromCompiler
  }
}
