/// Reads the YAML that front matter is usually written in, many times as fast as a reader of the
/// whole language.
///
/// It knows mappings and lists in blocks or in brackets, and texts of a single line. Of anything
/// else, and of anything that could be read in two ways, it makes nothing.
struct SimpleYAML {
  /// Something that is left to a reader of the whole language.
  private struct Unusual: Error {}

  private let bytes: UnsafeBufferPointer<UInt8>
  private let lineOffset: Int
  private var position = 0
  /// The 1-based line of ``position``.
  private var line = 1
  /// The column of ``position`` when it is the first of its line that is not a space.
  private var indent = 0
  private var depth = 0

  /// Nesting deeper than this is unusual.
  private static let maximumDepth = 16

  /// The value of a text that is not empty; `nil` when it is not that simple.
  static func parse(_ text: String, lineOffset: Int) -> YAMLValue? {
    var text = text
    return text.withUTF8 { bytes in
      var reader = SimpleYAML(bytes: bytes, lineOffset: lineOffset)
      do throws(Unusual) {
        try reader.skipToContent()
        guard reader.position < bytes.count, reader.indent == 0 else { return nil }
        let value = try reader.block()
        return reader.position == bytes.count ? value : nil
      } catch {
        return nil
      }
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, lineOffset: Int) {
    self.bytes = bytes
    self.lineOffset = lineOffset
  }

  // MARK: - Blocks

  /// Goes from the start of a line to the first line with something on it but a comment.
  private mutating func skipToContent() throws(Unusual) {
    while position < bytes.count {
      let start = position
      while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
      indent = position - start
      guard position < bytes.count else { return }
      switch bytes[position] {
      case UInt8(ascii: "\n"):
        position += 1
        line += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "\t"): throw Unusual()
      default: return
      }
    }
    indent = 0
  }

  /// A mapping or a list whose first line begins at ``position``.
  private mutating func block() throws(Unusual) -> YAMLValue {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else { throw Unusual() }
    return isListEntry ? try list() : try mapping(indent)
  }

  private var isListEntry: Bool {
    bytes[position] == UInt8(ascii: "-") && position + 1 < bytes.count
      && bytes[position + 1] == UInt8(ascii: " ")
  }

  private mutating func list() throws(Unusual) -> YAMLValue {
    let (margin, first) = (indent, line)
    var entries: [YAMLValue] = []
    while position < bytes.count, indent == margin, isListEntry {
      position += 2
      guard position < bytes.count, bytes[position] != UInt8(ascii: " ") else { throw Unusual() }
      if isListEntry { throw Unusual() }
      if isKey {
        entries.append(try mapping(margin + 2))
      } else {
        entries.append(try value())
        try endLine()
      }
    }
    guard position == bytes.count || indent < margin else { throw Unusual() }
    return YAMLValue(content: .list(entries), line: first + lineOffset)
  }

  /// A mapping in a block; its first key stands at ``position``.
  private mutating func mapping(_ margin: Int) throws(Unusual) -> YAMLValue {
    let first = line
    var pairs: [YAMLValue.Pair] = []
    repeat {
      let keyLine = line
      let key = try key()
      if pairs.contains(where: { $0.key == key }) { throw Unusual() }
      let value: YAMLValue
      if position < bytes.count, bytes[position] == UInt8(ascii: " ") {
        position += 1
        value = try self.value()
        try endLine()
      } else {
        try endLine()
        guard position < bytes.count, indent > margin || indent == margin && isListEntry else {
          throw Unusual()
        }
        value = try block()
      }
      pairs.append(YAMLValue.Pair(key: key, keyLine: keyLine + lineOffset, value: value))
    } while position < bytes.count && indent == margin
    guard position == bytes.count || indent < margin else { throw Unusual() }
    return YAMLValue(content: .mapping(pairs), line: first + lineOffset)
  }

  /// Whether a key of letters, digits, hyphens and underscores stands at ``position``.
  private var isKey: Bool {
    var end = position
    while end < bytes.count, Self.isKeyPart(bytes[end]) { end += 1 }
    guard end > position, end < bytes.count, bytes[end] == UInt8(ascii: ":") else { return false }
    return end + 1 == bytes.count || bytes[end + 1] == UInt8(ascii: " ")
      || bytes[end + 1] == UInt8(ascii: "\n")
  }

  private mutating func key() throws(Unusual) -> String {
    guard isKey, bytes[position] != UInt8(ascii: "-") else { throw Unusual() }
    let start = position
    while bytes[position] != UInt8(ascii: ":") { position += 1 }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static func isKeyPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Goes on to the next line with something on it.
  private mutating func endLine() throws(Unusual) {
    guard position < bytes.count else {
      indent = 0
      return
    }
    guard bytes[position] == UInt8(ascii: "\n") else { throw Unusual() }
    position += 1
    line += 1
    try skipToContent()
  }

  // MARK: - Values on one line

  private mutating func value(inBrackets: Bool = false) throws(Unusual) -> YAMLValue {
    guard position < bytes.count else { throw Unusual() }
    switch bytes[position] {
    case UInt8(ascii: "\""): return text(try quoted(), isPlain: false)
    case UInt8(ascii: "["): return try bracketedList()
    case UInt8(ascii: "{"): return try bracketedMapping()
    default: return text(try plain(inBrackets: inBrackets), isPlain: true)
    }
  }

  private func text(_ text: String, isPlain: Bool) -> YAMLValue {
    YAMLValue(content: .scalar(text, isPlain: isPlain), line: line + lineOffset)
  }

  /// Text without quotation marks, up to the end of the line or of an entry in brackets.
  private mutating func plain(inBrackets: Bool) throws(Unusual) -> String {
    let start = position
    guard Self.mayBeginPlain(bytes[start]) else { throw Unusual() }
    loop: while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\n"): break loop
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if inBrackets { break loop }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if inBrackets { throw Unusual() }
      case UInt8(ascii: ":"):
        // Might begin a value.
        let next = position + 1 < bytes.count ? bytes[position + 1] : UInt8(ascii: "\n")
        if inBrackets || next == UInt8(ascii: " ") || next == UInt8(ascii: "\n") {
          throw Unusual()
        }
      case UInt8(ascii: "#"): if bytes[position - 1] == UInt8(ascii: " ") { throw Unusual() }
      case 0..<0x20, 0x7F...: throw Unusual()
      default: break
      }
      position += 1
    }
    // The text may go on in a deeper line.
    if !inBrackets, position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: " ") {
      try requireNoContinuation()
    }
    var end = position
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    guard end > start else { throw Unusual() }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Only a key, an entry of a list or a comment may follow in a line that is set in.
  private func requireNoContinuation() throws(Unusual) {
    var rest = self
    rest.position += 1
    try rest.skipToContent()
    guard rest.position == bytes.count || rest.isListEntry || rest.isKey else { throw Unusual() }
  }

  private static func mayBeginPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "("):
      true
    default: false
    }
  }

  /// Text in double quotation marks.
  private mutating func quoted() throws(Unusual) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
      case UInt8(ascii: "\\"), 0..<0x20, 0x7F...: throw Unusual()
      default: position += 1
      }
    }
    throw Unusual()
  }

  private mutating func bracketedList() throws(Unusual) -> YAMLValue {
    try enter()
    defer { depth -= 1 }
    let first = line
    var entries: [YAMLValue] = []
    repeat {
      skipSpaces()
      entries.append(try value(inBrackets: true))
    } while try goesOn(until: UInt8(ascii: "]"))
    return YAMLValue(content: .list(entries), line: first + lineOffset)
  }

  private mutating func bracketedMapping() throws(Unusual) -> YAMLValue {
    try enter()
    defer { depth -= 1 }
    let first = line
    var pairs: [YAMLValue.Pair] = []
    repeat {
      skipSpaces()
      let key = try key()
      guard position < bytes.count, bytes[position] == UInt8(ascii: " "),
        !pairs.contains(where: { $0.key == key })
      else { throw Unusual() }
      skipSpaces()
      pairs.append(
        YAMLValue.Pair(key: key, keyLine: line + lineOffset, value: try value(inBrackets: true)))
    } while try goesOn(until: UInt8(ascii: "}"))
    return YAMLValue(content: .mapping(pairs), line: first + lineOffset)
  }

  /// Goes behind an opening bracket.
  private mutating func enter() throws(Unusual) {
    position += 1
    depth += 1
    guard depth < Self.maximumDepth else { throw Unusual() }
  }

  /// Goes behind a comma, or behind the closing bracket.
  private mutating func goesOn(until closing: UInt8) throws(Unusual) -> Bool {
    skipSpaces()
    guard position < bytes.count else { throw Unusual() }
    defer { position += 1 }
    if bytes[position] == UInt8(ascii: ",") { return true }
    guard bytes[position] == closing else { throw Unusual() }
    return false
  }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
  }
}
