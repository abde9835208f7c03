import Glibc

/// Finds and reads the rule files below a folder.
struct RulesFolder {
  /// Relative to the folder, in order.
  private(set) var files: [(path: String, text: String)] = []
  private(set) var errors: [RuleFileError] = []

  /// The folder as the caller wrote it, for error messages.
  private let directory: String
  /// The folders being read, outermost first.
  private var open: [Identity] = []
  /// Room for the bytes of a file, the same for all of them.
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

  /// What tells a folder from others, whatever it is called.
  private struct Identity: Equatable {
    let device: dev_t
    let number: ino_t
  }

  /// Reads a folder and those in it. Files named `README.md`, hidden ones and those without the
  /// ending `.md` are left out.
  init(_ directory: String) {
    var directory = directory
    while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
    self.directory = directory
    read("")
    errors.sort()
    files.sort { $0.path < $1.path }
    buffer = []
  }

  private mutating func read(_ folder: String) {
    let place = folder.isEmpty ? directory : "\(directory)/\(folder)"
    guard let stream = opendir(place) else { return reportUnreadable(place, errno) }
    defer { closedir(stream) }
    let descriptor = dirfd(stream)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return reportUnreadable(place, errno) }
    let identity = Identity(device: status.st_dev, number: status.st_ino)
    if open.contains(identity) {
      errors.append(RuleFileError(file: place, line: nil, problem: .symbolicLinkLoop))
      return
    }
    open.append(identity)
    defer { open.removeLast() }
    for entry in Self.entries(of: stream, descriptor) where !entry.name.hasPrefix(".") {
      let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
      if entry.isFolder {
        read(path)
      } else if entry.name.hasSuffix(".md"), entry.name != "README.md" {
        readFile(path, named: entry.name, in: descriptor)
      }
    }
  }

  /// The entries of an open folder in order; links count as what they lead to.
  private static func entries(
    of stream: OpaquePointer, _ descriptor: Int32,
  ) -> [(name: String, isFolder: Bool)] {
    var entries: [(name: String, isFolder: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var isFolder = Int32(entry.pointee.d_type) == Int32(DT_DIR)
      if !isFolder, Int32(entry.pointee.d_type) != Int32(DT_REG) {
        var status = stat()
        isFolder =
          fstatat(descriptor, name, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFDIR
      }
      entries.append((name, isFolder))
    }
    return entries.sorted { $0.name < $1.name }
  }

  private mutating func readFile(_ path: String, named name: String, in folder: Int32) {
    let place = "\(directory)/\(path)"
    let descriptor = openat(folder, name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return reportUnreadable(place, errno) }
    defer { close(descriptor) }
    var count = 0
    while true {
      if count == buffer.count {
        buffer.append(contentsOf: repeatElement(0, count: buffer.count))
      }
      let got = buffer.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress! + count, $0.count - count)
      }
      if got == 0 { break }
      if got > 0 {
        count += got
      } else if errno != EINTR {
        return reportUnreadable(place, errno)
      }
    }
    if let text = String(validating: buffer[..<count], as: UTF8.self) {
      files.append((path, text))
      return
    }
    let (line, byte) = Self.firstInvalid(in: buffer[..<count])
    errors.append(RuleFileError(file: place, line: line, problem: .notUTF8(byte: byte)))
  }

  private mutating func reportUnreadable(_ place: String, _ code: Int32) {
    let reason =
      switch code {
      case ENOENT: "no such file or folder"
      case EACCES: "permission denied"
      default: String(cString: strerror(code))
      }
    errors.append(RuleFileError(file: place, line: nil, problem: .unreadable(reason: reason)))
  }

  /// The line and value of the first byte that breaks UTF-8.
  private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> (line: Int, byte: UInt8) {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var (consumed, line) = (0, 1)
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        consumed += UTF8.width(scalar)
        if scalar == "\n" { line += 1 }
      case .emptyInput, .error: return (line, consumed < bytes.count ? bytes[consumed] : 0)
      }
    }
  }
}
