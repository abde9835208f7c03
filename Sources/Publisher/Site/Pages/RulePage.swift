import AsyncChecks
import RuleBase
import Verifier

/// The page of one rule.
struct RulePage {
  let verified: VerifiedRule
  let previous: Rule?
  let next: Rule?
  let context: PageContext

  var rule: Rule { verified.rule }

  /// An entry of the page's table of contents.
  struct Entry {
    let anchor: String
    let title: String
  }

  var file: OutputFile {
    let body = RuleBody(verified: verified, context: context)
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
        StructuredData(rule: rule, version: context.site.options.version, address: $0.text)
      })
    let main: HTML = """
      <div class="columns">
      <article>
      \(header)\(sections.map(\.html))\(neighbours)</article>
      <aside aria-label="About this rule">
      \(RuleFacts(rule: rule, context: context).html)\(contents(sections.map(\.entry)))</aside>
      </div>

      """
    return OutputFile(path: SiteMap.path(of: rule), bytes: shell.page(main: main))
  }

  private var header: HTML {
    """
    <header>
    <p class="crumbs"><a href="\(context.link(to: "rules/index.html"))">Rules</a> \
    <span aria-hidden="true">/</span> <a href="\(groupLink)">\(RuleGroup(of: rule).title)</a></p>
    <h1><span class="code-name">\(rule.code)</span> \(BackquotedText(rule.title).html)</h1>
    <p class="lede">\(BackquotedText(rule.summary).html)</p>
    \(Badges(rule: rule).html)\(statusNotice)</header>

    """
  }

  private var groupLink: String {
    context.link(to: "rules/index.html") + "#" + PathPart(rule.group).text
  }

  private var statusNotice: HTML {
    let state: HTML
    switch rule.status.state {
    case .stable: return ""
    case .preview: state = "This rule is in preview: it is off unless it is selected by name"
    case .deprecated: state = "This rule is deprecated since \(rule.status.since)"
    case .removed: state = "This rule was removed in \(rule.status.since)"
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
      replacements.isEmpty ? "" : " Replaced by \(replacements.joined(by: ", "))."
    return "<p class=\"notice\">\(state).\(reason)\(replaced)</p>\n"
  }

  private func contents(_ entries: [Entry]) -> HTML {
    let items = entries.map { "<li><a href=\"#\($0.anchor)\">\($0.title)</a></li>\n" as HTML }
    return """
      <nav class="contents" aria-label="On this page"><h2>On this page</h2>
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
      <nav class="neighbours" aria-label="Neighbouring rules">
      \(item(previous, "prev", "Previous"))\(item(next, "next", "Next"))</nav>

      """
  }

  /// What follows the sections of the rule file.
  private var appendix: [PageSection] {
    let appendix = RuleAppendix(rule: rule, context: context, peers: verified.peers)
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

  var html: HTML {
    let style: HTML = kind.map { " class=\"\(raw: $0)\"" } ?? ""
    return """
      <section\(style)>
      <h2 id="\(entry.anchor)">\(entry.title)\
      <a class="anchor" href="#\(entry.anchor)" aria-label="Link to this section">#</a></h2>
      \(content)</section>

      """
  }
}

/// The labels under a rule's title.
struct Badges {
  let rule: Rule

  var html: HTML {
    var items: [HTML] = [
      "<li class=\"\(raw: rule.severity.styleClass)\">\(rule.severity.title)</li>",
      "<li class=\"fix-\(raw: rule.fix.rawValue)\">\(rule.fix.title)</li>",
    ]
    if rule.status.state != .stable {
      items.append("<li class=\"status\">\(rule.status.state.title)</li>")
    }
    items += rule.frameworks.map { "<li>\($0.title)</li>" as HTML }
    return "<ul class=\"badges\">\(items)</ul>\n"
  }
}
