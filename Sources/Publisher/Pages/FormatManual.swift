package import RuleBase

/// Makes the page of the rule file's format, `asyncrules-rule(5)`, from the guide in Markdown.
package enum FormatManual {
  /// The page; what stands before the guide's first level-two heading describes it.
  package static func page(of guide: String, in language: Language = .english) -> Page {
    let words = Words.of(language).manual
    let markdown = PageMarkdown(codes: [:])
    var sections: [ManualSection] = []
    var title = words.description
    var blocks: [MarkdownBlock] = []
    func close() {
      if !blocks.isEmpty { sections.append(ManualSection(title, markdown.blocks(blocks))) }
      blocks = []
    }
    let document = try? Markdown(parsing: guide)
    for block in document?.blocks ?? [.codeBlock(info: "", text: guide)] {
      switch block {
      case .heading(level: 1, _): break  // The page's name says it.
      case .heading(level: 2, let heading):
        close()
        title = heading.plainText
      default: blocks.append(block)
      }
    }
    close()
    sections.append(
      ManualSection(
        words.seeAlso,
        [
          .paragraph(
            PageInline.joined([
              [.manual(name: "asyncrules", section: 1)],
              [.manual(name: "asyncrules", section: 7)],
            ]))
        ]))
    return Page(
      title: "asyncrules-rule", names: ["asyncrules-rule"],
      manualSection: 5, summary: words.formatSummary,
      sections: sections)
  }
}
