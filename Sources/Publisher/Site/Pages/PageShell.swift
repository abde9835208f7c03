import RuleBase

/// The frame of every page: head, top bar and footer.
struct PageShell {
  let context: PageContext
  /// The page's path on the site.
  let path: String
  /// Plain text for the tab; the site's name is added.
  let title: String
  /// Plain text for search engines.
  let description: String
  /// Names the page's layout in the stylesheet.
  let kind: String
  /// The name of a stylesheet that only some pages need.
  var stylesheet: String?
  /// Names of scripts that run behind the site's own.
  var scripts: [String] = []
  /// Elements that only this page has in its head.
  var head: HTML = ""
  /// The entry of the navigation that the page belongs to.
  var current: Entry?
  /// Whether the checker may run in the page, when the site has it.
  var runsChecker = false
  /// Where a false positive of the page's rule can be reported.
  var report: String?
  /// The page in words of schema.org.
  var structured: StructuredData?
  /// Whether it has a lasting address, and counterparts in the other languages.
  var isLasting = true
  /// The page that stands for this one in other languages, when that is another.
  var counterpart: String?
  /// Whether the same is published as Markdown.
  var hasTwin = true

  /// An entry of the navigation.
  enum Entry { case rules, playground, about }

  private var hasChecker: Bool { runsChecker && context.site.options.playground != nil }

  /// What the page may load and do: its own files, nothing else, nothing inline; WebAssembly only
  /// where there is code to check.
  private var policy: HTML {
    let runs: HTML = hasChecker ? " 'wasm-unsafe-eval'" : ""
    let connects: HTML =
      hasChecker || context.site.options.isPreview ? "; connect-src 'self'" : ""
    return """
      default-src 'none'; style-src 'self'; script-src 'self'\(runs)\(connects); img-src 'self' data:; \
      base-uri 'none'; form-action 'none'
      """
  }

  /// Where the scripts find what they load later.
  private var places: HTML {
    var places: [(String, String)] = [
      ("root", context.root), ("find", context.asset("find.js")),
      ("search", context.localAsset("search.js")),
    ]
    if hasChecker {
      places += [
        ("page", path), ("checker", context.asset("checker.js")),
        ("editor", context.asset("editor.js")), ("table", context.asset("table.js")),
        ("wasm", context.asset("checker.wasm")),
        ("wasm-script", context.asset("checker.wasm.js")),
        ("playground", context.link(to: PlaygroundPage.path)),
      ]
      if let report { places.append(("report", report)) }
    }
    return places.map { " data-\(raw: $0.0)=\"\($0.1)\"" as HTML }.joined(by: "")
  }

  func page(main: HTML) -> [UInt8] {
    let preview = context.site.options.isPreview ? ["reload.js"] : []
    let local: Set = ["words.js", "search.js"]
    let scripts = (["words.js", "site.js"] + scripts + preview).map { name in
      let address = local.contains(name) ? context.localAsset(name) : context.asset(name)
      return "<script src=\"\(address)\" defer></script>\n" as HTML
    }
    let html: HTML = """
      <!DOCTYPE html>
      <html lang="\(context.site.words.language.rawValue)"\(places)>
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="description" content="\(description)">
      <title>\(title)</title>
      <link rel="icon" href="\(context.asset("icon.svg"))" type="image/svg+xml">
      \(stylesheets)\
      <script src="\(context.asset("theme.js"))"></script>
      \(scripts)\(alternates)\(lasting)\(head)</head>
      <body class="\(raw: kind)">
      <a class="skip" href="#main">\(words.skip)</a>
      \(topBar)<main id="main">
      \(main)</main>
      \(footer)</body>
      </html>

      """
    return html.bytes
  }

  private var words: SiteWords { context.words }

  private var stylesheets: HTML {
    (["site.css"] + [stylesheet].compactMap(\.self)).map {
      "<link rel=\"stylesheet\" href=\"\(context.asset($0))\">\n" as HTML
    }.joined(by: "")
  }

  /// The same page in each language; whole addresses where the site's is known.
  private var alternates: HTML {
    guard isLasting, context.site.languages.count > 1 else { return "" }
    let base = context.site.options.address?.text
    func address(in language: Language) -> String {
      let folder = SiteMap.folder(of: language)
      return base.map { $0 + folder + SiteMap.address(of: path) } ?? context.top + folder + path
    }
    var result = HTML()
    for language in context.site.languages {
      result += """
        <link rel="alternate" hreflang="\(language.rawValue)" href="\(address(in: language))">

        """
    }
    return result + """
      <link rel="alternate" hreflang="x-default" href="\(address(in: .english))">

      """
  }

  /// Links to the same page in the other languages.
  private var languageSwitch: HTML {
    guard isLasting || counterpart != nil, context.site.languages.count > 1 else { return "" }
    let links = context.site.languages.filter { $0 != context.site.words.language }.map {
      language in
      """
      <a class="language" lang="\(language.rawValue)" hreflang="\(language.rawValue)" \
      href="\(context.top + SiteMap.folder(of: language) + (counterpart ?? path))">\
      \(Words.of(language).site.languageName)</a>

      """ as HTML
    }
    return links.joined(by: "")
  }

  /// What other programs read of the page.
  private var lasting: HTML {
    guard isLasting else { return "" }
    var result = HTML()
    if hasTwin {
      result += """
        <link rel="alternate" type="text/markdown" href="\(context.link(to: Twin.path(of: path)))">

        """
    }
    if let address = context.site.options.address {
      let own = address.text + context.site.folder + SiteMap.address(of: path)
      result += """
        <link rel="canonical" href="\(own)">
        <link rel="alternate" type="application/atom+xml" title="Changes of the rules" \
        href="\(context.top)changes.atom">
        <meta property="og:type" content="article">
        <meta property="og:site_name" content="asyncrules">
        <meta property="og:title" content="\(title)">
        <meta property="og:description" content="\(description)">
        <meta property="og:url" content="\(own)">

        """
      if let card = context.site.assetPaths["card.png"] {
        result += """
          <meta property="og:image" content="\(address.text)\(card)">
          <meta name="twitter:card" content="summary_large_image">

          """
      }
    }
    if let structured { result += structured.html }
    return result
  }

  private var topBar: HTML {
    func entry(_ entry: Entry, _ path: String, _ name: String) -> HTML {
      let state: HTML = current == entry ? " aria-current=\"true\"" : ""
      return "<a href=\"\(context.link(to: path))\"\(state)>\(name)</a>\n"
    }
    let playground =
      context.site.options.playground == nil
      ? "" : entry(.playground, PlaygroundPage.path, words.playgroundEntry)
    return """
      <header class="top">
      <a class="brand" href="\(context.link(to: "index.html"))">\(Self.mark)asyncrules</a>
      <nav aria-label="\(words.siteNavigation)">
      \(entry(.rules, "rules/index.html", words.rules))\(playground)\
      \(entry(.about, "about.html", words.about))</nav>
      \(languageSwitch)\
      <div class="tools" hidden>
      <button type="button" class="search-open" aria-label="\(words.search)" \
      aria-haspopup="dialog" aria-keyshortcuts="/"><span class="glyph-search" aria-hidden="true"></span>\
      <span class="label">\(words.search)</span> <kbd aria-hidden="true">/</kbd></button>
      <button type="button" class="theme" aria-label="\(words.theme)"></button>
      </div>
      </header>

      """
  }

  private var footer: HTML {
    let source: HTML =
      if let repository = context.site.options.repository {
        " · <a href=\"\(repository.text)\">\(words.source)</a>"
      } else {
        ""
      }
    return """
      <footer class="bottom">
      <p>\(EvidencePages.links(from: context))\(bundle)</p>
      <p>asyncrules \(context.site.options.version)\(source)</p>
      <p>\(words.promise)</p>
      </footer>

      """
  }

  /// The link to the whole rule book, where there is one.
  private var bundle: HTML {
    guard context.site.hasBundle else { return "" }
    return " · <a href=\"\(context.link(to: OfflineBundle.path))\">\(words.inOneFile)</a>"
  }

  /// The mark: a loop with a task on it.
  private static let mark: HTML = """
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">\
    <path d="M20 12a8 8 0 1 1-3-6.2" fill="none" stroke="currentColor" stroke-width="2.4" \
    stroke-linecap="round"/><circle class="task" cx="19" cy="8" r="2.6"/></svg>
    """
}
