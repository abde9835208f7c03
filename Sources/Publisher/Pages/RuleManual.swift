package import RuleBase
package import Verifier
import AsyncChecks

/// Makes the page of one rule.
package struct RuleManual {
  private let verified: VerifiedRule
  private let names: RuleNames
  private let markdown: PageMarkdown

  private var rule: Rule { verified.rule }

  private init(_ verified: VerifiedRule, _ names: RuleNames) {
    self.verified = verified
    self.names = names
    markdown = PageMarkdown(codes: names.codes)
  }

  /// The page of a rule; `names` are all rules, for links to them.
  package static func page(of rule: VerifiedRule, among names: RuleNames) -> Page {
    RuleManual(rule, names).page
  }

  /// The name of a rule's page in the manual.
  package static func manualName(of rule: Rule) -> String { "asyncrules-\(rule.name)" }

  private var page: Page {
    var sections = [ManualSection("Description", description)]
    sections += rule.sections.map(section)
    sections.append(ManualSection("Diagnostics", messages))
    if !rule.callables.isEmpty {
      sections.append(ManualSection("Known callables", RuleCallables.blocks(of: rule, markdown)))
    }
    if !rule.symptoms.isEmpty { sections.append(ManualSection("Symptoms", symptoms)) }
    if !rule.aliases.isEmpty { sections.append(ManualSection("Other tools", aliases)) }
    sections.append(ManualSection("See also", seeAlso))
    sections.append(ManualSection("History", history))
    return Page(
      title: rule.code, names: [Self.manualName(of: rule), rule.code], manualSection: 7,
      summary: markdown.inlines(rule.title).plainText, sections: sections)
  }

  // MARK: - Sections

  private var description: [PageBlock] {
    var items: [PageTaggedList.Item] = []
    func add(_ term: String, _ words: [PageInline]) {
      items.append(PageTaggedList.Item([.text(term)], [.paragraph(words)]))
    }
    add("Code", [.text(rule.code)])
    add("Severity", [.text(rule.severity.word)])
    add("Fix", [.text(rule.fix.promise)])
    add("Status", status)
    add("For", [.text(rule.frameworks.map(\.rawValue).joined(separator: ", "))])
    return [
      .paragraph(markdown.inlines(rule.summary)),
      .tagged(PageTaggedList(isCompact: true, width: 10, items: items)),
    ]
  }

  private var status: [PageInline] {
    let status = rule.status
    var words: [PageInline] = [.text("\(status.state.rawValue) since \(status.since)")]
    if status.state == .preview { words.append(.text("; off unless selected")) }
    for (index, name) in status.replacedBy.enumerated() {
      words.append(.text(index == 0 ? "; replaced by " : ", "))
      words.append(link(to: name))
    }
    if let reason = status.reason {
      words.append(.text("; "))
      words += markdown.inlines(reason)
    }
    return words
  }

  private func section(_ section: RuleSection) -> ManualSection {
    var blocks: [PageBlock] = []
    for block in section.blocks {
      switch block {
      case .prose(let text, _): blocks += markdown.blocks(text)
      case .heading(let text, _, _, _): blocks.append(.heading(markdown.inlines(text)))
      case .example(let index):
        guard verified.examples.indices.contains(index) else { continue }
        blocks += ExampleBlocks.blocks(of: verified.examples[index], markdown)
      }
    }
    return ManualSection(section.kind.rawValue, blocks)
  }

  private var messages: [PageBlock] {
    let items = rule.messages.map { message in
      PageTaggedList.Item([.text(message.id)], [.paragraph(markdown.inlines(message.text))])
    }
    return [.tagged(PageTaggedList(isCompact: false, width: 10, items: items))]
  }

  private var symptoms: [PageBlock] {
    let items = rule.symptoms.map { [PageBlock.paragraph([.code($0)])] }
    return [
      .paragraph([.text("Messages that a program with this mistake may show:")]),
      .list(start: nil, isCompact: true, items: items),
    ]
  }

  private var aliases: [PageBlock] {
    let items = rule.aliases.map { alias in
      PageTaggedList.Item(
        [.text("\(alias.tool) \(alias.rule)")], [.paragraph([.text(alias.relation.sentence)])])
    }
    let width = rule.aliases.map { $0.tool.count + $0.rule.count + 2 }.max() ?? 10
    return [.tagged(PageTaggedList(isCompact: true, width: min(width, 30), items: items))]
  }

  private var seeAlso: [PageBlock] {
    var pages = [PageInline.manual(name: "asyncrules", section: 1)]
    pages.append(.manual(name: "asyncrules", section: 7))
    let related = rule.related.compactMap { names[$0] }.sorted { $0.name < $1.name }
    pages += related.map { PageInline.rulePage(code: $0.code, name: $0.name) }
    var blocks = [PageBlock.paragraph(PageInline.joined(pages.map { [$0] }))]
    if !rule.references.isEmpty {
      blocks.append(
        .references(rule.references.map { PageReference(title: $0.title, url: $0.url) }))
    }
    return blocks
  }

  private var history: [PageBlock] {
    [.paragraph([.text("\(rule.code) first appeared in asyncrules \(rule.since).")])]
  }

  private func link(to name: String) -> PageInline {
    guard let rule = names[name] else { return .code(name) }
    return .rule(code: rule.code, name: name, [.text(name)])
  }
}

extension PageInline {
  /// The pieces with a comma and a space between them.
  static func joined(_ pieces: [[PageInline]]) -> [PageInline] {
    pieces.enumerated().flatMap { $0 == 0 ? $1 : [.text(", ")] + $1 }
  }
}

extension FixAvailability {
  /// What a reader may expect of `--fix`.
  var promise: String {
    switch self {
    case .safe: "safe: keeps what the program does, but for the mistake"
    case .unsafe: "unsafe: may change what the program does"
    case .none: "none: the cure is for the author to choose"
    }
  }
}
