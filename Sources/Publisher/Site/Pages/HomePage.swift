import AsyncChecks
import RuleBase
import Verifier

/// The first page: what this is, shown by one real example, and the ways in.
struct HomePage {
  /// CommonMark.
  let habits: String
  let context: PageContext

  /// What this is, in a sentence of plain text, for what is published in English only.
  static let claim = SiteWords.english.claim

  private var words: SiteWords { context.words }

  var file: OutputFile {
    let shell = PageShell(
      context: context, path: "index.html",
      title: words.homeTitle, description: words.claim, kind: "home", stylesheet: "lists.css",
      structured: context.site.options.address.map {
        StructuredData(
          siteAt: $0.text + context.site.folder, description: words.claim)
      })
    let main: HTML = """
      <div class="hero">
      <div class="claim">
      <h1>\(words.headline)</h1>
      <p class="lede">\(words.lede)</p>
      <p class="actions"><a class="primary" href="rules/index.html">\
      \(words.browse(context.site.rules.count))</a> <a href="about.html">\(words.howProven)</a></p>
      </div>
      \(sample)</div>
      \(guide)\(symptoms)\(groups)\(frameworks)
      """
    return OutputFile(path: "index.html", bytes: shell.page(main: main))
  }

  /// The shortest example with one finding and a fix, of the first rule that has one; asyncio is
  /// what most readers know.
  private var sample: HTML {
    for verified in context.site.rules {
      let candidates = verified.examples.filter { example in
        example.files.count == 1
          && example.files.allSatisfy { $0.findings.count == 1 && $0.fixed != nil }
      }
      guard let shortest = candidates.min(by: { Self.size(of: $0) < Self.size(of: $1) }) else {
        continue
      }
      let rule = verified.rule
      let figure = ExampleFigure(
        verified: shortest, rule: rule, context: context, isBrief: true)
      let link: HTML = """
        <a href="\(context.link(to: rule))"><span class="code-name">\(rule.code)</span> \
        \(BackquotedText(rule.title).html)</a>
        """
      return """
        <div class="sample">
        \(figure.html)<p class="source">\(words.sampleSource(link))</p>
        </div>

        """
    }
    return ""
  }

  private static func size(of example: VerifiedExample) -> (Int, Int) {
    let isFamiliar = example.example.framework == .asyncio
    return (isFamiliar ? 0 : 1, example.files.reduce(0) { $0 + $1.file.text.utf8.count })
  }

  private var guide: HTML {
    guard !habits.isEmpty else { return "" }
    return """
      <section class="guide" aria-labelledby="habits">
      <h2 id="habits">\(words.habits)</h2>
      \(context.html(markdown: habits))</section>

      """
  }

  /// Rules of one group that the first page names.
  private static let rulesOfGroup = 5

  private var groups: HTML {
    let items = context.site.groups.map { group, rules in
      // A last link to one rule more would take the room of that rule.
      let shown =
        rules.count <= Self.rulesOfGroup + 1 ? rules[...] : rules.prefix(Self.rulesOfGroup)
      let links = shown.map { rule in
        """
        <li><a href="\(context.link(to: rule))"><span class="code-name">\(rule.code)</span> \
        \(BackquotedText(rule.title).html)</a></li>

        """ as HTML
      }
      let anchor = PathPart(group.name).text
      let rest: HTML =
        shown.count == rules.count
        ? ""
        : """
        <li class="more"><a href="rules/index.html#\(anchor)">\
        \(words.more(rules.count - shown.count))</a></li>

        """
      return """
        <div>
        <h3>\(context.model.group(group.name)) <small>\(rules.count)</small></h3>
        <ul>
        \(links)\(rest)</ul></div>

        """ as HTML
    }
    return """
      <section class="entries" aria-labelledby="by-subject">
      <h2 id="by-subject">\(words.allRules)</h2>
      <div class="columns-list">
      \(items)</div>
      </section>

      """
  }

  /// Exceptions and warnings that running programs print, each with the rules that explain it.
  private var symptoms: HTML {
    var order: [String] = []
    var rules: [String: [Rule]] = [:]
    for rule in context.site.rules.map(\.rule) {
      for symptom in rule.symptoms where Self.isException(symptom) {
        let name = symptom.prefix { $0 != ":" }
        let isNew = rules[symptom] == nil
        // Twice the same exception shows that its texts differ; more would be noise here.
        guard !isNew || order.count(where: { $0.hasPrefix(name + ":") }) < 2 else { continue }
        if isNew { order.append(symptom) }
        rules[symptom, default: []].append(rule)
      }
    }
    guard !order.isEmpty else { return "" }
    let items = order.prefix(16).map { symptom in
      let links = (rules[symptom] ?? []).map { rule in
        """
        <a class="code-name" href="\(context.link(to: rule))" \
        aria-label="\(rule.code): \(BackquotedText(rule.title).plain)">\(rule.code)</a>
        """ as HTML
      }
      return "<li><samp>\(symptom)</samp> <span>\(links.joined(by: " "))</span></li>\n" as HTML
    }
    return """
      <section class="entries" aria-labelledby="by-symptom">
      <h2 id="by-symptom">\(words.seenOne)</h2>
      <ul class="symptoms">
      \(items)</ul>
      <p><a href="\(context.link(to: SymptomsPage.path))">\(words.allMessages)</a></p>
      </section>

      """
  }

  /// Whether a message begins as the last line of a traceback does: `RuntimeError: …`.
  private static func isException(_ symptom: String) -> Bool {
    let name = symptom.prefix { $0 != ":" }
    return name.count < symptom.count && !name.contains(" ")
  }

  private var frameworks: HTML {
    let rules = context.site.rules.map(\.rule)
    let items = Framework.allCases.compactMap { framework in
      let count = rules.count { $0.frameworks.contains(framework) }
      guard count > 0 else { return nil as HTML? }
      return """
        <li><a href="rules/index.html?framework=\(framework.rawValue)">\(framework.title) \
        <small>\(count)</small></a></li>

        """
    }
    guard !items.isEmpty else { return "" }
    return """
      <section class="entries" aria-labelledby="by-framework">
      <h2 id="by-framework">\(words.byFramework)</h2>
      <ul class="pills">
      \(items)</ul>
      </section>

      """
  }
}
