import Glibc

/// The Python files below some folders, in memory.
struct Corpus {
  private(set) var files: [[UInt8]] = []

  var byteCount: Int { files.reduce(0) { $0 + $1.count } }

  var megabytes: Double { Double(byteCount) / 1e6 }

  init(folders: [String]) {
    for folder in folders { add(folder) }
  }

  private mutating func add(_ folder: String) {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(".") || name == "__pycache__" { continue }
      let path = folder + "/" + name
      switch Int32(entry.pointee.d_type) {
      case Int32(DT_DIR): add(path)
      case Int32(DT_REG) where name.hasSuffix(".py"):
        if let bytes = Process.read(path) { files.append(bytes) }
      default: continue
      }
    }
  }
}
