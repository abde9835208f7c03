import AsyncChecks
import RuleBase
import Verifier

/// The sections of a rule's page that come from its front matter.
struct RuleAppendix {
  let rule: Rule
  let context: PageContext
  /// What other tools find in the examples.
  var peers: PeerRecord?
  /// The examples that stand on other pages than the appendix.
  var moved = MovedExamples.none

  private var words: SiteWords { context.words }

  var callables: PageSection? {
    guard !callablesOfInterest.isEmpty else { return nil }
    let all = callableTable
    var table = all.html
    if hasCallablesPage {
      table = all.html(within: Self.tableLimit / 3).html
      table += """
        <p><a href="\(context.link(to: SiteMap.callablesPath(of: rule)))">\
        \(words.allCalls(callablesOfInterest.count))</a></p>

        """
    }
    let isBlocking = rule.callables.contains { $0.role == .blocking }
    let introduction = isBlocking ? words.callablesToReplace : words.callablesToKnow
    return PageSection(
      entry: RulePage.Entry(anchor: "known-callables", title: words.knownCallables),
      content: "<p>\(introduction)</p>\n" + table)
  }

  /// The bytes of a table that still stands on the rule's page.
  private static let tableLimit = 7_500

  /// Whether the rule knows so many callables that they have a page of their own.
  var hasCallablesPage: Bool {
    // Far fewer cannot fill the room.
    callablesOfInterest.count > 40
      && callableTable.html(within: Self.tableLimit).isWhole == false
  }

  private var callableTable: CallableTable {
    CallableTable(groups: CallableGroups(callablesOfInterest), words: context.site.words)
  }

  /// The page with all callables; `nil` when they stand on the rule's page.
  var callablesPage: OutputFile? {
    guard hasCallablesPage else { return nil }
    let path = SiteMap.callablesPath(of: rule)
    var table = callableTable
    table.heading = "h2"
    let shell = PageShell(
      context: context, path: path, title: "\(words.callsOf(rule.code)) · asyncrules",
      description: words.everyCallOf(rule.name), kind: "rule", current: .rules,
      isLasting: false)
    let main: HTML = """
      <article>
      <header>
      <p class="crumbs"><a href="\(context.link(to: "rules/index.html"))">\(words.rules)</a> \
      <span aria-hidden="true">/</span> <a href="\(context.link(to: rule))">\(rule.code)</a></p>
      <h1>\(words.callsOf(rule.code))</h1>
      <p class="lede">\(BackquotedText(rule.title).html)</p>
      </header>
      \(table.html)</article>

      """
    return OutputFile(path: path, bytes: shell.page(main: main))
  }

  /// Callables that only tell the checker the type of a value say nothing to a reader.
  private var callablesOfInterest: [RuleCallable] {
    rule.callables.filter { $0.role != .plain || !$0.replacements.isEmpty || $0.note != nil }
  }

  var messages: PageSection? {
    guard !rule.symptoms.isEmpty else { return nil }
    let items = rule.symptoms.map { "<li><samp>\($0)</samp></li>\n" as HTML }
    return PageSection(
      entry: RulePage.Entry(anchor: "symptoms", title: words.symptoms),
      content: """
        <p>\(words.symptomsOpening)</p>
        <ul class="symptoms">
        \(items)</ul>

        """)
  }

  var related: PageSection? {
    let rules = rule.related.compactMap(context.site.rule(named:))
    guard !rules.isEmpty else { return nil }
    let items = rules.map { related in
      """
      <li><a href="\(context.link(to: related))"><span class="code-name">\(related.code)</span> \
      \(BackquotedText(related.title).html)</a>
      <p>\(BackquotedText(related.summary).html)</p></li>

      """ as HTML
    }
    return PageSection(
      entry: RulePage.Entry(anchor: "related-rules", title: words.related),
      content: "<ul class=\"related\">\n\(items)</ul>\n")
  }

  var aliases: PageSection? {
    guard !rule.aliases.isEmpty else { return nil }
    let items = rule.aliases.map { alias in
      """
      <li><span class="tool">\(alias.tool)</span> <code>\(alias.rule)</code> \
      <span>\(context.model.relation(alias.relation))\(measured(alias))</span></li>

      """ as HTML
    }
    let day: HTML =
      peers.map { peers in
        """
        <p>\(words.measuredWith(peers.date)) \
        <a href="\(context.link(to: ComparisonPage.path))">\(words.allCompared)</a></p>

        """
      } ?? ""
    return PageSection(
      entry: RulePage.Entry(anchor: "in-other-tools", title: words.otherTools),
      content: "<ul class=\"aliases\">\n\(items)</ul>\n\(day)")
  }

  /// What the other rule was seen to find, with the examples it is wrong about.
  private func measured(_ alias: RuleAlias) -> HTML {
    let measurement = peers?.measurement(of: alias.tool, code: alias.rule)
    let text = MeasuredText(measurement, words: context.evidence).html
    let alarms = (measurement?.alarms ?? []).map { id in
      let index = rule.examples.firstIndex { $0.id == id }
      let page = index.flatMap { moved.path(ofExample: $0, of: rule) }.map(context.link(to:)) ?? ""
      return "<a href=\"\(page)#\(PathPart(id).text)\">\(id)</a>" as HTML
    }
    let places: HTML = alarms.isEmpty ? "" : " (\(alarms.joined(by: ", ")))"
    return "\(context.evidence.onOurExamples)\(text)\(places)"
  }

  var references: PageSection? {
    let items = rule.references.map { reference in
      guard let link = SafeLink(address: reference.url) else {
        return "<li>\(BackquotedText(reference.title).html)</li>\n" as HTML
      }
      return """
        <li><a href="\(link.text)">\(BackquotedText(reference.title).html)</a> \
        <small>\(Self.host(of: link.text))</small></li>

        """ as HTML
    }
    guard !items.isEmpty else { return nil }
    return PageSection(
      entry: RulePage.Entry(anchor: "references", title: words.references),
      content: "<ul class=\"references\">\n\(items)</ul>\n")
  }

  /// Where to say that the rule is wrong; `nil` without a known repository.
  var reportAddress: String? {
    guard let repository = context.site.options.repository else { return nil }
    let title = PercentEncoding.encode("\(rule.code): false positive")
    return "\(repository.text)/issues/new?title=\(title)"
  }

  /// Only with a known repository: where to say that the rule is wrong.
  var report: PageSection? {
    guard let repository = context.site.options.repository, let reportAddress else { return nil }
    return PageSection(
      entry: RulePage.Entry(anchor: "improve-this-rule", title: words.improve),
      content: """
        <p>\(words.improvement(reportAddress, "\(repository.text)/blob/HEAD/Rules/\(rule.path)"))</p>

        """)
  }

  private static func host(of address: String) -> String {
    let rest = address.drop { $0 != ":" }.drop { $0 == ":" || $0 == "/" }
    return String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })
  }
}

/// Percent-encoding of a text as a value in the query of an address.
enum PercentEncoding {
  static func encode(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      let character = Character(Unicode.Scalar(byte))
      if byte < 0x80, character.isPathSafe {
        result.append(character)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }
}
