import RuleBase
import Verifier
import AsyncChecks

/// Shows an example: its code, what the tool says of it, and its fix as a diff.
enum ExampleBlocks {
  /// Messages are broken so that a display that is set in still fits in 80 columns.
  static let width = 68

  /// The blocks of one example in the order of the page.
  static func blocks(
    of example: VerifiedExample, _ markdown: PageMarkdown, _ words: Words,
  ) -> [PageBlock] {
    var blocks = [PageBlock.paragraph(caption(of: example.example, markdown, words.manual))]
    let isNamed = example.files.count > 1 || example.files.first?.file.hasOwnPath ?? false
    for file in example.files {
      if isNamed { blocks.append(.paragraph([.path(file.file.path), .text(":")])) }
      blocks.append(.verbatim(PageMarkdown.lines(file.file.text)))
    }
    let frames = example.files.flatMap(frames)
    if !frames.isEmpty {
      blocks.append(.paragraph([.text(words.manual.toolSays)]))
      blocks.append(.verbatim(frames))
    }
    for file in example.files {
      guard let fixed = file.fixed else { continue }
      let isUnsafe = file.findings.contains { $0.fix?.applicability == .unsafe }
      let opening = isUnsafe ? words.manual.theUnsafeFix : words.manual.theFix
      blocks.append(.paragraph([.text(opening)]))
      blocks.append(.verbatim(diff(from: file.file.text, to: fixed, path: file.file.path)))
    }
    if let proof = example.proof { blocks += observed(proof, words.observed) }
    return blocks
  }

  /// What was seen when the example ran.
  private static func observed(_ proof: Proof, _ words: ObservedWords) -> [PageBlock] {
    var blocks: [PageBlock] = []
    for summary in ObservedText.summaries(of: proof, words: words) {
      var lines: [StyledLine] = []
      for statement in summary.statements {
        lines.append(StyledLine(statement.words))
        lines += PageMarkdown.lines(statement.code ?? "").filter { !$0.text.isEmpty }.map {
          StyledLine("    " + $0.text, .plain)
        }
      }
      blocks.append(.paragraph([.text(words.observedOn(summary.place, summary.variant == .fixed))]))
      blocks.append(.verbatim(lines))
    }
    if let timeline = Timeline(proof, words: words) {
      let lines = TimelineText.lines(of: timeline, width: width, words: words)
      blocks.append(.verbatim(lines.map { StyledLine($0, .plain) }))
    }
    for skipped in proof.skipped where skipped.on.isEmpty {
      blocks.append(.paragraph([.text(words.notRun(skipped.reason))]))
    }
    return blocks
  }

  private static func caption(
    of example: Example, _ markdown: PageMarkdown, _ manual: ManualWords,
  ) -> [PageInline] {
    var words: [PageInline] = [.strong([.text(manual.kind(example.kind))])]
    if let framework = example.framework { words.append(.text(" (\(framework.rawValue))")) }
    guard let caption = example.caption else { return words + [.text(manual.colon.trimmingSpaces)] }
    return words + [.text(manual.colon)] + markdown.inlines(caption)
  }

  private static func frames(of file: VerifiedFile) -> [StyledLine] {
    file.findings.enumerated().flatMap { index, finding in
      let frame = CodeFrame(
        finding, path: file.file.path, source: file.file.text, width: width)
      return (index == 0 ? [] : [StyledLine()]) + frame.lines
    }
  }

  /// The lines of the unified diff between two texts.
  static func diff(from old: String, to new: String, path: String) -> [StyledLine] {
    let bytes = UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8)).formatted(
      oldName: Array(path.utf8), newName: Array(path.utf8))
    return PageMarkdown.lines(String(decoding: bytes, as: UTF8.self)).enumerated().map {
      index, line in
      let text = line.text
      let style: StyledLine.Style =
        switch text.first {
        case _ where index < 2: .path
        case "-": .removed
        case "+": .added
        case "@": .hunk
        default: .plain
        }
      return StyledLine(text, style)
    }
  }
}

extension String {
  /// The text without spaces at its end.
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension ExampleFile {
  /// Whether the rule file names the file.
  var hasOwnPath: Bool { path != "example.py" && path != "example.ipynb.py" }
}
