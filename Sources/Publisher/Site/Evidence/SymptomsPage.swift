import RuleBase
import Verifier

/// Messages of running programs with the rules they point to; the script searches them.
struct SymptomsPage {
  static let path = "symptoms.html"

  let context: PageContext

  var file: OutputFile {
    EvidencePages.file(
      Self.path, heading: context.evidence.messages,
      scripts: ["symptoms.js"], main: introduction + list, context: context)
  }

  private var introduction: HTML {
    """
    <p>\(context.evidence.messagesText)</p>
    <form class="filters paste" role="search" hidden>
    <div class="field"><label for="message">\(context.evidence.paste)</label>
    <textarea id="message" name="message" rows="4" spellcheck="false" \
    aria-describedby="found"></textarea></div>
    <p id="found" role="status"></p>
    </form>

    """
  }

  private var list: HTML {
    let entries = SymptomIndex(context.site.rules).entries.map { entry in
      let rules = entry.rules.compactMap(context.site.rule(named:)).map { rule in
        """
        <a href="\(context.link(to: rule))"><span class="code-name">\(rule.code)</span> \
        \(BackquotedText(rule.title).html)</a>
        """ as HTML
      }.joined(by: "<br>")
      return "<dt><samp>\(entry.pattern)</samp></dt>\n<dd>\(rules)</dd>\n" as HTML
    }
    return "<dl class=\"messages\">\n\(entries)</dl>\n"
  }
}
