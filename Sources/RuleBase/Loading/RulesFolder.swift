import Foundation

/// Finds and reads the rule files below a folder.
struct RulesFolder {
  /// Relative to the folder, in order.
  private(set) var files: [(path: String, text: String)] = []
  private(set) var errors: [RuleFileError] = []

  /// The folder as the caller wrote it, for error messages.
  private let directory: String
  /// Real paths of the folders being read, outermost first.
  private var open: [String] = []

  /// Reads a folder and those in it. Files named `README.md`, hidden ones and those without the
  /// ending `.md` are left out.
  init(_ directory: String) {
    var directory = directory
    while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
    self.directory = directory
    read("")
    errors.sort()
    files.sort { $0.path < $1.path }
  }

  private mutating func read(_ folder: String) {
    let place = folder.isEmpty ? directory : "\(directory)/\(folder)"
    let real = URL(fileURLWithPath: place).resolvingSymlinksInPath().path
    if open.contains(real) {
      errors.append(RuleFileError(file: place, line: nil, problem: .symbolicLinkLoop))
      return
    }
    open.append(real)
    defer { open.removeLast() }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: place)
    } catch {
      reportUnreadable(place, error)
      return
    }
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: "\(directory)/\(path)", isDirectory: &isFolder)
      if exists, isFolder.boolValue {
        read(path)
      } else if name.hasSuffix(".md"), name != "README.md" {
        readFile(path)
      }
    }
  }

  private mutating func readFile(_ path: String) {
    let place = "\(directory)/\(path)"
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: place))
    } catch {
      reportUnreadable(place, error)
      return
    }
    if let text = String(validating: bytes, as: UTF8.self) {
      files.append((path, text))
      return
    }
    let (line, byte) = Self.firstInvalid(in: bytes)
    errors.append(RuleFileError(file: place, line: line, problem: .notUTF8(byte: byte)))
  }

  private mutating func reportUnreadable(_ place: String, _ error: any Error) {
    let reason =
      switch (error as? CocoaError)?.code {
      case .some(.fileReadNoSuchFile), .some(.fileNoSuchFile): "no such file or folder"
      case .some(.fileReadNoPermission): "permission denied"
      default: (error as NSError).localizedDescription
      }
    errors.append(RuleFileError(file: place, line: nil, problem: .unreadable(reason: reason)))
  }

  /// The line and value of the first byte that breaks UTF-8.
  private static func firstInvalid(in bytes: Data) -> (line: Int, byte: UInt8) {
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
