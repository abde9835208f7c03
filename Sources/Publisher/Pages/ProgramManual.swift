package import RuleBase

/// Makes the page of the program, `asyncrules(1)`.
package enum ProgramManual {
  /// The page; `facts` are what the option parser does not know.
  package static func page(
    of command: CommandManual, facts: CommandFacts, in language: Language = .english,
  ) -> Page {
    let words = Words.of(language).manual
    let markdown = PageMarkdown(codes: [:])
    var sections = [
      ManualSection(words.synopsis, [.synopsis(synopsis(of: command))]),
      ManualSection(
        words.description, description(of: command, facts, markdown, words)),
    ]
    if !command.subcommands.isEmpty {
      sections.append(
        ManualSection(words.commands, command.subcommands.flatMap { blocks(of: $0, words) }))
    }
    let general = options(command.arguments, words)
    if !general.isEmpty { sections.append(ManualSection(words.options, general)) }
    func add(_ title: String, _ entries: [CommandFacts.Entry], _ term: (String) -> PageInline) {
      guard !entries.isEmpty else { return }
      let items = entries.map {
        PageTaggedList.Item([term($0.term)], [.paragraph(markdown.inlines($0.meaning))])
      }
      let width = min(16, (entries.map(\.term.count).max() ?? 0) + 2)
      sections.append(
        ManualSection(
          title, [.tagged(PageTaggedList(isCompact: false, width: width, items: items))]))
    }
    add(words.environment, facts.environment) { .variable($0) }
    add(words.files, facts.files) { .path($0) }
    add(words.exitStatus, facts.exitStatuses) { .text($0) }
    if !facts.examples.isEmpty {
      sections.append(ManualSection(words.examples, facts.examples.flatMap { markdown.blocks($0) }))
    }
    sections.append(
      ManualSection(
        words.seeAlso,
        [
          .paragraph(
            PageInline.joined([
              [.manual(name: "asyncrules-rule", section: 5)],
              [.manual(name: "asyncrules", section: 7)],
            ]))
        ]))
    return Page(
      title: command.name, names: [command.name], manualSection: 1, summary: summary(of: command),
      sections: sections)
  }

  /// The abstract as NAME wants it: without its full stop, and starting small.
  private static func summary(of command: CommandManual) -> String {
    var text = HelpText.inlines(command.abstract).plainText
    if text.hasSuffix(".") || text.hasSuffix("。") { text.removeLast() }
    // `HTTP client` stays as it is.
    guard text.dropFirst().first?.isLowercase ?? false else { return text }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  private static func synopsis(of command: CommandManual) -> [[PageInline]] {
    guard !command.subcommands.isEmpty else { return [call(of: command, program: command.name)] }
    return command.subcommands.map { call(of: $0, program: command.name) }
  }

  /// How a command is called: the options in brackets, then the positional arguments.
  private static func call(of command: CommandManual, program: String) -> [PageInline] {
    var words: [PageInline] = [.program(program)]
    if command.name != program { words += [.text(" "), .command(command.name)] }
    let options = command.arguments.filter { $0.kind != .positional && !isUniversal($0) }
    for argument in options + command.arguments.filter({ $0.kind == .positional }) {
      words.append(.text(" "))
      words += usage(of: argument)
    }
    return words
  }

  /// Whether every command has the option, so that it says nothing in a synopsis.
  private static func isUniversal(_ argument: CommandArgument) -> Bool {
    argument.names.contains("--help") || argument.names.contains("--version")
  }

  private static func usage(of argument: CommandArgument) -> [PageInline] {
    var words: [PageInline] = []
    if argument.isOptional { words.append(.text("[")) }
    if let name = argument.names.last {
      words.append(.option(name))
      if let value = argument.valueName, argument.kind == .option {
        words += [.text(" "), .placeholder(value)]
      }
    } else {
      words.append(.placeholder(argument.valueName ?? "argument"))
    }
    if argument.isRepeating { words.append(.text(" ...")) }
    if argument.isOptional { words.append(.text("]")) }
    return words
  }

  private static func description(
    of command: CommandManual, _ facts: CommandFacts, _ markdown: PageMarkdown,
    _ words: ManualWords,
  ) -> [PageBlock] {
    let blocks = HelpText.blocks(command.discussion) + markdown.blocks(facts.description)
    guard let name = command.defaultSubcommand else { return blocks }
    return blocks + [.paragraph(words.withoutCommand(name))]
  }

  private static func blocks(of command: CommandManual, _ words: ManualWords) -> [PageBlock] {
    var blocks = [PageBlock.heading([.text(command.name)])]
    if !command.abstract.isEmpty { blocks += HelpText.blocks(command.abstract) }
    if !command.discussion.isEmpty { blocks += HelpText.blocks(command.discussion) }
    return blocks + options(command.arguments.filter { !isUniversal($0) }, words)
      + command.subcommands.flatMap { self.blocks(of: $0, words) }
  }

  private static func options(
    _ arguments: [CommandArgument], _ words: ManualWords,
  ) -> [PageBlock] {
    let items = arguments.map { argument in
      PageTaggedList.Item(term(of: argument), meaning(of: argument, words))
    }
    guard !items.isEmpty else { return [] }
    return [.tagged(PageTaggedList(isCompact: false, width: 8, items: items))]
  }

  private static func term(of argument: CommandArgument) -> [PageInline] {
    var words = PageInline.joined(argument.names.map { [.option($0)] })
    if argument.names.isEmpty {
      words.append(.placeholder(argument.valueName ?? "argument"))
      if argument.isRepeating { words.append(.text(" ...")) }
    } else if argument.kind == .option {
      words += [.text(" "), .placeholder(argument.valueName ?? "value")]
    }
    return words
  }

  private static func meaning(
    of argument: CommandArgument, _ words: ManualWords,
  ) -> [PageBlock] {
    var text = HelpText.inlines(argument.abstract)
    if let value = argument.defaultValue, !value.isEmpty {
      text += words.defaultIs(value)
    }
    if argument.isRepeating, argument.kind == .option {
      text.append(.text(words.mayRepeat))
    }
    var blocks = text.isEmpty ? [] : [PageBlock.paragraph(text)]
    blocks += argument.discussion.isEmpty ? [] : HelpText.blocks(argument.discussion)
    guard !argument.values.isEmpty else { return blocks }
    if argument.values.allSatisfy({ $0.meaning.isEmpty }) {
      let names = PageInline.joined(argument.values.map { [.code($0.name)] })
      return blocks + [.paragraph(words.values(names))]
    }
    let items = argument.values.map {
      PageTaggedList.Item([.code($0.name)], [.paragraph(HelpText.inlines($0.meaning))])
    }
    let width = (argument.values.map(\.name.count).max() ?? 0) + 4
    return blocks + [.tagged(PageTaggedList(isCompact: true, width: width, items: items))]
  }
}
