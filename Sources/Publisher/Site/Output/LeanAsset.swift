/// An asset without what only its authors read: comments and indentation.
///
/// It works line by line and never changes code: in a script, a comment has lines of its own.
struct LeanAsset {
  let file: OutputFile

  init(_ file: OutputFile) {
    if file.path.hasSuffix(".css") {
      self.file = OutputFile(path: file.path, bytes: Self.stylesheet(file.bytes))
    } else if file.path.hasSuffix(".js") {
      self.file = OutputFile(path: file.path, bytes: Self.script(file.bytes))
    } else {
      self.file = file
    }
  }

  /// Leaves out lines of comments, blank lines and leading spaces.
  private static func script(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isInComment = false
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let line = line.drop { $0 == UInt8(ascii: " ") }
      if isInComment || line.starts(with: "/**".utf8) {
        isInComment = !Array(line.suffix(2)).elementsEqual("*/".utf8)
        continue
      }
      if line.isEmpty || line.starts(with: "//".utf8) { continue }
      result += line
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }

  /// Leaves out comments and the white space that separates nothing.
  private static func stylesheet(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var quote: UInt8?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        result.append(byte)
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        result.append(byte)
      } else if bytes[index...].starts(with: "/*".utf8) {
        index += 2
        while index < bytes.count, !bytes[index...].starts(with: "*/".utf8) { index += 1 }
        index += 1
      } else if isSpace(byte) {
        let next = bytes[(index + 1)...].first { !isSpace($0) }
        let isNeeded = !isSpace(bytes[min(index + 1, bytes.count - 1)])
        if isNeeded, !endsItem(result.last), !beginsItem(next) {
          result.append(UInt8(ascii: " "))
        }
      } else {
        // What ends the last declaration of a block ends nothing that its brace does not.
        if byte == UInt8(ascii: "}"), result.last == UInt8(ascii: ";") { result.removeLast() }
        result.append(byte)
      }
      index += 1
    }
    result.append(UInt8(ascii: "\n"))
    return result
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n")
  }

  private static func endsItem(_ byte: UInt8?) -> Bool {
    switch byte {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: ","),
      UInt8(ascii: ":"), UInt8(ascii: ">"):
      true
    default: false
    }
  }

  private static func beginsItem(_ byte: UInt8?) -> Bool {
    switch byte {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: ","),
      UInt8(ascii: ">"):
      true
    default: false
    }
  }
}
