import RuleBase
import Verifier

/// The pages about all rules at once: other tools, messages, proofs.
struct EvidencePages {
  let context: PageContext

  /// Where they are, with their names; the footer of every page links to them.
  static func entries(in words: SiteWords) -> [(path: String, title: String)] {
    [
      (ComparisonPage.path, words.comparison), (MigrationPage.path, words.migration),
      (SymptomsPage.path, words.messagesPage), (LedgerPage.path, words.ledger),
    ]
  }

  var files: [OutputFile] {
    [
      ComparisonPage(context: context).file, MigrationPage(context: context).file,
      SymptomsPage(context: context).file, LedgerPage(context: context).file,
    ]
  }

  /// Links to them, for the footer.
  static func links(from context: PageContext) -> HTML {
    // They are in English only.
    entries(in: context.words).map {
      "<a href=\"\(context.top + $0.path)\">\($0.title)</a>" as HTML
    }
    .joined(by: " · ")
  }

  /// One of them.
  static func file(
    _ path: String, title: String, description: String, scripts: [String] = [], main: HTML,
    context: PageContext,
  ) -> OutputFile {
    let shell = PageShell(
      context: context, path: path, title: "\(title) · asyncrules", description: description,
      kind: "text evidence", scripts: scripts, isLasting: false)
    let article: HTML = """
      <article>
      <header>
      <h1>\(title)</h1>
      <p class="lede">\(description)</p>
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
