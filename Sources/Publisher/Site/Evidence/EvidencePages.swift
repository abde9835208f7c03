import RuleBase
import Verifier

/// The pages about all rules at once: other tools, messages, proofs.
struct EvidencePages {
  let context: PageContext

  /// Where they are.
  static let paths = [
    ComparisonPage.path, MigrationPage.path, SymptomsPage.path, LedgerPage.path,
  ]

  /// The page at a path.
  func file(at path: String) -> OutputFile? {
    switch path {
    case ComparisonPage.path: ComparisonPage(context: context).file
    case MigrationPage.path: MigrationPage(context: context).file
    case SymptomsPage.path: SymptomsPage(context: context).file
    case LedgerPage.path: LedgerPage(context: context).file
    default: nil
    }
  }

  /// Links to them, for the footer of every page.
  static func links(from context: PageContext) -> HTML {
    let words = context.evidence
    let titles = [words.comparison, words.migration, words.messages, words.ledger].map(\.title)
    return zip(paths, titles).map { "<a href=\"\(context.link(to: $0))\">\($1)</a>" as HTML }
      .joined(by: " · ")
  }

  /// One of them.
  static func file(
    _ path: String, heading: EvidenceWords.Heading, scripts: [String] = [], main: HTML,
    context: PageContext,
  ) -> OutputFile {
    let shell = PageShell(
      context: context, path: path, title: "\(heading.title) · asyncrules",
      description: heading.lede, kind: "text evidence", stylesheet: "lists.css", scripts: scripts,
      hasTwin: false)
    let article: HTML = """
      <article>
      <header>
      <h1>\(heading.title)</h1>
      <p class="lede">\(heading.lede)</p>
      </header>
      \(main)</article>

      """
    return OutputFile(path: path, bytes: shell.page(main: article))
  }
}

/// A table that scrolls sideways where it is too wide.
struct EvidenceTable {
  let caption: String
  let columns: [HTML]
  /// The first cell of each row names it.
  let rows: [[HTML]]

  var html: HTML {
    let head = columns.map { "<th scope=\"col\">\($0)</th>" as HTML }.joined(by: "")
    let body = rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == 0 ? "<th scope=\"row\">\(cell)</th>" as HTML : "<td>\(cell)</td>" as HTML
      }.joined(by: "")
      return "<tr>\(cells)</tr>\n" as HTML
    }
    return """
      <div class="table" role="region" tabindex="0" aria-label="\(caption)"><table>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody>
      </table></div>

      """
  }
}
