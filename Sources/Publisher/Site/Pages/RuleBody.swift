import RuleBase
import Verifier

/// The sections of a rule file as sections of its page.
struct RuleBody {
  let verified: VerifiedRule
  let context: PageContext

  var sections: [PageSection] {
    verified.rule.sections.map { section in
      PageSection(
        entry: RulePage.Entry(anchor: section.kind.anchor, title: section.kind.rawValue),
        content: section.kind == .howToFix ? cures(section.blocks) : html(of: section.blocks),
        kind: section.kind.anchor)
    }
  }

  private func html(of blocks: some Sequence<RuleBlock>) -> HTML {
    var result = HTML()
    for block in blocks {
      switch block {
      case .prose(let markdown, _): result += context.html(markdown: markdown)
      case .heading(let text, let anchor, _, _):
        let anchor = PathPart(anchor).text
        result += "<h3 id=\"\(anchor)\">\(BackquotedText(text).html)\(Self.link(to: anchor))</h3>\n"
      case .example(let index):
        guard verified.examples.indices.contains(index) else { continue }
        result +=
          ExampleFigure(
            verified: verified.examples[index], rule: verified.rule, context: context
          ).html
      }
    }
    return result
  }

  /// Groups the blocks of `How to fix it` by their headings, so that a reader can choose.
  private func cures(_ blocks: [RuleBlock]) -> HTML {
    var result = lens
    var rest = blocks[...]
    func isHeading(_ block: RuleBlock) -> Bool {
      if case .heading = block { true } else { false }
    }
    let introduction = rest.prefix { !isHeading($0) }
    result += html(of: introduction)
    rest = rest.dropFirst(introduction.count)
    while case .heading(let text, let anchor, let framework, _)? = rest.popFirst() {
      let body = rest.prefix { !isHeading($0) }
      rest = rest.dropFirst(body.count)
      let anchor = "fix-" + PathPart(anchor).text
      let attribute = framework.map { " data-framework=\"\($0.rawValue)\"" as HTML } ?? ""
      result += """
        <section class="cure"\(attribute)>
        <h3 id="\(anchor)">\(BackquotedText(text).html)\(Self.link(to: anchor))</h3>
        \(html(of: body))</section>

        """
    }
    return result
  }

  /// The switch between frameworks, for the script.
  private var lens: HTML {
    var frameworks: [Framework] = []
    for case .heading(_, _, let framework?, _) in verified.rule.sections.flatMap(\.blocks)
    where !frameworks.contains(framework) {
      frameworks.append(framework)
    }
    guard frameworks.count > 1 else { return "" }
    let options = frameworks.map {
      """
      <label><input type="radio" name="framework" value="\($0.rawValue)"><span>\($0.title)</span>\
      </label>

      """ as HTML
    }
    return """
      <form class="lens" hidden>
      <fieldset><legend>I use</legend>
      <label><input type="radio" name="framework" value="" checked><span>all of them</span></label>
      \(options)</fieldset>
      </form>

      """
  }

  private static func link(to anchor: String) -> HTML {
    "<a class=\"anchor\" href=\"#\(anchor)\" aria-label=\"Link to this section\">#</a>"
  }
}

extension RuleSection.Kind {
  /// The id of the section, also a name for the stylesheet.
  var anchor: String {
    switch self {
    case .whatItDoes: "what-it-does"
    case .whyItMatters: "why-it-matters"
    case .examples: "examples"
    case .howToFix: "how-to-fix-it"
    case .nearMisses: "near-misses"
    case .commonBeliefs: "common-beliefs"
    case .whenToIgnore: "when-to-ignore-it"
    }
  }
}
