import Synchronization

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

/// Files that several threads make.
final class OutputFiles: Sendable {
  private let files = Mutex<[OutputFile]>([])

  func append(_ file: OutputFile) { files.withLock { $0.append(file) } }

  /// In the order of their paths.
  var sorted: [OutputFile] {
    files.withLock { $0 }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
