/// Reads one file below `translations/`.
struct TranslationReader {
  /// The folder of the translations within the rules folder.
  static let folder = "translations/"
  static let keys = ["title", "summary", "reason", "messages", "notes", "sources"]

  private(set) var translation: RuleTranslation
  private var digests: [String: (text: String, line: Int)] = [:]

  /// Reads a file as far as it goes; `nil` when its path says neither language nor rule.
  init?(path: String, text: String, report: inout RuleFileReport) {
    let parts = path.dropFirst(Self.folder.count).split(separator: "/", maxSplits: 1)
    let language = parts.first.flatMap { Language(rawValue: String($0)) }
    guard let language, language != .english, parts.count == 2,
      RulePath(String(parts[1])).isWellPlaced
    else {
      let languages = Language.translated.map(\.rawValue)
      report.add(.translation(.misplaced(languages: languages)), line: nil)
      return nil
    }
    translation = RuleTranslation(
      path: path, language: language, rulePath: String(parts[1]), source: text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if RuleFileReader.reportControlCharacters(lines, report: &report) { return }
    guard lines.first == "---" else {
      report.add(.noFrontMatter(found: String((lines.first ?? "").prefix(40))), line: 1)
      return
    }
    guard let end = lines.dropFirst().firstIndex(of: "---") else {
      report.add(.unclosedFrontMatter, line: 1)
      return
    }
    do {
      let yaml = lines[1..<end].joined(separator: "\n") + "\n"
      if let value = try YAMLValue.parse(yaml, lineOffset: 1) {
        readFrontMatter(value, report: &report)
      }
    } catch {
      report.add(error.problem, line: error.line)
    }
    let body = TranslationBodyReader(lines: lines, offset: end + 1, report: &report)
    translation.texts += body.texts
  }

  private mutating func readFrontMatter(_ value: YAMLValue, report: inout RuleFileReport) {
    let mapping = MappingReader(value, of: nil, known: Self.keys, required: [], report: &report)
    mapping.checkOrder(Self.keys, report: &report)
    for (key, value) in pairs("sources", of: mapping, report: &report) {
      guard let text = MappingReader.text(value, of: key, report: &report) else { continue }
      if TextDigest.isDigest(text) {
        digests[key] = (text, value.line)
      } else {
        report.add(.translation(.malformedDigest(found: text)), line: value.line)
      }
    }
    add(.title, mapping.text("title", report: &report), line: mapping.line(of: "title"))
    add(.summary, mapping.text("summary", report: &report), line: mapping.line(of: "summary"))
    add(.reason, mapping.text("reason", report: &report), line: mapping.line(of: "reason"))
    for (id, value) in pairs("messages", of: mapping, report: &report) {
      let text = MappingReader.text(value, of: id, report: &report)
      add(.message(id: id), text, line: value.line)
    }
    for (digest, value) in pairs("notes", of: mapping, report: &report) {
      let text = MappingReader.text(value, of: digest, report: &report)
      if !TextDigest.isDigest(digest) {
        report.add(.translation(.malformedDigest(found: digest)), line: value.line)
      } else if let text {
        translation.texts.append(
          TranslatedText(
            unit: .note(digest: digest), pieces: [.prose(text, line: value.line)], digest: digest,
            line: value.line, digestLine: nil))
      }
    }
    let wanted = translation.texts.compactMap(\.unit.sourceKey)
    for (key, digest) in digests.sorted(by: { $0.key < $1.key }) where !wanted.contains(key) {
      report.add(.translation(.unknownSource(key, wanted: wanted)), line: digest.line)
    }
  }

  private mutating func add(_ unit: TranslationUnit, _ text: String?, line: Int) {
    guard let text, let key = unit.sourceKey else { return }
    let digest = digests[key]
    translation.texts.append(
      TranslatedText(
        unit: unit, pieces: [.prose(text, line: line)], digest: digest?.text, line: line,
        digestLine: digest?.line))
  }

  private func pairs(
    _ key: String, of mapping: MappingReader, report: inout RuleFileReport,
  ) -> [(key: String, value: YAMLValue)] {
    guard let value = mapping[key] else { return [] }
    guard let pairs = value.mapping else {
      report.add(.wrongType(of: key, found: value.kind, wanted: "a mapping"), line: value.line)
      return []
    }
    return pairs.map { ($0.key, $0.value) }
  }
}
