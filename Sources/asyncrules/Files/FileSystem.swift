import Glibc

/// A call to the operating system that failed.
struct FileError: Error, Hashable {
  /// What was attempted: `read`, `write`, `list`, …
  let action: String
  let path: String
  let code: Int32
}

extension FileError: CustomStringConvertible {
  /// `cannot read 'a.py': Permission denied`.
  var description: String { "cannot \(action) '\(path)': \(String(cString: strerror(code)))" }
}

/// The few file operations that the command line needs, straight on the C library.
enum FileSystem {
  enum Kind {
    case file, directory, symbolicLink, other
  }

  /// One entry of a directory.
  struct Entry {
    let name: String
    let kind: Kind
  }

  /// The bytes of a regular file or pipe.
  static func read(_ path: String) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(action: "read", path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError(action: "read", path: path, code: errno)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw FileError(action: "read", path: path, code: EISDIR)
    }
    return try readAll(descriptor, expecting: Int(status.st_size), path: path)
  }

  /// Everything that standard input holds.
  static func readStandardInput() throws(FileError) -> [UInt8] {
    try readAll(STDIN_FILENO, expecting: 0, path: "standard input")
  }

  private static func readAll(
    _ descriptor: Int32, expecting size: Int, path: String,
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var failure: Int32 = 0
    // One byte more than expected, so that the end of the file shows in the first round.
    var room = max(size, 0) + 1
    var isAtEnd = false
    while !isAtEnd, failure == 0 {
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        while count < buffer.count {
          let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
          if got > 0 {
            count += got
          } else if got == 0 {
            isAtEnd = true
            return
          } else if errno != EINTR {
            failure = errno
            return
          }
        }
      }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      room = max(bytes.count, 64 * 1024)
    }
    guard failure == 0 else { throw FileError(action: "read", path: path, code: failure) }
    return bytes
  }

  /// What a path is; `nil` when there is nothing.
  static func kind(of path: String, followingLinks: Bool = true) -> Kind? {
    var status = stat()
    let result = followingLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    case S_IFLNK: .symbolicLink
    default: .other
    }
  }

  /// The entries of a directory, sorted by their bytes, without `.` and `..`.
  static func list(_ path: String) throws(FileError) -> [Entry] {
    guard let directory = opendir(path) else {
      throw FileError(action: "list", path: path, code: errno)
    }
    defer { closedir(directory) }
    var entries: [Entry] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let kind: Kind =
        switch Int32(entry.pointee.d_type) {
        case Int32(DT_REG): .file
        case Int32(DT_DIR): .directory
        case Int32(DT_LNK): .symbolicLink
        case Int32(DT_UNKNOWN):
          FileSystem.kind(of: path + "/" + name, followingLinks: false) ?? .other
        default: .other
        }
      entries.append(Entry(name: name, kind: kind))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Writes a new file or replaces an old one in one step, keeping the old one's permissions.
  static func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
    let target = realPath(path) ?? path
    var status = stat()
    let mode = stat(target, &status) == 0 ? status.st_mode & 0o7777 : 0o644
    let temporary = "\(target).asyncrules-\(getpid())"
    do throws(FileError) {
      try write(bytes, to: temporary, mode: mode)
      guard rename(temporary, target) == 0 else {
        throw FileError(action: "write", path: path, code: errno)
      }
    } catch {
      unlink(temporary)
      throw FileError(action: "write", path: path, code: error.code)
    }
  }

  /// Permissions that the process does not give to new files.
  private static let withheldPermissions: mode_t = {
    let mask = umask(0)
    umask(mask)
    return mask
  }()

  /// Writes a file that must not exist yet.
  ///
  /// - Parameter folder: An open folder that the path starts from.
  static func write(
    _ bytes: [UInt8], to path: String, in folder: Int32 = AT_FDCWD, mode: mode_t = 0o644,
  ) throws(FileError) {
    let descriptor = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FileError(action: "write", path: path, code: errno) }
    var failure: Int32 = 0
    if mode & withheldPermissions != 0, fchmod(descriptor, mode) != 0 { failure = errno }
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while failure == 0, written < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        if count >= 0 { written += count } else if errno != EINTR { failure = errno }
      }
    }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    guard failure == 0 else { throw FileError(action: "write", path: path, code: failure) }
  }

  /// Makes a directory and those above it.
  static func makeDirectory(_ path: String) throws(FileError) {
    if mkdir(path, 0o755) == 0 { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeDirectory(String(path[..<slash]))
      if mkdir(path, 0o755) == 0 { return }
    }
    guard errno == EEXIST, kind(of: path) == .directory else {
      throw FileError(action: "create the folder", path: path, code: errno)
    }
  }

  /// Removes a file, or a directory with everything in it; links are removed, not followed.
  static func remove(_ path: String) throws(FileError) {
    if kind(of: path, followingLinks: false) == .directory {
      for entry in try list(path) { try remove(path + "/" + entry.name) }
      guard rmdir(path) == 0 else { throw FileError(action: "remove", path: path, code: errno) }
    } else {
      guard unlink(path) == 0 else { throw FileError(action: "remove", path: path, code: errno) }
    }
  }

  /// The absolute path without links; `nil` when it does not exist.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}
