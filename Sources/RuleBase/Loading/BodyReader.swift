/// Reads the sections, headings and examples of a rule file's body.
struct BodyReader {
  private static let required: [RuleSection.Kind] = [
    .whatItDoes, .whyItMatters, .examples, .howToFix, .nearMisses, .whenToIgnore,
  ]

  private(set) var sections: [RuleSection] = []
  private(set) var anchors: [String: Int] = [:]
  private(set) var links: [MarkdownLink] = []
  private var examples = ExampleReader()
  private var sectionLines: [Int] = []
  /// Titles of sections that misspelt headings were meant to be.
  private var meant: Set<String> = []
  /// Whether an example was left out because of its fence.
  private var hasRejected = false

  /// The lines of the whole file.
  private let lines: [Substring]
  /// Lines of the file before the body.
  private let offset: Int
  /// Blocks of prose that have not become part of a section yet.
  private var pending: [(block: MarkdownBlock, lines: ClosedRange<Int>)] = []
  /// Whether the last block was a fence of an example.
  private var isBehindExample = false
  /// Blocks before the first section have been reported.
  private var hasReportedPreamble = false

  /// Reads the lines of a file from `offset` on.
  init(lines: [Substring], offset: Int, code: String, report: inout RuleFileReport) {
    self.lines = lines
    self.offset = offset
    let reading = MarkdownReading(of: lines.dropFirst(offset).joined(separator: "\n"))
    for error in reading.errors { report.add(.markdown(error), line: error.line + offset) }
    if reading.isCutShort { return }
    let markdown = reading.markdown
    links = markdown.links.map {
      MarkdownLink(destination: $0.destination, line: $0.line + offset)
    }
    for block in markdown.codeBlocks where block.isNested {
      let line = block.lines.lowerBound + offset
      if FenceInfo.isExample(block.info) { report.add(.nestedExample, line: line) }
      if RunReader.isRun(block.info) { report.add(.strayRun, line: line) }
    }
    var covered = 0
    for (block, span) in zip(markdown.blocks, markdown.lines) {
      if reading.errors.isEmpty {
        checkUncovered(after: covered, before: span.lowerBound, report: &report)
      }
      covered = span.upperBound
      let span = (span.lowerBound + offset)...(span.upperBound + offset)
      read(block, lines: span, report: &report)
    }
    // Behind the last block there may be link definitions too.
    if reading.errors.isEmpty {
      checkUncovered(after: covered, before: lines.count - offset + 1, report: &report)
    }
    flush(report: &report)
    checkSections(report: &report)
    examples.checkWhole(code: code, report: &report)
    let line = sectionLine(of: .examples) ?? max(1, offset)
    if !hasRejected { examples.checkKinds(line: line, report: &report) }
  }

  var ruleExamples: [Example] { examples.examples }

  private mutating func read(
    _ block: MarkdownBlock, lines: ClosedRange<Int>, report: inout RuleFileReport,
  ) {
    let line = lines.lowerBound
    switch block {
    case .heading(let level, let inlines):
      flush(report: &report)
      isBehindExample = false
      readHeading(level: level, text: inlines.plainText, line: line, report: &report)
      return
    case .codeBlock(let info, let code):
      checkFence(lines, report: &report)
      if RunReader.isRun(info) {
        let run = RunReader.read(code, line: line, report: &report)
        examples.add(run, followsExample: isBehindExample && pending.isEmpty, report: &report)
        return
      }
      guard FenceInfo.isExample(info) else { break }
      readExample(info: info, code: code, line: line, report: &report)
      return
    case .paragraph, .list, .blockQuote, .thematicBreak: break
    }
    if sections.isEmpty, !hasReportedPreamble {
      report.add(.textBeforeSections, line: line)
      hasReportedPreamble = true
    }
    pending.append((block, lines))
    isBehindExample = false
  }

  private mutating func readHeading(
    level: Int, text: String, line: Int, report: inout RuleFileReport,
  ) {
    switch level {
    case 2:
      guard let kind = RuleSection.Kind(rawValue: text) else {
        let wanted = RuleSection.Kind.allCases.map(\.rawValue)
        let near = NearestWord.to(text, among: wanted)
        if let near { meant.insert(near) }
        report.add(.unknownSection(text, near: near, wanted: wanted), line: line)
        return
      }
      if let first = sectionLine(of: kind) {
        report.add(.duplicateSection(text, firstLine: first), line: line)
      } else {
        addAnchor(Anchor.slug(of: text), line: line, report: &report)
      }
      sections.append(RuleSection(kind: kind, blocks: []))
      sectionLines.append(line)
    case 3 where !sections.isEmpty:
      addAnchor(Anchor.slug(of: text), line: line, report: &report)
      let framework = Framework(rawValue: text.lowercased())
      let isCure = sections[sections.count - 1].kind == .howToFix
      append(
        .heading(
          text: text, anchor: Anchor.slug(of: text), framework: isCure ? framework : nil,
          line: line))
    default:
      report.add(.wrongHeadingLevel(found: level, heading: text), line: line)
    }
  }

  private mutating func readExample(
    info: String, code: String, line: Int, report: inout RuleFileReport,
  ) {
    var caption: String?
    if case .paragraph = pending.last?.block, let paragraph = pending.popLast() {
      caption = source(paragraph.lines)
    }
    flush(report: &report)
    if lines[line - 1].first != "`", lines[line - 1].first != "~" {
      report.add(.indentedExample, line: line)
    }
    defer { isBehindExample = true }
    guard let info = FenceInfo(info, line: line, report: &report) else {
      hasRejected = true
      return
    }
    let fence = ExampleReader.Fence(
      info: info, code: code, line: line, caption: caption,
      followsExample: isBehindExample && caption == nil)
    if info.kind != .fixed, info.id == nil { hasRejected = true }
    guard let index = examples.add(fence, report: &report) else { return }
    addAnchor(examples.examples[index].id, line: line, report: &report)
    if sections.isEmpty {
      report.add(.textBeforeSections, line: line)
    } else {
      append(.example(index))
    }
  }

  private mutating func append(_ block: RuleBlock) {
    sections[sections.count - 1].blocks.append(block)
  }

  private mutating func addAnchor(_ anchor: String, line: Int, report: inout RuleFileReport) {
    if let first = anchors[anchor] {
      report.add(.duplicateAnchor(anchor, firstLine: first), line: line)
    } else {
      anchors[anchor] = line
    }
  }

  /// Turns the pending blocks into one piece of prose.
  private mutating func flush(report: inout RuleFileReport) {
    guard let first = pending.first, let last = pending.last else { return }
    let text = source(first.lines.lowerBound...last.lines.upperBound)
    // A link whose definition stands elsewhere would be lost in the piece.
    if text.hasByte("["), let piece = try? Markdown(parsing: text),
      piece.blocks != pending.map(\.block)
    {
      report.add(.linkDefinition, line: first.lines.lowerBound)
    }
    if !sections.isEmpty { append(.prose(markdown: text, line: first.lines.lowerBound)) }
    pending = []
  }

  private func source(_ lines: ClosedRange<Int>) -> String {
    self.lines[(lines.lowerBound - 1)...(lines.upperBound - 1)].joined(separator: "\n")
  }

  /// Reports text that belongs to no block: only a link definition vanishes from the tree.
  private func checkUncovered(after last: Int, before next: Int, report: inout RuleFileReport) {
    for line in last + 1..<max(next, last + 1) where line + offset <= lines.count {
      guard !lines[line + offset - 1].isBlank else { continue }
      report.add(.linkDefinition, line: line + offset)
      return
    }
  }

  /// CommonMark ends an open fence silently at the end of the text.
  private func checkFence(_ span: ClosedRange<Int>, report: inout RuleFileReport) {
    let opening = lines[span.lowerBound - 1].drop { $0 == " " }
    guard let mark = opening.first, mark == "`" || mark == "~" else { return }
    let last = lines[span.upperBound - 1].filter { !$0.isWhitespace }
    let width = opening.prefix { $0 == mark }.count
    if span.count < 2 || last.count < width || !last.allSatisfy({ $0 == mark }) {
      report.add(.unclosedFence, line: span.lowerBound)
    }
  }

  private func sectionLine(of kind: RuleSection.Kind) -> Int? {
    sections.firstIndex { $0.kind == kind }.map { sectionLines[$0] }
  }

  private func checkSections(report: inout RuleFileReport) {
    let order = RuleSection.Kind.allCases
    var latest = 0
    for (section, line) in zip(sections, sectionLines) {
      let place = order.firstIndex(of: section.kind) ?? 0
      if place < latest {
        let title = section.kind.rawValue
        let follower = sections.first { (order.firstIndex(of: $0.kind) ?? 0) > place }
        report.add(
          .misplacedSection(title, before: follower?.kind.rawValue ?? ""), line: line)
      }
      latest = max(latest, place)
      if section.blocks.isEmpty, !hasRejected {
        report.add(.emptySection(section.kind.rawValue), line: line)
      }
    }
    for kind in Self.required where sectionLine(of: kind) == nil && !meant.contains(kind.rawValue) {
      report.add(.missingSection(kind.rawValue), line: lines.count - (lines.last == "" ? 1 : 0))
    }
  }
}

/// The names that links within a page point to.
package enum Anchor {
  /// The anchor of a heading: lower-case letters and digits, everything else a single hyphen.
  package static func slug(of text: String) -> String {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
  }
}
