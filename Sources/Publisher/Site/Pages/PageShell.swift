/// The frame of every page: head, top bar and footer.
struct PageShell {
  let context: PageContext
  /// Plain text for the tab; the site's name is added.
  let title: String
  /// Plain text for search engines.
  let description: String
  /// Names the page's layout in the stylesheet.
  let kind: String
  /// Names of scripts that run before the site's own.
  var scripts: [String] = []
  /// Elements that only this page has in its head.
  var head: HTML = ""
  /// The entry of the navigation that the page belongs to.
  var current: Entry?

  /// An entry of the navigation.
  enum Entry { case rules, about }

  /// What the page may load and do: its own files, nothing else, nothing inline.
  private static let policy = """
    default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    base-uri 'none'; form-action 'none'
    """

  func page(main: HTML) -> [UInt8] {
    let scripts = (scripts + ["site.js"]).map {
      "<script src=\"\(context.asset($0))\" defer></script>\n" as HTML
    }
    let html: HTML = """
      <!DOCTYPE html>
      <html lang="en" data-root="\(context.root)" \
      data-search="\(context.asset("search.js"))">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(raw: Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="description" content="\(description)">
      <title>\(title)</title>
      <link rel="icon" href="\(context.asset("icon.svg"))" type="image/svg+xml">
      <link rel="stylesheet" href="\(context.asset("site.css"))">
      <script src="\(context.asset("theme.js"))"></script>
      \(scripts)\(head)</head>
      <body class="\(raw: kind)">
      <a class="skip" href="#main">Skip to the content</a>
      \(topBar)<main id="main">
      \(main)</main>
      \(footer)</body>
      </html>

      """
    return html.bytes
  }

  private var topBar: HTML {
    func entry(_ entry: Entry, _ path: String, _ name: String) -> HTML {
      let state: HTML = current == entry ? " aria-current=\"true\"" : ""
      return "<a href=\"\(context.link(to: path))\"\(state)>\(name)</a>\n"
    }
    return """
      <header class="top">
      <a class="brand" href="\(context.link(to: "index.html"))">\(Self.mark)asyncrules</a>
      <nav aria-label="Site">
      \(entry(.rules, "rules/index.html", "Rules"))\(entry(.about, "about.html", "About"))</nav>
      <div class="tools" hidden>
      <button type="button" class="search-open" aria-label="Search" \
      aria-haspopup="dialog" aria-keyshortcuts="/"><span class="glyph-search" aria-hidden="true"></span>\
      <span class="label">Search</span> <kbd aria-hidden="true">/</kbd></button>
      <button type="button" class="theme" aria-label="Theme"></button>
      </div>
      </header>

      """
  }

  private var footer: HTML {
    let source: HTML =
      if let repository = context.site.options.repository {
        " · <a href=\"\(repository.text)\">Source</a>"
      } else {
        ""
      }
    return """
      <footer class="bottom">
      <p>\(EvidencePages.links(from: context))</p>
      <p>asyncrules \(context.site.options.version)\(source)</p>
      <p>Every finding and every fix on this site was computed by the tool when the site was built, \
      and is exactly what it reports.</p>
      </footer>

      """
  }

  /// The mark: a loop with a task on it.
  private static let mark: HTML = """
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">\
    <path d="M20 12a8 8 0 1 1-3-6.2" fill="none" stroke="currentColor" stroke-width="2.4" \
    stroke-linecap="round"/><circle class="task" cx="19" cy="8" r="2.6"/></svg>
    """
}
