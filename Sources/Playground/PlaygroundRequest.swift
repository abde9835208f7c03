import AsyncChecks

/// What is to be checked, as the caller encodes it.
///
/// Numbers are four bytes, least significant first; a text is its number of bytes and then these:
///
///     text    the rule table, as `RuleTable.encode()` writes it; empty for the prepared one
///     number  how many files follow, in the order in which they are reported
///     text    the path of a file
///     number  1 for the code of a notebook cell, else 0
///     text    what the file holds
struct PlaygroundRequest {
  let rules: PlaygroundRules
  let files: [SourceFile]

  /// The request in some bytes; `nil` unless they are one from the first to the last.
  init?(decoding bytes: [UInt8]) {
    var reader = RequestReader(bytes)
    guard let encoded = reader.text(), let rules = Self.rules(of: encoded),
      let count = reader.number()
    else { return nil }
    var files: [SourceFile] = []
    for _ in 0..<count {
      guard let path = reader.text(), let kind = reader.number(), kind <= 1,
        let text = reader.text()
      else { return nil }
      files.append(SourceFile(path: path, bytes: text, isNotebook: kind == 1))
    }
    guard reader.isAtEnd else { return nil }
    self.rules = rules
    self.files = files
  }

  private static func rules(of encoded: [UInt8]) -> PlaygroundRules? {
    encoded.isEmpty ? PlaygroundRules.prepared : PlaygroundRules(decoding: encoded)
  }
}

/// Reads the parts of a request, each checked against the bytes there are.
private struct RequestReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number() -> UInt32? {
    guard bytes.count - position >= 4 else { return nil }
    var number: UInt32 = 0
    for index in 0..<4 { number |= UInt32(bytes[position + index]) << UInt32(index * 8) }
    position += 4
    return number
  }

  mutating func text() -> [UInt8]? {
    guard let count = number(), count <= UInt32(bytes.count - position) else { return nil }
    let start = position
    position += Int(count)
    return Array(bytes[start..<position])
  }
}
