import AsyncChecks
import RuleBase
import Verifier

/// The list of all rules, by group; the script adds search and filters.
struct IndexPage {
  let context: PageContext

  private var words: SiteWords { context.words }

  var file: OutputFile {
    let count = context.site.rules.count
    let shell = PageShell(
      context: context, path: "rules/index.html", title: words.rulesTitle,
      description: words.rulesDescription, kind: "index", stylesheet: "lists.css",
      scripts: ["search.js", "find.js"], current: .rules)
    let groups = context.site.groups
    let lists = groups.map { group, rules in
      let anchor = PathPart(group.name).text
      return """
        <section class="group" data-group="\(group.name)">
        <h2 id="\(anchor)">\(context.model.group(group.name))</h2>
        <ul class="rules">
        \(rules.map { RuleItem(rule: $0, context: context).html })</ul>
        </section>

        """ as HTML
    }
    let main: HTML = """
      <article>
      <header>
      <h1>\(words.rules)</h1>
      <p class="lede">\(words.rulesLede(count))</p>
      </header>
      \(RuleFilters(rules: context.site.rules.map(\.rule), groups: groups.map(\.group), context: context)
        .html)\
      <div class="groups">
      \(lists)</div>
      </article>

      """
    return OutputFile(path: "rules/index.html", bytes: shell.page(main: main))
  }
}

/// A rule in a list.
struct RuleItem {
  let rule: Rule
  let context: PageContext

  var html: HTML {
    let frameworks = rule.frameworks.map(\.rawValue).joined(separator: " ")
    let tools = Set(rule.aliases.map { PathPart($0.tool).text }).sorted().joined(separator: " ")
    return """
      <li class="rule" data-code="\(rule.code)" data-severity="\(rule.severity.word)" \
      data-fix="\(rule.fix.rawValue)" data-frameworks="\(frameworks)" \
      data-status="\(rule.status.state.rawValue)" data-tools="\(tools)">
      <a href="\(context.link(to: rule))"><span class="code-name">\(rule.code)</span> \
      <span class="title">\(BackquotedText(rule.title).html)</span></a>
      <p>\(BackquotedText(rule.summary).html)</p>
      \(labels)</li>

      """
  }

  private var labels: HTML {
    var items: [HTML] = [
      "<li class=\"\(raw: rule.severity.styleClass)\">\(context.model.severity(rule.severity))</li>"
    ]
    if rule.fix != .none {
      items.append(
        "<li class=\"fix-\(raw: rule.fix.rawValue)\">\(context.model.fix(rule.fix))</li>")
    }
    if rule.status.state != .stable {
      items.append("<li class=\"status\">\(context.model.status(rule.status.state))</li>")
    }
    return "<ul class=\"badges\">\(items)</ul>\n"
  }
}

/// The search field and the filters; useless and hidden without the script.
struct RuleFilters {
  let rules: [Rule]
  let groups: [RuleGroup]
  let context: PageContext

  var html: HTML {
    let frameworks = Framework.allCases.filter { framework in
      rules.contains { $0.frameworks.contains(framework) }
    }
    let words = context.words
    let model = context.model
    let states = RuleStatus.State.allCases.filter { state in
      rules.contains { $0.status.state == state }
    }
    let tools = Set(rules.flatMap(\.aliases).map(\.tool)).sorted()
    return """
      <form class="filters" role="search" hidden>
      <div class="field"><label for="query">\(words.search)</label>
      <input id="query" name="q" type="search" autocomplete="off" spellcheck="false" \
      placeholder="\(words.placeholder)" aria-describedby="count"></div>
      \(select("group", words.group, groups.map { ($0.name, model.group($0.name)) }))\
      \(select("severity", words.severity, Severity.allCases.map { ($0.word, model.severity($0)) }))\
      \(select("framework", words.framework, frameworks.map { ($0.rawValue, $0.title) }))\
      \(select("status", words.status, states.map { ($0.rawValue, model.status($0)) }))\
      \(select("tool", words.knownTo, tools.map { (PathPart($0).text, $0) }))\
      <label class="check"><input type="checkbox" name="fixable" value="yes"> \(words.hasFix)</label>
      <p id="count" role="status"></p>
      </form>

      """
  }

  private func select(_ name: String, _ label: String, _ options: [(String, String)]) -> HTML {
    let items = options.map { "<option value=\"\($0.0)\">\($0.1)</option>\n" as HTML }
    return """
      <div class="choice"><label for="\(name)">\(label)</label>
      <select id="\(name)" name="\(name)">
      <option value="">\(context.words.any)</option>
      \(items)</select></div>

      """
  }
}
