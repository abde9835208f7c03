extension Rule {
  /// Everything of an English rule that a translation says anew, in the order of its file.
  package var translatable: [TranslatableText] {
    var texts = [
      TranslatableText(unit: .title, pieces: [.prose(title, line: 1)]),
      TranslatableText(unit: .summary, pieces: [.prose(summary, line: 1)]),
    ]
    if let reason = status.reason {
      texts.append(TranslatableText(unit: .reason, pieces: [.prose(reason, line: 1)]))
    }
    texts += messages.map {
      TranslatableText(unit: .message(id: $0.id), pieces: [.prose($0.text, line: 1)])
    }
    var digests: Set<String> = []
    for note in callables.compactMap(\.note) where digests.insert(TextDigest.of(note)).inserted {
      texts.append(
        TranslatableText(
          unit: .note(digest: TextDigest.of(note)), pieces: [.prose(note, line: 1)]))
    }
    for section in sections {
      if let text = translatable(section) { texts.append(text) }
      for case .example(let index) in section.blocks {
        guard let caption = examples[index].caption else { continue }
        texts.append(
          TranslatableText(
            unit: .caption(id: examples[index].id), pieces: [.prose(caption, line: 1)]))
      }
    }
    return texts
  }

  /// The text of a section; `nil` when it holds nothing but examples.
  private func translatable(_ section: RuleSection) -> TranslatableText? {
    let pieces = pieces(of: section)
    let hasWords = pieces.contains { if case .example = $0 { false } else { true } }
    return hasWords ? TranslatableText(unit: .section(section.kind), pieces: pieces) : nil
  }

  /// A section with its code and examples named instead of shown.
  func pieces(of section: RuleSection) -> [SectionPiece] {
    var codeCount = 0
    return section.blocks.map { block in
      switch block {
      case .prose(let markdown, let line):
        .prose(SectionCode.naming(in: markdown, count: &codeCount), line: line)
      case .heading(let text, _, _, let line): .heading(text, line: line)
      case .example(let index): .example(examples[index].id, line: 1)
      }
    }
  }
}

/// The fences within the running text of a section, which translations name by their number.
enum SectionCode {
  /// The same text with `{code 1}` and so on instead of fences that begin in the first column.
  static func naming(in markdown: String, count: inout Int) -> String {
    var lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let spans = fences(of: markdown)
    let first = count
    for (index, span) in spans.enumerated().reversed() {
      lines.replaceSubrange(
        span.lowerBound - 1...span.upperBound - 1, with: [marker(first + index + 1)])
    }
    count += spans.count
    return lines.joined(separator: "\n")
  }

  /// The source of the fences of a section in order.
  static func sources(of section: RuleSection) -> [String] {
    section.blocks.flatMap { block -> [String] in
      guard case .prose(let markdown, _) = block else { return [] }
      let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
      return fences(of: markdown).map { span in
        lines[span.lowerBound - 1...span.upperBound - 1].joined(separator: "\n")
      }
    }
  }

  /// A text with the fences in the places of their markers.
  static func showing(_ sources: [String], in text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      number(of: line).flatMap { sources.indices.contains($0 - 1) ? sources[$0 - 1] : nil }
        ?? String(line)
    }.joined(separator: "\n")
  }

  /// The numbers of the markers of a text in order.
  static func numbers(in text: String) -> [Int] {
    text.split(separator: "\n").compactMap { number(of: $0) }
  }

  private static func marker(_ number: Int) -> String { "{code \(number)}" }

  /// Whether a line stands for a fence, and not for an example of the id `code`.
  static func isMarker(_ line: Substring) -> Bool { number(of: line) != nil }

  /// The number in a line that is a marker and nothing else.
  private static func number(of line: Substring) -> Int? {
    // What is longer than three digits is a digest.
    guard line.hasPrefix("{code "), line.hasSuffix("}"), line.count < "{code 1234}".count else {
      return nil
    }
    return Int(line.dropFirst("{code ".count).dropLast())
  }

  /// The lines of the fences that begin in the first column; the text has been accepted.
  private static func fences(of markdown: String) -> [ClosedRange<Int>] {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    return MarkdownReading(of: markdown).markdown.codeBlocks.filter { block in
      let opening = lines[block.lines.lowerBound - 1]
      return !block.isNested && (opening.hasPrefix("```") || opening.hasPrefix("~~~"))
    }.map(\.lines)
  }
}
