/// A start tag with its attributes, read back from a page that this module made.
struct HTMLTag: Hashable {
  /// In lower case.
  let name: String
  /// Values without quotes and with the five escapes of ``HTMLEscaping`` undone.
  let attributes: [String: String]

  /// All start tags in the order of the text.
  static func tags(in bytes: [UInt8]) -> [HTMLTag] {
    var reader = TagReader(bytes: bytes)
    var tags: [HTMLTag] = []
    while let tag = reader.next() { tags.append(tag) }
    return tags
  }
}

/// Reads start tags; knows quoted attributes, not comments or scripts, which pages do not have.
private struct TagReader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> HTMLTag? {
    while let open = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = open + 1
      let name = word()
      guard !name.isEmpty else { continue }
      return HTMLTag(name: name.lowercased(), attributes: attributes())
    }
    return nil
  }

  /// Reads up to the end of the tag.
  private mutating func attributes() -> [String: String] {
    var attributes: [String: String] = [:]
    while position < bytes.count, bytes[position] != UInt8(ascii: ">") {
      let name = word()
      guard !name.isEmpty else {
        position += 1
        continue
      }
      attributes[name.lowercased()] = value()
    }
    return attributes
  }

  private mutating func word() -> String {
    let start = position
    while position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The quoted value behind `=`; empty for an attribute without one.
  private mutating func value() -> String {
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "="),
      bytes[position + 1] == UInt8(ascii: "\"")
    else { return "" }
    let start = position + 2
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
    position = min(end + 1, bytes.count)
    return Self.unescaped(String(decoding: bytes[start..<end], as: UTF8.self))
  }

  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    let escapes = [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ]
    var result = ""
    var rest = text[...]
    while let ampersand = rest.firstIndex(of: "&") {
      result += rest[..<ampersand]
      rest = rest[ampersand...]
      if let (escape, character) = escapes.first(where: { rest.hasPrefix($0.0) }) {
        result += character
        rest = rest.dropFirst(escape.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result + rest
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
