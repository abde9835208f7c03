/// Writes values as indented JSON with sorted keys, in one go and without an object for each value,
/// as Foundation's encoder makes them: a catalogue has a million values.
///
/// Made for records: what they hold are texts, whole numbers, Booleans, lists and records.
final class JSONEncoding: Encoder {
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  private(set) var bytes: [UInt8] = []
  private var depth = 0
  /// The object or list that the value being written has opened.
  private var opened = Opened.nothing
  /// The members of the open objects, those of the innermost last.
  private var members: [Member] = []

  private enum Opened {
    case nothing
    /// `first` is an index into ``members``.
    case object(first: Int)
    case list(start: Int)
  }

  /// A member with its line break before and its comma behind it.
  private struct Member {
    let key: String
    let start: Int
  }

  /// The bytes of a value, without a line feed at the end.
  ///
  /// - Parameter depth: How deep it stands in another: its lines but the first are set in.
  static func bytes(of value: some Encodable, depth: Int = 0) -> [UInt8] {
    let encoding = JSONEncoding()
    encoding.depth = depth
    encoding.bytes.reserveCapacity(16 * 1024)
    encoding.write(value)
    return encoding.bytes
  }

  /// The same value deeper in another: its lines but the first are set in.
  static func deepened(_ json: [UInt8], by depth: Int) -> [UInt8] {
    // A line feed in a text is written as `\n`, so every one of these begins a line.
    let lines = json.count { $0 == UInt8(ascii: "\n") }
    let margin = depth * 2
    let count = json.count + lines * margin
    return [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
      var place = 0
      for byte in json {
        result.initializeElement(at: place, to: byte)
        place += 1
        guard byte == UInt8(ascii: "\n") else { continue }
        result[place..<(place + margin)].initialize(repeating: UInt8(ascii: " "))
        place += margin
      }
      initialized = count
    }
  }

  // MARK: - Values

  fileprivate func write<Value: Encodable>(_ value: Value) {
    if Value.self == String.self {
      append(text: unsafeBitCast(value, to: String.self))
      return
    }
    let outer = opened
    opened = .nothing
    do {
      try value.encode(to: self)
    } catch {
      // Nothing here throws, and our records do not either.
      preconditionFailure("cannot encode \(Value.self): \(error)")
    }
    close()
    opened = outer
  }

  fileprivate func append(text: String) {
    bytes.append(UInt8(ascii: "\""))
    text.withBytes { text in
      var start = 0
      for index in text.indices where Self.isEscaped(text[index]) {
        bytes.append(contentsOf: text[start..<index])
        append(escaped: text[index])
        start = index + 1
      }
      bytes.append(contentsOf: text[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// **Source:** RFC 8259, section 7.
  private func append(escaped byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes += "u00".utf8
      bytes.append(UInt8(ascii: "0") + byte >> 4)
      let low = byte & 0xF
      bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }
  }

  fileprivate func append(word: String) { bytes += word.utf8 }

  // MARK: - Objects and lists

  fileprivate func beginMember(_ key: String) {
    members.append(Member(key: key, start: bytes.count))
    breakLine()
    append(text: key)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
  }

  fileprivate func beginElement() { breakLine() }

  fileprivate func endPart() { bytes.append(UInt8(ascii: ",")) }

  private func breakLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  /// Ends the object or list that a value has opened.
  private func close() {
    switch opened {
    case .nothing: return
    case .object(let first):
      depth -= 1
      if members.count > first {
        sortMembers(from: first)
        bytes.removeLast()
        breakLine()
      }
      bytes.append(UInt8(ascii: "}"))
    case .list(let start):
      depth -= 1
      if bytes.count > start {
        bytes.removeLast()
        breakLine()
      }
      bytes.append(UInt8(ascii: "]"))
    }
  }

  private func sortMembers(from first: Int) {
    defer { members.removeLast(members.count - first) }
    let own = members[first...]
    let isSorted = zip(own, own.dropFirst()).allSatisfy { $0.key < $1.key }
    guard !isSorted, let start = own.first?.start else { return }
    let written = Array(bytes[start...])
    bytes.removeLast(written.count)
    for index in own.indices.sorted(by: { own[$0].key < own[$1].key }) {
      let end = index + 1 < members.count ? members[index + 1].start : start + written.count
      bytes += written[(own[index].start - start)..<(end - start)]
    }
  }

  // MARK: - Encoder

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    opened = .object(first: members.count)
    bytes.append(UInt8(ascii: "{"))
    depth += 1
    return KeyedEncodingContainer(Members<Key>(encoding: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    bytes.append(UInt8(ascii: "["))
    opened = .list(start: bytes.count)
    depth += 1
    return Elements(encoding: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Word(encoding: self) }
}

/// What containers of records never do.
private func unsupported() -> Never { preconditionFailure("records have no such values") }

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoding: JSONEncoding
  var codingPath: [any CodingKey] { [] }

  private func put(_ word: String, _ key: Key) {
    encoding.beginMember(key.stringValue)
    encoding.append(word: word)
    encoding.endPart()
  }

  mutating func encodeNil(forKey key: Key) { put("null", key) }
  mutating func encode(_ value: Bool, forKey key: Key) { put(value ? "true" : "false", key) }
  mutating func encode(_ value: Int, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: Int8, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: Int16, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: Int32, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: Int64, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: UInt, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: UInt8, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: UInt16, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: UInt32, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: UInt64, forKey key: Key) { put("\(value)", key) }
  mutating func encode(_ value: Float, forKey key: Key) { unsupported() }
  mutating func encode(_ value: Double, forKey key: Key) { unsupported() }

  mutating func encode(_ value: String, forKey key: Key) {
    encoding.beginMember(key.stringValue)
    encoding.append(text: value)
    encoding.endPart()
  }

  mutating func encode(_ value: some Encodable, forKey key: Key) {
    encoding.beginMember(key.stringValue)
    encoding.write(value)
    encoding.endPart()
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key,
  ) -> KeyedEncodingContainer<Nested> { unsupported() }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    unsupported()
  }
  mutating func superEncoder() -> any Encoder { unsupported() }
  mutating func superEncoder(forKey key: Key) -> any Encoder { unsupported() }
}

private struct Elements: UnkeyedEncodingContainer {
  let encoding: JSONEncoding
  var codingPath: [any CodingKey] { [] }
  var count = 0

  private mutating func put(_ write: (JSONEncoding) -> Void) {
    encoding.beginElement()
    write(encoding)
    encoding.endPart()
    count += 1
  }

  private mutating func put(_ word: String) { put { $0.append(word: word) } }

  mutating func encodeNil() { put("null") }
  mutating func encode(_ value: Bool) { put(value ? "true" : "false") }
  mutating func encode(_ value: Int) { put("\(value)") }
  mutating func encode(_ value: Int8) { put("\(value)") }
  mutating func encode(_ value: Int16) { put("\(value)") }
  mutating func encode(_ value: Int32) { put("\(value)") }
  mutating func encode(_ value: Int64) { put("\(value)") }
  mutating func encode(_ value: UInt) { put("\(value)") }
  mutating func encode(_ value: UInt8) { put("\(value)") }
  mutating func encode(_ value: UInt16) { put("\(value)") }
  mutating func encode(_ value: UInt32) { put("\(value)") }
  mutating func encode(_ value: UInt64) { put("\(value)") }
  mutating func encode(_ value: Float) { unsupported() }
  mutating func encode(_ value: Double) { unsupported() }
  mutating func encode(_ value: String) { put { $0.append(text: value) } }
  mutating func encode(_ value: some Encodable) { put { $0.write(value) } }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
  ) -> KeyedEncodingContainer<Nested> { unsupported() }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { unsupported() }
  mutating func superEncoder() -> any Encoder { unsupported() }
}

private struct Word: SingleValueEncodingContainer {
  let encoding: JSONEncoding
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() { encoding.append(word: "null") }
  mutating func encode(_ value: Bool) { encoding.append(word: value ? "true" : "false") }
  mutating func encode(_ value: Int) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: Int8) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: Int16) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: Int32) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: Int64) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: UInt) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: UInt8) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: UInt16) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: UInt32) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: UInt64) { encoding.append(word: "\(value)") }
  mutating func encode(_ value: Float) { unsupported() }
  mutating func encode(_ value: Double) { unsupported() }
  mutating func encode(_ value: String) { encoding.append(text: value) }
  mutating func encode(_ value: some Encodable) { encoding.write(value) }
}
