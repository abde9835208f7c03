import RuleBase
import Verifier

/// Messages of running programs with the rules they point to; the script searches them.
struct SymptomsPage {
  static let path = "symptoms.html"

  let context: PageContext

  var file: OutputFile {
    EvidencePages.file(
      Self.path, title: "Messages",
      description: "What Python, its libraries and event loops say when a program has a mistake.",
      scripts: ["symptoms.js"], main: introduction + list, context: context)
  }

  private var introduction: HTML {
    """
    <p>Most of these messages were seen when the bad examples ran; the others are named by the \
    rules. A star stands for names, numbers and addresses. In a terminal, \
    <code>asyncrules rule --symptom -</code> reads a whole traceback.</p>
    <form class="filters paste" role="search" hidden>
    <div class="field"><label for="message">Paste a message or a traceback</label>
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
