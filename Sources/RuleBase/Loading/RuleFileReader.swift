/// Reads the text of one rule file.
enum RuleFileReader {
  /// Reads a file as far as it goes; ``ParsedRuleFile/errors`` says what is wrong with it.
  ///
  /// - Parameters:
  ///   - path: The file relative to the rules folder.
  ///   - file: The path for error messages.
  ///   - checks: What the checker offers; an empty list leaves check and messages alone.
  static func read(
    path: String, file: String, text: String, checks: [CheckSignature],
  ) -> ParsedRuleFile {
    var report = RuleFileReport(file: file)
    if !RulePath(path).isWellPlaced { report.add(.misplacedFile, line: nil) }
    var parsed = ParsedRuleFile(
      rule: Rule(path: path), marks: RuleMarks(), file: file, errors: [])
    let lines = text.byteLines
    if !mayHaveControlCharacters(text) || !reportControlCharacters(lines, report: &report) {
      read(lines, checks: checks, into: &parsed, report: &report)
    }
    parsed.rule.source = text
    parsed.errors = report.errors
    return parsed
  }

  private static func read(
    _ lines: [Substring], checks: [CheckSignature], into parsed: inout ParsedRuleFile,
    report: inout RuleFileReport,
  ) {
    guard lines.first == "---" else {
      let found = String((lines.first ?? "").prefix(40))
      report.add(.noFrontMatter(found: found), line: 1)
      return
    }
    guard let end = lines.dropFirst().firstIndex(of: "---") else {
      report.add(.unclosedFrontMatter, line: 1)
      return
    }
    let yaml = lines[1..<end].joined(separator: "\n") + "\n"
    do {
      if let value = try YAMLValue.parse(yaml, lineOffset: 1) {
        let reader = FrontMatterReader(
          value, path: parsed.rule.path, checks: checks, report: &report)
        parsed.rule = reader.rule
        parsed.marks = reader.marks
      } else {
        report.add(.empty("front matter"), line: 1)
      }
    } catch {
      report.add(error.problem, line: error.line)
    }
    let body = BodyReader(
      lines: lines, offset: end + 1, code: parsed.rule.code, report: &report)
    parsed.rule.sections = body.sections
    parsed.rule.examples = body.ruleExamples
    parsed.marks.anchors = body.anchors
    for link in body.links { read(link, into: &parsed, report: &report) }
  }

  /// Sorts a link into web addresses, links to rules and links within the page.
  private static func read(
    _ link: MarkdownLink, into parsed: inout ParsedRuleFile, report: inout RuleFileReport,
  ) {
    let destination = link.destination
    if destination.hasPrefix("https://"), destination.count > "https://".count { return }
    let parts = destination.split(
      separator: "#", maxSplits: 1, omittingEmptySubsequences: false
    ).map(String.init)
    let anchor = parts.count > 1 ? parts[1] : nil
    if destination.hasPrefix("rule:") {
      parsed.marks.mentions.append(
        RuleMarks.Mention(
          what: destination, name: String(parts[0].dropFirst("rule:".count)), anchor: anchor,
          line: link.line, isLink: true))
    } else if parts[0].isEmpty, let anchor, parsed.marks.anchors[anchor] != nil {
      return
    } else {
      let anchors = parsed.marks.anchors.keys.sorted()
      let near = anchor.flatMap { NearestWord.to($0, among: anchors) }.map { "#\($0)" }
      report.add(
        .deadLink(destination, near: parts[0].isEmpty ? near : nil), line: link.line)
    }
  }

  /// Whether there is a byte that might be of a control character.
  private static func mayHaveControlCharacters(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      // No early end: the compiler looks at many bytes at once.
      var found: UInt8 = 0
      for byte in bytes {
        found |= byte < 0x20 && byte != 0x0A && byte != 0x09 ? 1 : 0
        found |= byte == 0x7F || byte == 0xC2 || byte == 0xEF ? 1 : 0
      }
      return found != 0
    }
  }

  /// Reports the first character that no line of such a file may have.
  static func reportControlCharacters(
    _ lines: [Substring], report: inout RuleFileReport,
  ) -> Bool {
    for (index, line) in lines.enumerated() {
      // A carriage return and a line feed are one character, but two scalars.
      let control = line.unicodeScalars.first {
        ($0.value < 0x20 && $0 != "\t") || (0x7F..<0xA0).contains($0.value) || $0 == "\u{FEFF}"
      }
      guard let control else { continue }
      report.add(.controlCharacter(control), line: index + 1)
      return true
    }
    return false
  }
}
