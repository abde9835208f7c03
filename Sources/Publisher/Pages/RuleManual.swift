package import RuleBase
package import Verifier
import AsyncChecks

/// Makes the page of one rule.
package struct RuleManual {
  private let verified: VerifiedRule
  private let names: RuleNames
  private let markdown: PageMarkdown
  private let words: Words

  private var rule: Rule { verified.rule }

  private init(_ verified: VerifiedRule, _ names: RuleNames) {
    self.verified = verified
    self.names = names
    markdown = PageMarkdown(codes: names.codes)
    words = Words.of(verified.rule.language)
  }

  /// The page of a rule; `names` are all rules, for links to them.
  package static func page(of rule: VerifiedRule, among names: RuleNames) -> Page {
    RuleManual(rule, names).page
  }

  /// The name of a rule's page in the manual.
  package static func manualName(of rule: Rule) -> String { "asyncrules-\(rule.name)" }

  private var page: Page {
    let words = words.manual
    var sections = [ManualSection(words.description, description)]
    sections += rule.sections.map(section)
    sections.append(ManualSection(words.diagnostics, messages))
    if !rule.callables.isEmpty {
      sections.append(
        ManualSection(words.knownCallables, RuleCallables.blocks(of: rule, markdown)))
    }
    if !rule.symptoms.isEmpty { sections.append(ManualSection(words.symptoms, symptoms)) }
    if !rule.aliases.isEmpty { sections.append(ManualSection(words.otherTools, aliases)) }
    sections.append(ManualSection(words.seeAlso, seeAlso))
    sections.append(ManualSection(words.history, history))
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
    let manual = words.manual
    let isEnglish = words.language == .english
    let severity = isEnglish ? rule.severity.word : words.model.severity(rule.severity)
    let frameworks = rule.frameworks.map(\.rawValue).joined(separator: manual.separator)
    add(manual.code, [.text(rule.code)])
    add(manual.severity, [.text(severity)])
    add(manual.fix, [.text(words.model.fixPromise(rule.fix))])
    add(manual.status, status)
    add(manual.frameworks, [.text(frameworks)])
    return [
      .paragraph(markdown.inlines(rule.summary)),
      .tagged(PageTaggedList(isCompact: true, width: 10, items: items)),
    ]
  }

  private var status: [PageInline] {
    let status = rule.status
    let manual = words.manual
    let isEnglish = words.language == .english
    let state = isEnglish ? status.state.rawValue : words.model.status(status.state)
    var result: [PageInline] = [.text(manual.statusSince(state, status.since))]
    if status.state == .preview { result.append(.text(manual.offUnlessSelected)) }
    for (index, name) in status.replacedBy.enumerated() {
      result.append(.text(index == 0 ? manual.replacedBy : manual.separator))
      result.append(link(to: name))
    }
    if let reason = status.reason {
      result.append(.text(isEnglish ? "; " : manual.separator))
      result += markdown.inlines(reason)
    }
    return result
  }

  private func section(_ section: RuleSection) -> ManualSection {
    var blocks: [PageBlock] = []
    switch rule.translation(of: section) {
    case .complete: break
    case .partial: blocks.append(.paragraph([.text(words.manual.partlyTranslated)]))
    case .absent(.missing): blocks.append(.paragraph([.text(words.manual.untranslated)]))
    case .absent(.outdated): blocks.append(.paragraph([.text(words.manual.outdated)]))
    }
    for block in section.blocks {
      switch block {
      case .prose(let text, _): blocks += markdown.blocks(text)
      case .heading(let text, _, _, _): blocks.append(.heading(markdown.inlines(text)))
      case .example(let index):
        guard verified.examples.indices.contains(index) else { continue }
        blocks += ExampleBlocks.blocks(of: verified.examples[index], markdown, words)
      }
    }
    return ManualSection(words.model.section(section.kind), blocks)
  }

  private var messages: [PageBlock] {
    let items = rule.messages.map { message in
      let texts = [message.text] + [rule.messageTranslations[message.id]].compactMap(\.self)
      return PageTaggedList.Item(
        [.text(message.id)], texts.map { .paragraph(markdown.inlines($0)) })
    }
    return [.tagged(PageTaggedList(isCompact: false, width: 10, items: items))]
  }

  private var symptoms: [PageBlock] {
    let items = rule.symptoms.map { [PageBlock.paragraph([.code($0)])] }
    return [
      .paragraph([.text(words.manual.symptomsOpening)]),
      .list(start: nil, isCompact: true, items: items),
    ]
  }

  private var aliases: [PageBlock] {
    let items = rule.aliases.map { alias in
      PageTaggedList.Item(
        [.text("\(alias.tool) \(alias.rule)")],
        [.paragraph([.text(words.model.relation(alias.relation))])])
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
    [.paragraph([.text(words.manual.firstAppeared(rule.code, rule.since))])]
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
