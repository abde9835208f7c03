import RuleBase
import Verifier

/// Which examples of a rule stand on further pages, because a page that nobody can read to its end
/// helps nobody: the first examples stay, the others leave their captions and links behind.
struct MovedExamples: Sendable, Hashable {
  /// The examples of each further page, as indices in the rule's order.
  let pages: [[Int]]

  static let none = MovedExamples(pages: [])

  /// The bytes of a page that is still whole: a fifth less than the most that a page may have.
  static let mostBytes = 48 * 1024

  /// The bytes of the examples on a further page; the rest is for what stands around them.
  private static let mostBytesOfExamples = 40 * 1024

  /// How many examples stay whatever they weigh.
  private static func fewest(of kind: RuleSection.Kind) -> Int { kind == .examples ? 3 : 2 }

  /// The path of the page that an example has moved to; `nil` when it has stayed.
  func path(ofExample index: Int, of rule: Rule) -> String? {
    pages.firstIndex { $0.contains(index) }.map { SiteMap.examplesPath(of: rule, page: $0) }
  }

  private init(pages: [[Int]]) { self.pages = pages }

  /// Chooses what has to leave.
  ///
  /// - Parameters:
  ///   - excess: The bytes that the page has too many.
  ///   - sizes: The bytes of each example.
  ///   - remains: The bytes that each leaves behind.
  init(excess: Int, of rule: Rule, sizes: [Int], remains: [Int]) {
    var staying = rule.sections.filter { $0.kind == .examples || $0.kind == .nearMisses }.map {
      section in
      let examples = section.blocks.compactMap { block in
        if case .example(let index) = block, sizes.indices.contains(index) { index } else { nil }
      }
      return (examples: examples, fewest: Self.fewest(of: section.kind))
    }
    var moved: [Int] = []
    var excess = excess
    // The last of the section that takes the most room.
    while excess > 0 {
      let candidates = staying.indices.filter { staying[$0].examples.count > staying[$0].fewest }
      func bytes(_ section: Int) -> Int { staying[section].examples.reduce(0) { $0 + sizes[$1] } }
      guard let section = candidates.max(by: { bytes($0) < bytes($1) }),
        let example = staying[section].examples.popLast()
      else { break }
      moved.append(example)
      excess -= sizes[example] - remains[example]
    }
    var pages: [[Int]] = []
    var room = 0
    for example in moved.sorted() {
      if sizes[example] > room || pages.isEmpty {
        pages.append([])
        room = Self.mostBytesOfExamples
      }
      pages[pages.count - 1].append(example)
      room -= sizes[example]
    }
    self.pages = pages
  }
}

/// What an example leaves on the rule's page when it has moved: its caption, and the way to it.
struct MovedExample {
  let verified: VerifiedExample
  let rule: Rule
  let context: PageContext
  /// Where it is now.
  let path: String

  var html: HTML {
    let anchor = PathPart(verified.example.id).text
    let caption = verified.example.caption.map { context.html(markdown: $0) } ?? ""
    let language = rule.language(of: .caption(id: verified.example.id))
    let attribute: HTML =
      language == rule.language || verified.example.caption == nil
      ? "" : " lang=\"\(language.rawValue)\""
    return """
      <li id="\(anchor)"><a href="\(context.link(to: path))#\(anchor)">\(verified.example.id)</a>
      <div\(attribute)>\(caption)</div></li>

      """
  }
}

/// A page with examples of a rule that have no room on the rule's own.
struct FurtherExamplesPage {
  let verified: VerifiedRule
  let moved: MovedExamples
  /// Its place among the pages of this kind, from 0.
  let number: Int
  let context: PageContext

  private var rule: Rule { verified.rule }

  private var words: SiteWords { context.words }

  var file: OutputFile {
    let path = SiteMap.examplesPath(of: rule, page: number)
    let title = words.furtherExamplesOf(rule.code)
    let place = moved.pages.count > 1 ? " (\(number + 1)/\(moved.pages.count))" : ""
    let shell = PageShell(
      context: context, path: path, title: "\(title)\(place) · asyncrules",
      description: words.everyExampleOf(rule.name), kind: "rule", current: .rules,
      runsChecker: true, report: RuleAppendix(rule: rule, context: context).reportAddress,
      isLasting: false, counterpart: SiteMap.path(of: rule))
    let main: HTML = """
      <article>
      <header>
      <p class="crumbs"><a href="\(context.link(to: "rules/index.html"))">\(words.rules)</a> \
      <span aria-hidden="true">/</span> <a href="\(context.link(to: rule))">\(rule.code)</a></p>
      <h1>\(title)\(place)</h1>
      <p class="lede">\(BackquotedText(rule.title).html)</p>
      </header>
      \(sections)\(others)</article>

      """
    return OutputFile(path: path, bytes: shell.page(main: main))
  }

  private var sections: HTML {
    let here = Set(moved.pages[number])
    var result = HTML()
    for section in rule.sections {
      let figures = section.blocks.compactMap { block -> HTML? in
        guard case .example(let index) = block, here.contains(index) else { return nil }
        return ExampleFigure(verified: verified.examples[index], rule: rule, context: context).html
      }
      guard !figures.isEmpty else { continue }
      let entry = RulePage.Entry(
        anchor: section.kind.anchor, title: context.model.section(section.kind))
      result +=
        PageSection(entry: entry, content: "\(figures)", kind: section.kind.anchor).html(words)
    }
    return result
  }

  /// The way to the other pages with examples of the rule.
  private var others: HTML {
    func item(_ path: String, _ kind: String, _ word: String, _ title: HTML) -> HTML {
      """
      <a class="\(raw: kind)" rel="\(raw: kind)" href="\(context.link(to: path))">\
      <small>\(word)</small> \(title)</a>

      """
    }
    let before =
      number == 0 ? SiteMap.path(of: rule) : SiteMap.examplesPath(of: rule, page: number - 1)
    let title: HTML = """
      <span class="code-name">\(rule.code)</span> \(BackquotedText(rule.title).html)
      """
    let further: HTML = "\(words.furtherExamplesOf(rule.code))"
    var items = item(before, "prev", words.previous, number == 0 ? title : further)
    if number + 1 < moved.pages.count {
      items += item(
        SiteMap.examplesPath(of: rule, page: number + 1), "next", words.next, further)
    }
    return """
      <nav class="neighbours" aria-label="\(words.neighbours)">
      \(items)</nav>

      """
  }
}
