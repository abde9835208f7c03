/// Reads the keys of one mapping of the front matter and reports what is wrong with them.
struct MappingReader {
  /// What the mapping is called in error messages; `nil` for the front matter itself.
  let whole: Whole?
  /// A mapping within the front matter.
  enum Whole {
    /// The value of a key.
    case value(of: String)
    /// An entry of the list that is the value of a key.
    case entry(of: String)
  }

  /// The line of errors about the mapping as a whole.
  let line: Int
  /// In the order of the file, unknown ones left out; so few that looking through them is the
  /// quickest way to find one.
  private var pairs: [YAMLValue.Pair] = []

  /// Reads a mapping; one of another type is reported and has no keys.
  ///
  /// - Parameters:
  ///   - known: Every key there is, in the wanted order.
  ///   - required: Those that must be there.
  init(
    _ value: YAMLValue, of whole: Whole?, known: [String], required: [String],
    report: inout RuleFileReport,
  ) {
    self.whole = whole
    line = value.line
    guard let pairs = value.mapping else {
      switch whole {
      case .entry(let key):
        report.add(.wrongEntry(of: key, found: value.kind, wanted: "a mapping"), line: line)
      case .value(let key):
        report.add(.wrongType(of: key, found: value.kind, wanted: "a mapping"), line: line)
      case nil:
        report.add(
          .wrongType(of: "front matter", found: value.kind, wanted: "a mapping"), line: line)
      }
      return
    }
    // A key that was meant to be another is not missing as well.
    var meant: Set<String> = []
    for pair in pairs {
      guard known.contains(pair.key) else {
        let near = NearestWord.to(pair.key, among: known)
        if let near { meant.insert(near) }
        report.add(.unknownKey(pair.key, near: near, wanted: known), line: pair.keyLine)
        continue
      }
      self.pairs.append(pair)
    }
    for key in required where self[key] == nil && !meant.contains(key) {
      report.add(missing(key), line: line)
    }
  }

  private func missing(_ key: String) -> RuleFileProblem {
    switch whole {
    case .entry(let list): .missingKeyOfEntry(key, of: list)
    case .value(let name): .missingKey(key, of: name)
    case nil: .missingKey(key, of: nil)
    }
  }

  /// The keys in the order of the file, unknown ones left out.
  var keys: [String] { pairs.map(\.key) }

  subscript(key: String) -> YAMLValue? { pairs.last { $0.key == key }?.value }

  /// The line of a key, or that of the mapping.
  func line(of key: String) -> Int { pairs.last { $0.key == key }?.keyLine ?? line }

  /// Reports each key that stands after one that belongs behind it.
  func checkOrder(_ wanted: [String], report: inout RuleFileReport) {
    var latest = 0
    for key in keys {
      guard let place = wanted.firstIndex(of: key) else { continue }
      if place < latest {
        let follower = keys.first { (wanted.firstIndex(of: $0) ?? 0) > place } ?? wanted[latest]
        report.add(.misplacedKey(key, before: follower), line: line(of: key))
      } else {
        latest = place
      }
    }
  }

  /// A text that is not empty; `nil` when the key is absent or its value was reported.
  func text(_ key: String, report: inout RuleFileReport) -> String? {
    self[key].flatMap { Self.text($0, of: key, report: &report) }
  }

  /// A word out of a closed list.
  func word<Word: CaseIterable & RawRepresentable<String>>(
    _ key: String, as: Word.Type, report: inout RuleFileReport,
  ) -> Word? {
    guard let value = self[key] else { return nil }
    return Self.word(value, of: key, report: &report)
  }

  /// `true` or `false`.
  func boolean(_ key: String, report: inout RuleFileReport) -> Bool? {
    guard let value = self[key] else { return nil }
    if let boolean = value.boolean { return boolean }
    report.add(.wrongType(of: key, found: value.kind, wanted: "true or false"), line: value.line)
    return nil
  }

  /// A list; a value of another type is reported. An empty list is one too.
  func list(_ key: String, report: inout RuleFileReport) -> [YAMLValue] {
    guard let value = self[key] else { return [] }
    guard let list = value.list else {
      report.add(.wrongType(of: key, found: value.kind, wanted: "a list"), line: value.line)
      return []
    }
    if list.isEmpty { report.add(.empty(key), line: value.line) }
    return list
  }

  /// A list of texts without repetition, each with its line.
  func texts(_ key: String, report: inout RuleFileReport) -> [(text: String, line: Int)] {
    var result: [(text: String, line: Int)] = []
    for value in list(key, report: &report) {
      guard let text = Self.text(value, of: key, report: &report) else { continue }
      if result.contains(where: { $0.text == text }) {
        report.add(.repeated(what: key, text), line: value.line)
      } else {
        result.append((text, value.line))
      }
    }
    return result
  }

  static func text(_ value: YAMLValue, of key: String, report: inout RuleFileReport) -> String? {
    if let tag = value.tag {
      report.add(.yamlTag(tag), line: value.line)
      return nil
    }
    guard let text = value.text else {
      report.add(.wrongType(of: key, found: value.kind, wanted: "a text"), line: value.line)
      return nil
    }
    if text.isBlank {
      report.add(.empty(key), line: value.line)
      return nil
    }
    return text
  }

  static func word<Word: CaseIterable & RawRepresentable<String>>(
    _ value: YAMLValue, of key: String, report: inout RuleFileReport,
  ) -> Word? {
    guard let text = text(value, of: key, report: &report) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let wanted = Word.allCases.map(\.rawValue)
    let near = NearestWord.to(text, among: wanted)
    report.add(
      .unknownWord(what: key, found: text, near: near, wanted: wanted), line: value.line)
    return nil
  }
}
