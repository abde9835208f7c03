import Glibc
import Publisher

/// The files of one run of `check`.
///
/// Files are read when they are looked at, so that a large project is never in memory as a whole.
struct CheckInputs: Sendable {
  enum Origin: Equatable, Sendable {
    case standardInput
    case path(String)
  }

  struct File: Sendable {
    /// As shown.
    let displayPath: String
    let origin: Origin
    /// Python source that is not, or no longer, what the file holds: standard input, the code of a
    /// notebook's cells, a text with fixes.
    fileprivate(set) var bytes: [UInt8]?
    let notebook: NotebookFile?
    /// That of the whole file which a notebook was read from.
    let notebookHash: UInt64?

    /// The Python source.
    func read() throws(FileError) -> [UInt8] {
      if let bytes { return bytes }
      guard case .path(let path) = origin else { return [] }
      return try FileSystem.read(path)
    }

    /// Shows the Python source to a body, which must not keep it; `false` when it cannot be read.
    func look(_ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
      if let bytes {
        bytes.withUnsafeBufferPointer(body)
        return true
      }
      guard case .path(let path) = origin else { return false }
      return ReadBuffer.ofThread.withContents(of: path, body)
    }
  }

  private(set) var files: [File] = []
  /// How many inputs could not be read; each was complained about.
  private(set) var unreadable = 0

  var readsStandardInput: Bool { files.contains { $0.origin == .standardInput } }

  mutating func append(_ file: DiscoveredFile) {
    guard file.displayPath.hasSuffix(".ipynb") else {
      files.append(
        File(
          displayPath: file.displayPath, origin: .path(file.path), bytes: nil, notebook: nil,
          notebookHash: nil))
      return
    }
    do throws(FileError) {
      append(
        try FileSystem.read(file.path), displayPath: file.displayPath, origin: .path(file.path))
    } catch {
      complain(error.description)
    }
  }

  mutating func append(_ bytes: [UInt8], displayPath: String, origin: Origin) {
    guard displayPath.hasSuffix(".ipynb") else {
      files.append(
        File(
          displayPath: displayPath, origin: origin, bytes: bytes, notebook: nil, notebookHash: nil))
      return
    }
    do throws(NotebookError) {
      let notebook = try NotebookFile(parsing: bytes)
      files.append(
        File(
          displayPath: displayPath, origin: origin, bytes: notebook.code, notebook: notebook,
          notebookHash: ContentHash.of(bytes)))
    } catch {
      complain("cannot read '\(displayPath)': \(error)")
    }
  }

  /// Gives a file another text; `nil` for what it holds on disk.
  mutating func setBytes(_ bytes: [UInt8]?, ofFileAt index: Int) {
    files[index].bytes = bytes
  }

  /// Tells the user of an input that is left out; the rest of the work goes on.
  mutating func complain(_ message: String) {
    let style = TerminalStyle(for: STDERR_FILENO)
    Streams.error("asyncrules: \(style.text("error:", .error)) \(message.visible)")
    unreadable += 1
  }
}
