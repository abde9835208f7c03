import Glibc
import Publisher
import Synchronization

/// A folder beside the one that is to be replaced, written by several threads and swapped in whole.
final class StagedFolder: Sendable {
  let path: String
  /// The folder, open: paths from here on need no long way down the tree.
  private let descriptor: Int32
  private let state = Mutex(State())

  private struct State {
    /// Folders that are there.
    var folders: Set<String> = []
    /// The files, relative to the folder.
    var names: [String] = []
    /// The first thing that went wrong; nothing is written after it.
    var failure: FileError?
  }

  /// Makes the folder, which must not exist yet.
  init(path: String) throws(FileError) {
    self.path = path
    try FileSystem.makeDirectory(path)
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(action: "write", path: path, code: errno) }
  }

  deinit { close(descriptor) }

  /// How many files were written.
  var fileCount: Int { state.withLock { $0.names.count } }

  /// Writes a file; what goes wrong is told by ``finish(listing:)``.
  func write(_ file: OutputFile) {
    let isFailed = state.withLock { state in
      state.names.append(file.path)
      return state.failure != nil
    }
    guard !isFailed else { return }
    do throws(FileError) {
      try makeParent(of: file.path)
      try FileSystem.write(file.bytes, to: file.path, in: descriptor)
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
    }
  }

  /// Writes a file that has other names too.
  ///
  /// All names are of one file where the file system has such links: that takes half the time.
  func write(_ file: OutputFile, alsoNamed others: [String]) {
    write(file)
    for other in others {
      let isFailed = state.withLock { state in
        state.names.append(other)
        return state.failure != nil
      }
      guard !isFailed else { return }
      do throws(FileError) {
        try makeParent(of: other)
        if linkat(descriptor, file.path, descriptor, other, 0) != 0 {
          try FileSystem.write(file.bytes, to: other, in: descriptor)
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
  }

  /// Writes the list of the files under a name.
  ///
  /// - Throws: The first thing that went wrong in any write.
  func finish(listing name: String) throws(FileError) {
    let (names, failure) = state.withLock { ($0.names.sorted(), $0.failure) }
    if let failure { throw failure }
    try FileSystem.write(Array(names.map { $0 + "\n" }.joined().utf8), to: path + "/" + name)
  }

  /// Removes everything.
  func discard() {
    if FileSystem.kind(of: path) != nil { try? FileSystem.remove(path) }
  }

  private func makeParent(of file: String) throws(FileError) {
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
    let parent = String(file[..<slash])
    guard state.withLock({ !$0.folders.contains(parent) }) else { return }
    // Two threads may both get here; making a folder twice does no harm.
    try FileSystem.makeDirectory(path + "/" + parent)
    state.withLock { _ = $0.folders.insert(parent) }
  }
}
