/// A page of the manual before it is written for `man` or for a terminal.
package struct Page: Hashable, Sendable {
  /// What stands at the top of every sheet: short.
  package let title: String
  /// What the page is about, and the names of its files.
  package let names: [String]
  /// The section of the manual: 1, 5 or 7.
  package let manualSection: Int
  /// What follows the dash in NAME.
  package let summary: String
  /// Without NAME.
  package let sections: [ManualSection]

  package init(
    title: String, names: [String], manualSection: Int, summary: String, sections: [ManualSection],
  ) {
    self.title = title
    self.names = names
    self.manualSection = manualSection
    self.summary = summary
    self.sections = sections
  }
}

/// A section of a page.
package struct ManualSection: Hashable, Sendable {
  /// Shown in capitals.
  package let title: String
  package let blocks: [PageBlock]

  package init(_ title: String, _ blocks: [PageBlock]) {
    self.title = title
    self.blocks = blocks
  }
}

/// A block of a section.
package indirect enum PageBlock: Hashable, Sendable {
  case paragraph([PageInline])
  /// A heading within a section.
  case heading([PageInline])
  /// Code, output or a diff: shown line by line, never wrapped.
  case verbatim([StyledLine])
  /// `start` is `nil` for bullets.
  case list(start: Int?, isCompact: Bool, items: [[PageBlock]])
  case tagged(PageTaggedList)
  case quote([PageBlock])
  /// How a command is called: an entry for each line.
  case synopsis([[PageInline]])
  /// Literature: shown as a list of titles with their addresses.
  case references([PageReference])
}

/// A list whose items open with a term.
package struct PageTaggedList: Hashable, Sendable {
  /// A term and what is said of it.
  package struct Item: Hashable, Sendable {
    package let term: [PageInline]
    package let blocks: [PageBlock]

    package init(_ term: [PageInline], _ blocks: [PageBlock]) {
      self.term = term
      self.blocks = blocks
    }
  }

  /// Whether items follow each other without a blank line.
  package let isCompact: Bool
  /// The columns that the terms take; a longer term stands on a line of its own.
  package let width: Int
  package let items: [Item]

  package init(isCompact: Bool, width: Int, items: [Item]) {
    self.isCompact = isCompact
    self.width = width
    self.items = items
  }
}

/// A document outside the manual.
package struct PageReference: Hashable, Sendable {
  package let title: String
  package let url: String

  package init(title: String, url: String) {
    self.title = title
    self.url = url
  }
}

/// Text within a block.
package indirect enum PageInline: Hashable, Sendable {
  case text(String)
  case code(String)
  case emphasis([PageInline])
  case strong([PageInline])
  case link(url: String, [PageInline])
  /// Words that are about a rule; the code and slug say which.
  case rule(code: String, name: String, [PageInline])
  /// The page of a rule, on its own: not as part of a sentence.
  case rulePage(code: String, name: String)
  /// Another page of the manual.
  case manual(name: String, section: Int)
  /// The name of a program.
  case program(String)
  /// A word that is typed as it is: a subcommand.
  case command(String)
  /// An option with its dashes.
  case option(String)
  /// A word that the reader replaces.
  case placeholder(String)
  /// The name of an environment variable.
  case variable(String)
  case path(String)
  case lineBreak
}
