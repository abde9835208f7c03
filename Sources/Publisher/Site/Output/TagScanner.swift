/// Start tags of a page that this module made, one after another, as places in its bytes.
///
/// It knows quoted attributes, not comments or scripts, which pages do not have. Names are compared
/// as they are written: the module writes small letters.
struct TagScanner {
  private let bytes: [UInt8]
  private var position = 0
  /// The name of the tag that was read last.
  private(set) var name = 0..<0
  /// Its attributes; values without their quotation marks, empty where there is none.
  private(set) var attributes: [(name: Range<Int>, value: Range<Int>)] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Calls a function with the bytes at a place.
  @inline(__always)
  func withBytes<Result>(
    at place: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result,
  ) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[place])) }
  }

  /// Reads the next start tag; `false` at the end.
  mutating func next() -> Bool {
    while let opening = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = opening + 1
      name = word()
      guard !name.isEmpty else { continue }
      readAttributes()
      return true
    }
    position = bytes.count
    return false
  }

  /// Whether the bytes at a place are a word.
  func has(_ word: StaticString, at place: Range<Int>) -> Bool {
    guard word.utf8CodeUnitCount == place.count else { return false }
    for offset in 0..<place.count where bytes[place.lowerBound + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }

  /// The value of an attribute of the tag, with the five escapes of ``HTMLEscaping`` undone.
  func value(of attribute: StaticString) -> String? {
    attributes.first { has(attribute, at: $0.name) }.map { text(at: $0.value) }
  }

  /// The bytes at a place as text, with escapes undone.
  func text(at place: Range<Int>) -> String {
    let text = String(decoding: bytes[place], as: UTF8.self)
    return bytes[place].contains(UInt8(ascii: "&")) ? Self.unescaped(text) : text
  }

  /// The bytes at a place.
  subscript(_ place: Range<Int>) -> ArraySlice<UInt8> { bytes[place] }

  private mutating func readAttributes() {
    attributes.removeAll(keepingCapacity: true)
    while position < bytes.count, bytes[position] != UInt8(ascii: ">") {
      let name = word()
      if name.isEmpty { position += 1 } else { attributes.append((name, value())) }
    }
  }

  private mutating func word() -> Range<Int> {
    let start = position
    while position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
    return start..<position
  }

  /// The quoted value behind `=`.
  private mutating func value() -> Range<Int> {
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "="),
      bytes[position + 1] == UInt8(ascii: "\"")
    else { return position..<position }
    let start = position + 2
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
    position = min(end + 1, bytes.count)
    return start..<end
  }

  private static func unescaped(_ text: String) -> String {
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
