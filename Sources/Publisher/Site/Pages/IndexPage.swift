import AsyncChecks
import RuleBase
import Verifier

/// The list of all rules, by group; the script adds search and filters.
struct IndexPage {
  let context: PageContext

  var file: OutputFile {
    let count = context.site.rules.count
    let shell = PageShell(
      context: context, path: "rules/index.html", title: "Rules · asyncrules",
      description: "All rules for asynchronous Python, by group.", kind: "index",
      scripts: ["search.js", "find.js"], current: .rules)
    let groups = context.site.groups
    let lists = groups.map { group, rules in
      let anchor = PathPart(group.name).text
      return """
        <section class="group" data-group="\(group.name)">
        <h2 id="\(anchor)">\(group.title)<a class="anchor" href="#\(anchor)" \
        aria-label="Link to this group">#</a></h2>
        <ul class="rules">
        \(rules.map { RuleItem(rule: $0, context: context).html })</ul>
        </section>

        """ as HTML
    }
    let main: HTML = """
      <article>
      <header>
      <h1>Rules</h1>
      <p class="lede">\(count) \(count == 1 ? "mistake" : "mistakes") in asynchronous Python that \
      the checker finds, with the reason, the proof and the cure.</p>
      </header>
      \(RuleFilters(rules: context.site.rules.map(\.rule), groups: groups.map(\.group)).html)\
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
      "<li class=\"\(raw: rule.severity.styleClass)\">\(rule.severity.title)</li>"
    ]
    if rule.fix != .none {
      items.append("<li class=\"fix-\(raw: rule.fix.rawValue)\">\(rule.fix.title)</li>")
    }
    if rule.status.state != .stable {
      items.append("<li class=\"status\">\(rule.status.state.title)</li>")
    }
    return "<ul class=\"badges\">\(items)</ul>\n"
  }
}

/// The search field and the filters; useless and hidden without the script.
struct RuleFilters {
  let rules: [Rule]
  let groups: [RuleGroup]

  var html: HTML {
    let frameworks = Framework.allCases.filter { framework in
      rules.contains { $0.frameworks.contains(framework) }
    }
    let states = RuleStatus.State.allCases.filter { state in
      rules.contains { $0.status.state == state }
    }
    let tools = Set(rules.flatMap(\.aliases).map(\.tool)).sorted()
    return """
      <form class="filters" role="search" hidden>
      <div class="field"><label for="query">Search</label>
      <input id="query" name="q" type="search" autocomplete="off" spellcheck="false" \
      placeholder="A call, a message, a code of any linter" aria-describedby="count"></div>
      \(select("group", "Group", groups.map { ($0.name, $0.title) }))\
      \(select("severity", "Severity", Severity.allCases.map { ($0.word, $0.title) }))\
      \(select("framework", "Framework", frameworks.map { ($0.rawValue, $0.title) }))\
      \(select("status", "Status", states.map { ($0.rawValue, $0.title) }))\
      \(select("tool", "Known to", tools.map { (PathPart($0).text, $0) }))\
      <label class="check"><input type="checkbox" name="fixable" value="yes"> Has a fix</label>
      <p id="count" role="status"></p>
      </form>

      """
  }

  private func select(_ name: String, _ label: String, _ options: [(String, String)]) -> HTML {
    let items = options.map { "<option value=\"\($0.0)\">\($0.1)</option>\n" as HTML }
    return """
      <div class="choice"><label for="\(name)">\(label)</label>
      <select id="\(name)" name="\(name)">
      <option value="">Any</option>
      \(items)</select></div>

      """
  }
}
