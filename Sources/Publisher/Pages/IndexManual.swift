package import RuleBase

/// Makes the page that lists all rules, `asyncrules(7)`.
package enum IndexManual {
  /// The page; groups and rules stand in the order of their codes.
  package static func page(of rules: [Rule], in language: Language = .english) -> Page {
    let words = Words.of(language)
    let manual = words.manual
    var sections = [
      ManualSection(
        manual.description, [.paragraph(manual.indexDescription(rules.count))]),
      ManualSection(manual.rules, groups(of: rules, words)),
    ]
    let tools = otherTools(rules)
    if !tools.isEmpty { sections.append(ManualSection(manual.otherTools, tools)) }
    let symptoms = symptoms(rules)
    if !symptoms.isEmpty { sections.append(ManualSection(manual.symptoms, symptoms)) }
    sections.append(
      ManualSection(
        manual.seeAlso,
        [
          .paragraph(
            PageInline.joined([
              [.manual(name: "asyncrules", section: 1)],
              [.manual(name: "asyncrules-rule", section: 5)],
            ]))
        ]))
    return Page(
      title: "asyncrules", names: ["asyncrules"], manualSection: 7,
      summary: manual.indexSummary, sections: sections)
  }

  /// A heading and a list for each group.
  private static func groups(of rules: [Rule], _ words: Words) -> [PageBlock] {
    var order: [RuleGroup] = []
    for rule in rules where !order.contains(RuleGroup(of: rule)) {
      order.append(RuleGroup(of: rule))
    }
    return order.flatMap { group in
      let members = rules.filter { RuleGroup(of: $0) == group }
      let items = members.map { rule in
        PageTaggedList.Item(
          [.manual(name: rule.code, section: 7)],
          [
            .paragraph(
              PageMarkdown(codes: [:]).inlines(rule.title) + [.text(marks(of: rule, words))])
          ])
      }
      return [
        PageBlock.heading([.text(words.model.group(group.name))]),
        .tagged(PageTaggedList(isCompact: true, width: 9, items: items)),
      ]
    }
  }

  private static func marks(of rule: Rule, _ words: Words) -> String {
    let state = rule.status.state
    switch (state, words.language) {
    case (.stable, _): return ""
    case (_, .english): return " (\(state.rawValue))"
    case (_, .japanese): return "（\(words.model.status(state))）"
    }
  }

  /// The rules of other tools, each with ours.
  private static func otherTools(_ rules: [Rule]) -> [PageBlock] {
    var ours: [String: [Rule]] = [:]
    for rule in rules {
      for alias in rule.aliases { ours["\(alias.tool) \(alias.rule)", default: []].append(rule) }
    }
    let items = ours.sorted { $0.key < $1.key }.map { theirs, rules in
      PageTaggedList.Item(
        [.text(theirs)],
        [.paragraph(PageInline.joined(rules.map { [.manual(name: $0.code, section: 7)] }))])
    }
    guard !items.isEmpty else { return [] }
    let width = min(32, (ours.keys.map(\.count).max() ?? 0) + 2)
    return [.tagged(PageTaggedList(isCompact: true, width: width, items: items))]
  }

  /// The messages that running programs show, each with the rules it may come from.
  private static func symptoms(_ rules: [Rule]) -> [PageBlock] {
    var causes: [String: [Rule]] = [:]
    for rule in rules {
      for symptom in rule.symptoms { causes[symptom, default: []].append(rule) }
    }
    let items = causes.sorted { $0.key < $1.key }.map { symptom, rules in
      PageTaggedList.Item(
        [.code(symptom)],
        [.paragraph(PageInline.joined(rules.map { [.manual(name: $0.code, section: 7)] }))])
    }
    guard !items.isEmpty else { return [] }
    return [.tagged(PageTaggedList(isCompact: true, width: 8, items: items))]
  }
}
