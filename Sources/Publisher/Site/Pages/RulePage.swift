import AsyncChecks
import RuleBase
import Verifier

/// The page of one rule.
struct RulePage {
  let verified: VerifiedRule
  let previous: Rule?
  let next: Rule?
  let context: PageContext
  /// The examples that stand elsewhere.
  private var moved = MovedExamples.none

  init(verified: VerifiedRule, previous: Rule?, next: Rule?, context: PageContext) {
    self.verified = verified
    self.previous = previous
    self.next = next
    self.context = context
  }

  var rule: Rule { verified.rule }

  private var words: SiteWords { context.words }

  /// An entry of the page's table of contents.
  struct Entry {
    let anchor: String
    let title: String
  }

  /// What readers get of the rule.
  struct Files {
    /// The page with every example, as it is part of a file with all rules.
    let whole: OutputFile
    /// The page itself, and behind it those with examples that it has no room for.
    let pages: [OutputFile]
  }

  var files: Files {
    let whole = file
    let moved = moved(from: whole)
    guard !moved.pages.isEmpty else { return Files(whole: whole, pages: [whole]) }
    var page = self
    page.moved = moved
    let further = moved.pages.indices.map {
      FurtherExamplesPage(verified: verified, moved: moved, number: $0, context: context).file
    }
    return Files(whole: whole, pages: [page.file] + further)
  }

  /// The examples that the page has no room for.
  private func moved(from whole: OutputFile) -> MovedExamples {
    // What leads to the examples elsewhere takes some room, too.
    let excess = whole.bytes.count - MovedExamples.mostBytes + 256
    guard excess > 0 else { return .none }
    return MovedExamples(
      excess: excess, of: rule,
      sizes: verified.examples.map {
        ExampleFigure(verified: $0, rule: rule, context: context).html.bytes.count
      },
      remains: verified.examples.map {
        MovedExample(
          verified: $0, rule: rule, context: context, path: SiteMap.examplesPath(of: rule, page: 0)
        ).html.bytes.count
      })
  }

  private var file: OutputFile {
    let body = RuleBody(verified: verified, context: context, moved: moved)
    let sections = body.sections + appendix
    var head = HTML()
    if let previous { head += "<link rel=\"prev\" href=\"\(context.link(to: previous))\">\n" }
    if let next { head += "<link rel=\"next\" href=\"\(context.link(to: next))\">\n" }
    let shell = PageShell(
      context: context, path: SiteMap.path(of: rule),
      title: "\(BackquotedText(rule.title).plain) (\(rule.code)) · asyncrules",
      description: BackquotedText(rule.summary).plain, kind: "rule", head: head, current: .rules,
      runsChecker: true, report: RuleAppendix(rule: rule, context: context).reportAddress,
      structured: context.site.options.address.map {
        StructuredData(
          rule: rule, version: context.site.options.version,
          address: $0.text + context.site.folder, words: context.site.words)
      })
    let main: HTML = """
      <div class="columns">
      <article>
      \(header)\(sections.map { $0.html(words) })\(neighbours)</article>
      <aside aria-label="\(words.aboutThisRule)">
      \(RuleFacts(rule: rule, context: context).html)\(contents(sections.map(\.entry)))</aside>
      </div>

      """
    return OutputFile(path: SiteMap.path(of: rule), bytes: shell.page(main: main))
  }

  private var header: HTML {
    """
    <header>
    <p class="crumbs"><a href="\(context.link(to: "rules/index.html"))">\(words.rules)</a> \
    <span aria-hidden="true">/</span> <a href="\(groupLink)">\
    \(context.model.group(rule.group))</a></p>
    <h1><span class="code-name">\(rule.code)</span> \(BackquotedText(rule.title).html)</h1>
    <p class="lede">\(BackquotedText(rule.summary).html)</p>
    \(Badges(rule: rule, model: context.model).html)\(statusNotice)</header>

    """
  }

  private var groupLink: String {
    context.link(to: "rules/index.html") + "#" + PathPart(rule.group).text
  }

  private var statusNotice: HTML {
    let state: String
    switch rule.status.state {
    case .stable: return ""
    case .preview: state = words.isPreview
    case .deprecated: state = words.isDeprecated(rule.status.since)
    case .removed: state = words.isRemoved(rule.status.since)
    }
    let reason: HTML = rule.status.reason.map { " \(BackquotedText($0).html)" } ?? ""
    let replacements = rule.status.replacedBy.map { name in
      if let link = context.link(toRuleNamed: name) {
        "<a href=\"\(link)\">\(name)</a>" as HTML
      } else {
        "\(name)" as HTML
      }
    }
    let replaced: HTML =
      replacements.isEmpty ? "" : words.replacedBy(replacements.joined(by: ", "))
    return "<p class=\"notice\">\(state)\(words.sentenceEnd)\(reason)\(replaced)</p>\n"
  }

  private func contents(_ entries: [Entry]) -> HTML {
    let items = entries.map { "<li><a href=\"#\($0.anchor)\">\($0.title)</a></li>\n" as HTML }
    return """
      <nav class="contents" aria-label="\(words.onThisPage)"><h2>\(words.onThisPage)</h2>
      <ul>
      \(items)</ul></nav>

      """
  }

  private var neighbours: HTML {
    func item(_ rule: Rule?, _ kind: String, _ word: String) -> HTML {
      guard let rule else { return "" }
      return """
        <a class="\(raw: kind)" rel="\(raw: kind)" href="\(context.link(to: rule))">\
        <small>\(word)</small> <span class="code-name">\(rule.code)</span> \
        \(BackquotedText(rule.title).html)</a>

        """
    }
    guard previous != nil || next != nil else { return "" }
    return """
      <nav class="neighbours" aria-label="\(words.neighbours)">
      \(item(previous, "prev", words.previous))\(item(next, "next", words.next))</nav>

      """
  }

  /// What follows the sections of the rule file.
  private var appendix: [PageSection] {
    let appendix = RuleAppendix(
      rule: rule, context: context, peers: verified.peers, moved: moved)
    return [
      appendix.callables, appendix.messages, appendix.related, appendix.aliases,
      appendix.references, appendix.report,
    ].compactMap(\.self)
  }
}

/// A part of a page with a heading.
struct PageSection {
  let entry: RulePage.Entry
  let content: HTML
  /// A name for the stylesheet.
  var kind: String?

  func html(_ words: SiteWords) -> HTML {
    let style: HTML = kind.map { " class=\"\(raw: $0)\"" } ?? ""
    return """
      <section\(style)>
      <h2 id="\(entry.anchor)">\(entry.title)</h2>
      \(content)</section>

      """
  }
}

/// The labels under a rule's title.
struct Badges {
  let rule: Rule
  let model: ModelWords

  var html: HTML {
    var items: [HTML] = [
      "<li class=\"\(raw: rule.severity.styleClass)\">\(model.severity(rule.severity))</li>",
      "<li class=\"fix-\(raw: rule.fix.rawValue)\">\(model.fix(rule.fix))</li>",
    ]
    if rule.status.state != .stable {
      items.append("<li class=\"status\">\(model.status(rule.status.state))</li>")
    }
    items += rule.frameworks.map { "<li>\($0.title)</li>" as HTML }
    return "<ul class=\"badges\">\(items)</ul>\n"
  }
}
