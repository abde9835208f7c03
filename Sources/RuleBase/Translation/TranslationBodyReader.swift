/// Reads the sections of a translation.
///
/// ```text
/// ## Why it matters {1a2b3c4d}
///
/// Prose, with {code 1} on a line of its own for the first fence of the section.
///
/// The caption of an example.
///
/// {sleep-in-handler 1a2b3c4d}
/// ```
struct TranslationBodyReader {
  /// Sections and captions in the order of the file.
  private(set) var texts: [TranslatedText] = []

  private let lines: [Substring]
  /// The section being read.
  private var section: (kind: RuleSection.Kind, digest: String?, line: Int)?
  private var pieces: [SectionPiece] = []
  /// Blocks of prose that are not part of a piece yet.
  private var pending: [(block: MarkdownBlock, lines: ClosedRange<Int>)] = []
  private var sectionLines: [RuleSection.Kind: Int] = [:]
  private var hasReportedPreamble = false

  init(lines: [Substring], offset: Int, report: inout RuleFileReport) {
    self.lines = lines
    let reading = MarkdownReading(of: lines.dropFirst(offset).joined(separator: "\n"))
    for error in reading.errors { report.add(.markdown(error), line: error.line + offset) }
    if reading.isCutShort { return }
    for (block, span) in zip(reading.markdown.blocks, reading.markdown.lines) {
      read(block, (span.lowerBound + offset)...(span.upperBound + offset), report: &report)
    }
    endSection()
  }

  private mutating func read(
    _ block: MarkdownBlock, _ span: ClosedRange<Int>, report: inout RuleFileReport,
  ) {
    let line = span.lowerBound
    switch block {
    case .heading(2, let inlines):
      endSection()
      beginSection(inlines.plainText, line: line, report: &report)
    case .heading(3, let inlines) where section != nil:
      flush()
      pieces.append(.heading(inlines.plainText, line: line))
    case .heading(let level, let inlines):
      report.add(.wrongHeadingLevel(found: level, heading: inlines.plainText), line: line)
    case .paragraph, .codeBlock, .list, .blockQuote, .thematicBreak:
      guard section != nil else {
        if !hasReportedPreamble { report.add(.textBeforeSections, line: line) }
        hasReportedPreamble = true
        return
      }
      if let marker = Marker(block) {
        readExample(marker, line: line, report: &report)
      } else {
        pending.append((block, span))
      }
    }
  }

  private mutating func beginSection(
    _ heading: String, line: Int, report: inout RuleFileReport,
  ) {
    let parts = heading.split(separator: " {", maxSplits: 1).map(String.init)
    let title = parts.first ?? ""
    guard let kind = RuleSection.Kind(rawValue: title) else {
      let wanted = RuleSection.Kind.allCases.map(\.rawValue)
      let near = NearestWord.to(title, among: wanted)
      report.add(.unknownSection(title, near: near, wanted: wanted), line: line)
      return
    }
    if let first = sectionLines[kind] {
      report.add(.duplicateSection(title, firstLine: first), line: line)
    }
    sectionLines[kind] = line
    var digest: String?
    if parts.count > 1 {
      let text = String(parts[1].dropLast())
      if parts[1].hasSuffix("}"), TextDigest.isDigest(text) {
        digest = text
      } else {
        report.add(.translation(.malformedDigest(found: "{" + parts[1])), line: line)
      }
    }
    section = (kind, digest, line)
  }

  private mutating func readExample(
    _ marker: Marker, line: Int, report: inout RuleFileReport,
  ) {
    if let digest = marker.digest, !TextDigest.isDigest(digest) {
      report.add(.translation(.malformedDigest(found: digest)), line: line)
    }
    if case .paragraph? = pending.last?.block, let caption = pending.popLast() {
      texts.append(
        TranslatedText(
          unit: .caption(id: marker.id),
          pieces: [.prose(source(caption.lines), line: caption.lines.lowerBound)],
          digest: marker.digest, line: caption.lines.lowerBound, digestLine: line))
    } else if marker.digest != nil {
      report.add(.translation(.digestWithoutCaption(id: marker.id)), line: line)
    }
    flush()
    pieces.append(.example(marker.id, line: line))
  }

  private mutating func flush() {
    guard let first = pending.first, let last = pending.last else { return }
    let text = source(first.lines.lowerBound...last.lines.upperBound)
    pieces.append(.prose(text, line: first.lines.lowerBound))
    pending = []
  }

  private mutating func endSection() {
    flush()
    defer {
      pieces = []
      section = nil
    }
    let hasWords = pieces.contains { if case .example = $0 { false } else { true } }
    guard let section, hasWords else { return }
    texts.append(
      TranslatedText(
        unit: .section(section.kind), pieces: pieces, digest: section.digest, line: section.line,
        digestLine: section.line))
  }

  private func source(_ lines: ClosedRange<Int>) -> String {
    self.lines[(lines.lowerBound - 1)...(lines.upperBound - 1)].joined(separator: "\n")
  }
}

/// A paragraph that stands for an example: `{sleep-in-handler}`, or with the digest of its caption.
private struct Marker {
  let id: String
  let digest: String?

  init?(_ block: MarkdownBlock) {
    guard case .paragraph(let inlines) = block, inlines.count == 1,
      case .text(let text) = inlines[0],
      text.hasPrefix("{"), text.hasSuffix("}")
    else { return nil }
    let words = text.dropFirst().dropLast().split(separator: " ").map(String.init)
    guard let id = words.first, TextForm.isSlug(id), words.count < 3,
      !SectionCode.isMarker(text[...])
    else { return nil }
    self.id = id
    digest = words.count == 2 ? words[1] : nil
  }
}
