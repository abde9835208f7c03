package import PythonSyntax

/// The files that are checked together. They are read when they are looked at, perhaps twice, so
/// that a large project is never in memory as a whole.
package struct SourceFiles: Sendable {
  /// As shown in diagnostics; module names are derived from them, so `/` separates folders.
  package let paths: [[UInt8]]
  /// Whether each is the code of a notebook's cells, where top-level `await` is legal.
  package let isNotebook: [Bool]
  /// Gives the bytes of a file; `nil` when it cannot be read.
  let read: @Sendable (_ file: Int) -> [UInt8]?
  /// Shows the bytes of a file to a body, which must not keep them; `false` when it cannot be read.
  let look: @Sendable (_ file: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool
  /// Read the encodings that the core does not know.
  let codecs: SourceCodecs

  package init(
    paths: [[UInt8]], isNotebook: [Bool], codecs: SourceCodecs = .none,
    read: @escaping @Sendable (_ file: Int) -> [UInt8]?,
    look: @escaping @Sendable (_ file: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool,
  ) {
    self.paths = paths
    self.isNotebook = isNotebook
    self.codecs = codecs
    self.read = read
    self.look = look
  }

  /// Files in memory.
  package init(_ files: [SourceFile]) {
    self.init(
      paths: files.map { $0.path }, isNotebook: files.map { $0.isNotebook },
      read: { files[$0].bytes },
      look: { file, body in
        files[file].bytes.withUnsafeBufferPointer(body)
        return true
      })
  }

  package var count: Int { paths.count }
}
