import RuleBase
import Verifier

/// The sections of a rule file as sections of its page.
struct RuleBody {
  let verified: VerifiedRule
  let context: PageContext
  /// The examples that stand elsewhere.
  var moved = MovedExamples.none

  var sections: [PageSection] {
    verified.rule.sections.map { section in
      PageSection(
        entry: RulePage.Entry(
          anchor: section.kind.anchor, title: context.model.section(section.kind)),
        content: marker(of: section)
          + (section.kind == .howToFix
            ? cures(section.blocks, of: section)
            : html(of: section.blocks, of: section)),
        kind: section.kind.anchor)
    }
  }

  /// Says that a section, or a part of it, is not in the language of the page.
  private func marker(of section: RuleSection) -> HTML {
    let words = context.words
    let text: String
    switch verified.rule.translation(of: section) {
    case .complete: return ""
    case .partial: text = words.partlyTranslated
    case .absent(.missing): text = words.untranslated
    case .absent(.outdated): text = words.outdated
    }
    return "<p class=\"untranslated\">\(text)</p>\n"
  }

  /// The attribute of what stands in another language than the page.
  private func language(of unit: TranslationUnit) -> HTML {
    let language = verified.rule.language(of: unit)
    return language == verified.rule.language ? "" : " lang=\"\(language.rawValue)\""
  }

  private func html(of blocks: some Sequence<RuleBlock>, of section: RuleSection) -> HTML {
    var result = HTML()
    var elsewhere: [MovedExample] = []
    for block in blocks {
      if case .example(let index) = block, verified.examples.indices.contains(index),
        let path = moved.path(ofExample: index, of: verified.rule)
      {
        elsewhere.append(
          MovedExample(
            verified: verified.examples[index], rule: verified.rule, context: context, path: path))
        continue
      }
      result += list(of: elsewhere)
      elsewhere = []
      switch block {
      case .prose(let markdown, _):
        let text = context.html(markdown: markdown)
        let language = language(of: .section(section.kind))
        result += language.isEmpty ? text : "<div\(language)>\n\(text)</div>\n"
      case .heading(let text, let anchor, _, _):
        let anchor = PathPart(anchor).text
        let language = language(of: .section(section.kind))
        result += """
          <h3 id="\(anchor)"\(language)>\(BackquotedText(text).html)</h3>

          """
      case .example(let index):
        guard verified.examples.indices.contains(index) else { continue }
        result +=
          ExampleFigure(
            verified: verified.examples[index], rule: verified.rule, context: context
          ).html
      }
    }
    return result + list(of: elsewhere)
  }

  /// The examples that follow one another and are not here.
  private func list(of examples: [MovedExample]) -> HTML {
    guard let first = examples.first else { return "" }
    return """
      <p>\(context.words.furtherExamples(examples.count, context.link(to: first.path)))</p>
      <ul class="related elsewhere">
      \(examples.map(\.html))</ul>

      """
  }

  /// Groups the blocks of `How to fix it` by their headings, so that a reader can choose.
  private func cures(_ blocks: [RuleBlock], of section: RuleSection) -> HTML {
    var result = lens
    var rest = blocks[...]
    func isHeading(_ block: RuleBlock) -> Bool {
      if case .heading = block { true } else { false }
    }
    let introduction = rest.prefix { !isHeading($0) }
    result += html(of: introduction, of: section)
    rest = rest.dropFirst(introduction.count)
    while case .heading(let text, let anchor, let framework, _)? = rest.popFirst() {
      let body = rest.prefix { !isHeading($0) }
      rest = rest.dropFirst(body.count)
      let anchor = "fix-" + PathPart(anchor).text
      let attribute = framework.map { " data-framework=\"\($0.rawValue)\"" as HTML } ?? ""
      result += """
        <section class="cure"\(attribute)>
        <h3 id="\(anchor)"\(language(of: .section(section.kind)))>\
        \(BackquotedText(text).html)</h3>
        \(html(of: body, of: section))</section>

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
      <fieldset><legend>\(context.words.iUse)</legend>
      <label><input type="radio" name="framework" value="" checked><span>\(context.words.allOfThem)</span></label>
      \(options)</fieldset>
      </form>

      """
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
