import Glibc
import Publisher

/// The files of one run of `check`, read into memory.
struct CheckInputs {
  enum Origin: Equatable {
    case standardInput
    case path(String)
  }

  struct File {
    /// As shown.
    let displayPath: String
    let origin: Origin
    /// Python source; for a notebook the code of its cells.
    var bytes: [UInt8]
    let notebook: NotebookFile?
  }

  fileprivate(set) var files: [File] = []
  /// How many inputs could not be read; each was complained about.
  private(set) var unreadable = 0

  var readsStandardInput: Bool { files.contains { $0.origin == .standardInput } }

  mutating func read(_ file: DiscoveredFile) {
    do throws(FileError) {
      let bytes = try FileSystem.read(file.path)
      append(bytes, displayPath: file.displayPath, origin: .path(file.path))
    } catch {
      complain(error.description)
    }
  }

  mutating func append(_ bytes: [UInt8], displayPath: String, origin: Origin) {
    guard displayPath.hasSuffix(".ipynb") else {
      files.append(
        File(displayPath: displayPath, origin: origin, bytes: bytes, notebook: nil))
      return
    }
    do throws(NotebookError) {
      let notebook = try NotebookFile(parsing: bytes)
      files.append(
        File(displayPath: displayPath, origin: origin, bytes: notebook.code, notebook: notebook))
    } catch {
      complain("cannot read '\(displayPath)': \(error)")
    }
  }

  mutating func replaceBytes(ofFileAt index: Int, with bytes: [UInt8]) {
    files[index].bytes = bytes
  }

  /// Tells the user of an input that is left out; the rest of the work goes on.
  mutating func complain(_ message: String) {
    let style = TerminalStyle(for: STDERR_FILENO)
    Streams.error("asyncrules: \(style.text("error:", .error)) \(message.visible)")
    unreadable += 1
  }
}
