// The table as text: one record a line, fields separated by tabs, numbers in decimal. It is UTF-8
// whenever the table's own texts are, so that a string literal of the source can hold it.
//
//   asyncrules-table 4
//   <number of rules> <number of callables>
//   rules:      code name severity isDefault check isForTests fix messages {id text}
//               foreignCodes {code}
//   callables:  name role rule isDropIn argument trait returns replacements {dialect text}
//               conditions {isNegated position keyword value}

extension RuleTable {
  private static let header: StaticString = "asyncrules-table 4"

  /// The table as bytes that ``init(decoding:)`` reads.
  ///
  /// - Complexity: Linear in the size of the table.
  package func encode() -> [UInt8] {
    var writer = RecordWriter()
    writer.append(Self.header)
    writer.endRecord()
    writer.append(rules.count)
    writer.append(callables.count)
    writer.endRecord()
    for rule in rules { rule.encode(into: &writer) }
    for callable in callables { callable.encode(into: &writer) }
    return writer.bytes
  }

  /// The table that some bytes hold; `nil` unless they are, from the first to the last, what
  /// ``encode()`` writes.
  ///
  /// - Complexity: Linear in the number of bytes, in time and memory, whatever they are.
  package init?(decoding bytes: [UInt8]) {
    var reader = RecordReader(bytes)
    guard reader.skip(Self.header), reader.endRecord(), let ruleCount = reader.number(),
      let callableCount = reader.number(), reader.endRecord(), ruleCount <= UInt16.max
    else { return nil }
    var rules: [RuleEntry] = []
    for _ in 0..<ruleCount {
      guard let rule = RuleEntry(&reader), reader.endRecord() else { return nil }
      rules.append(rule)
    }
    var callables: [KnownCallable] = []
    for _ in 0..<callableCount {
      guard let callable = KnownCallable(&reader, ruleCount: ruleCount), reader.endRecord() else {
        return nil
      }
      callables.append(callable)
    }
    guard reader.isAtEnd else { return nil }
    self.init(rules: rules, callables: callables)
  }
}

extension RuleEntry {
  fileprivate func encode(into writer: inout RecordWriter) {
    writer.append(code)
    writer.append(name)
    writer.append(Int(severity.rawValue))
    writer.append(isDefault ? 1 : 0)
    writer.append(check)
    writer.append(isForTests ? 1 : 0)
    writer.append(fix.map { Int($0.rawValue) + 1 } ?? 0)
    writer.append(messages.count)
    for message in messages {
      writer.append(message.id)
      writer.append(message.text)
    }
    writer.append(foreignCodes.count)
    for code in foreignCodes { writer.append(code) }
    writer.endRecord()
  }

  fileprivate init?(_ reader: inout RecordReader) {
    guard let code = reader.text(), let name = reader.text(), let rawSeverity = reader.byte(),
      let severity = Severity(rawValue: rawSeverity), let isDefault = reader.flag(),
      let check = reader.text(), let isForTests = reader.flag(), let rawFix = reader.byte(),
      let count = reader.number()
    else { return nil }
    var fix: Applicability?
    if rawFix > 0 {
      guard let applicability = Applicability(rawValue: rawFix - 1) else { return nil }
      fix = applicability
    }
    var messages: [MessageTemplate] = []
    for _ in 0..<count {
      guard let id = reader.text(), let text = reader.text() else { return nil }
      messages.append(MessageTemplate(id: id, text: text))
    }
    guard let codeCount = reader.number() else { return nil }
    var foreignCodes: [[UInt8]] = []
    for _ in 0..<codeCount {
      guard let code = reader.text() else { return nil }
      foreignCodes.append(code)
    }
    self.init(
      code: code, name: name, severity: severity, isDefault: isDefault, check: check,
      isForTests: isForTests, messages: messages, fix: fix, foreignCodes: foreignCodes)
  }
}

extension KnownCallable {
  fileprivate func encode(into writer: inout RecordWriter) {
    writer.append(qualifiedName)
    writer.append(Int(role.rawValue))
    writer.append(Int(rule.rawValue))
    writer.append(isDropIn ? 1 : 0)
    writer.append(Int(argument))
    writer.append(trait)
    writer.append(returns)
    writer.append(replacements.count)
    for replacement in replacements {
      writer.append(replacement.dialect.map { Int($0.rawValue) + 1 } ?? 0)
      writer.append(replacement.text)
    }
    writer.append(unless.count)
    for condition in unless {
      writer.append(condition.isNegated ? 1 : 0)
      // 0 for no position, so that positions begin with 1.
      writer.append(condition.position.map { Int($0) + 1 } ?? 0)
      writer.append(condition.keyword)
      writer.append(condition.value)
    }
    writer.endRecord()
  }

  fileprivate init?(_ reader: inout RecordReader, ruleCount: Int) {
    guard let name = reader.text(), let rawRole = reader.byte(),
      let role = CallableRole(rawValue: rawRole), let rule = reader.number(), rule < ruleCount,
      let isDropIn = reader.flag(), let argument = reader.byte(), let trait = reader.text(),
      let returns = reader.text(), let replacementCount = reader.number()
    else { return nil }
    var replacements: [Replacement] = []
    for _ in 0..<replacementCount {
      guard let replacement = Replacement(&reader) else { return nil }
      replacements.append(replacement)
    }
    guard let conditionCount = reader.number() else { return nil }
    var unless: [ArgumentCondition] = []
    for _ in 0..<conditionCount {
      guard let condition = ArgumentCondition(&reader) else { return nil }
      unless.append(condition)
    }
    self.init(
      qualifiedName: name, role: role, rule: RuleIndex(UInt16(rule)), replacements: replacements,
      isDropIn: isDropIn, returns: returns, unless: unless, argument: argument,
      trait: trait)
  }
}

extension Replacement {
  fileprivate init?(_ reader: inout RecordReader) {
    guard let rawDialect = reader.byte(), let text = reader.text() else { return nil }
    if rawDialect == 0 {
      self.init(dialect: nil, text: text)
    } else {
      guard let dialect = Dialect(rawValue: rawDialect - 1) else { return nil }
      self.init(dialect: dialect, text: text)
    }
  }
}

extension ArgumentCondition {
  fileprivate init?(_ reader: inout RecordReader) {
    guard let isNegated = reader.flag(), let place = reader.number(), place <= 256,
      let keyword = reader.text(), let value = reader.text()
    else { return nil }
    let position = place == 0 ? nil : UInt8(place - 1)
    self.init(isNegated: isNegated, keyword: keyword, position: position, value: value)
  }
}

/// Writes fields and records.
private struct RecordWriter {
  private(set) var bytes: [UInt8] = []
  private var isFirstField = true

  mutating func append(_ text: [UInt8]) {
    beginField()
    for byte in text {
      if let letter = Escape.letter(of: byte) {
        bytes.append(Escape.mark)
        bytes.append(letter)
      } else {
        bytes.append(byte)
      }
    }
  }

  mutating func append(_ text: StaticString) {
    beginField()
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ number: Int) {
    beginField()
    var digits: [UInt8] = []
    var rest = number
    repeat {
      digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes.append(contentsOf: digits.reversed())
  }

  mutating func endRecord() {
    bytes.append(Escape.recordEnd)
    isFirstField = true
  }

  private mutating func beginField() {
    if !isFirstField { bytes.append(Escape.fieldEnd) }
    isFirstField = false
  }
}

/// Reads fields and records; everything it yields is checked against the bytes there are.
private struct RecordReader {
  private let bytes: [UInt8]
  private var position = 0
  private var isFirstField = true

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// The next field without its escapes.
  mutating func text() -> [UInt8]? {
    guard beginField() else { return nil }
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Escape.fieldEnd || byte == Escape.recordEnd { return text }
      position += 1
      if byte == Escape.mark {
        guard position < bytes.count, let plain = Escape.byte(of: bytes[position]) else {
          return nil
        }
        position += 1
        text.append(plain)
      } else if Escape.letter(of: byte) != nil {
        return nil
      } else {
        text.append(byte)
      }
    }
    return nil
  }

  /// The next field as a number without leading zeros.
  mutating func number() -> Int? {
    guard let digits = text(), !digits.isEmpty, digits.count < 10 else { return nil }
    guard digits.count == 1 || digits[0] != UInt8(ascii: "0") else { return nil }
    var number = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return number
  }

  mutating func byte() -> UInt8? { number().flatMap { UInt8(exactly: $0) } }

  mutating func flag() -> Bool? {
    switch number() {
    case 0: false
    case 1: true
    default: nil
    }
  }

  mutating func skip(_ wanted: StaticString) -> Bool {
    guard let found = text(), found.count == wanted.utf8CodeUnitCount else { return false }
    return wanted.withUTF8Buffer { buffer in found.indices.allSatisfy { found[$0] == buffer[$0] } }
  }

  mutating func endRecord() -> Bool {
    guard position < bytes.count, bytes[position] == Escape.recordEnd else { return false }
    position += 1
    isFirstField = true
    return true
  }

  private mutating func beginField() -> Bool {
    if isFirstField {
      isFirstField = false
      return true
    }
    guard position < bytes.count, bytes[position] == Escape.fieldEnd else { return false }
    position += 1
    return true
  }
}

/// Bytes that a field cannot hold as they are.
private enum Escape {
  static let mark = UInt8(ascii: "\\")
  static let fieldEnd = UInt8(ascii: "\t")
  static let recordEnd = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  static func letter(of byte: UInt8) -> UInt8? {
    switch byte {
    case mark: mark
    case fieldEnd: UInt8(ascii: "t")
    case recordEnd: UInt8(ascii: "n")
    case carriageReturn: UInt8(ascii: "r")
    default: nil
    }
  }

  static func byte(of letter: UInt8) -> UInt8? {
    switch letter {
    case mark: mark
    case UInt8(ascii: "t"): fieldEnd
    case UInt8(ascii: "n"): recordEnd
    case UInt8(ascii: "r"): carriageReturn
    default: nil
    }
  }
}
