import RuleBase

/// Makes the page of the rule file's format, `asyncrules-rule(5)`, from the guide in Markdown.
package enum FormatManual {
  /// The page; what stands before the guide's first level-two heading describes it.
  package static func page(of guide: String) -> Page {
    let markdown = PageMarkdown(codes: [:])
    var sections: [ManualSection] = []
    var title = "Description"
    var blocks: [MarkdownBlock] = []
    func close() {
      if !blocks.isEmpty { sections.append(ManualSection(title, markdown.blocks(blocks))) }
      blocks = []
    }
    let document = try? Markdown(parsing: guide)
    for block in document?.blocks ?? [.codeBlock(info: "", text: guide)] {
      switch block {
      case .heading(level: 1, _): break  // The page's name says it.
      case .heading(level: 2, let words):
        close()
        title = words.plainText
      default: blocks.append(block)
      }
    }
    close()
    sections.append(
      ManualSection(
        "See also",
        [
          .paragraph(
            PageInline.joined([
              [.manual(name: "asyncrules", section: 1)],
              [.manual(name: "asyncrules", section: 7)],
            ]))
        ]))
    return Page(
      title: "asyncrules-rule", names: ["asyncrules-rule"],
      manualSection: 5, summary: "file format of a rule",
      sections: sections)
  }
}
