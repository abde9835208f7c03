/// One file of a published tree, before anything is written.
package struct OutputFile: Hashable, Sendable {
  /// Relative to the output folder, with `/` between the parts: `blocking-sleep/index.html`.
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// A file of UTF-8 text.
  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }
}
