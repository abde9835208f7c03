import RuleBase
import Verifier

/// The page about the project.
struct AboutPage {
  /// CommonMark.
  let text: String
  let context: PageContext

  var file: OutputFile {
    let shell = PageShell(
      context: context, path: "about.html", title: context.words.aboutTitle,
      description: context.words.aboutDescription,
      kind: "text", current: .about)
    let main: HTML = "<article>\n\(context.html(markdown: text, headingOffset: 0))</article>\n"
    return OutputFile(path: "about.html", bytes: shell.page(main: main))
  }
}

/// The page for addresses that do not exist.
struct NotFoundPage {
  let context: PageContext

  var file: OutputFile {
    let shell = PageShell(
      context: context, path: "404.html", title: "Not found · asyncrules",
      description: "This page does not exist.", kind: "text",
      head: "<meta name=\"robots\" content=\"noindex\">\n", isLasting: false)
    let example: HTML =
      if let code = context.site.rules.first?.rule.code {
        """
        <p>Codes of rules are addresses too, ours and those of other tools: \
        <a href="\(context.link(to: "\(code)/index.html"))"><code>/\(code)/</code></a>, \
        for example.</p>

        """
      } else {
        ""
      }
    let main: HTML = """
      <article>
      <h1>There is no page here</h1>
      <p class="lede">Nothing was ever published at this address, or it has moved.</p>
      \(example)<ul>
      <li><a href="\(context.link(to: "rules/index.html"))">All rules</a></li>
      <li><a href="\(context.link(to: "index.html"))">The first page</a></li>
      </ul>
      </article>

      """
    return OutputFile(path: "404.html", bytes: shell.page(main: main))
  }
}
