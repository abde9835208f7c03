import Foundation

/// Writes a Swift source that holds text files: `TextEmbedder OUTPUT TYPE FOLDER FILE…`.
///
/// The source declares an enum of the given name with the constant `files`; the names of the files
/// are their paths below the folder.
@main
enum TextEmbedder {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 3 else {
      fatalError("usage: TextEmbedder OUTPUT TYPE FOLDER FILE…")
    }
    let (output, type, folder) = (arguments[1], arguments[2], arguments[3])
    let entries = try arguments.dropFirst(3).map { path in
      let text = try String(contentsOfFile: path, encoding: .utf8)
      guard path.hasPrefix(folder) else { fatalError("\(path) is not below \(folder)") }
      let name = path.dropFirst(folder.count).drop { $0 == "/" }
      return "    (name: \"\(name)\", text: \(literal(text))),\n"
    }
    let source = """
      // Written by TextEmbedder from text files.

      enum \(type) {
        static let files: [(name: StaticString, text: StaticString)] = [
      \(entries.joined())  ]
      }

      """
    try source.write(toFile: output, atomically: true, encoding: .utf8)
  }

  /// A raw multi-line literal with as many number signs as nothing within the text can end or
  /// escape it.
  private static func literal(_ text: String) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "#") ? run + 1 : 0
      longest = max(longest, run)
    }
    let signs = String(repeating: "#", count: longest + 1)
    return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
  }
}
