/// One Python file to check, as the caller read it.
package struct SourceFile: Sendable {
  /// As shown in diagnostics; module names are derived from it, so `/` separates folders.
  package let path: [UInt8]
  package let bytes: [UInt8]
  /// Whether it is the code of a notebook cell, where top-level `await` is legal.
  package let isNotebook: Bool

  package init(path: [UInt8], bytes: [UInt8], isNotebook: Bool = false) {
    self.path = path
    self.bytes = bytes
    self.isNotebook = isNotebook
  }
}
