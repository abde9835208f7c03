package import AsyncChecks

/// One rule: the single source of its page, manual page, catalogue record and checker facts.
package struct Rule: Sendable {
  /// The file it was read from, relative to the rules folder: `blocking/blocking-sleep.md`.
  package var path: String
  /// The folder: `blocking`.
  package var group: String
  package var code: String
  /// The slug: `blocking-sleep`.
  package var name: String
  package var title: String
  package var summary: String
  package var severity: Severity
  package var status: RuleStatus
  /// The version of asyncrules that first had it.
  package var since: String
  package var frameworks: [Framework]
  package var aliases: [RuleAlias]
  /// Run-time messages that a reader would search for.
  package var symptoms: [String]
  package var check: String
  /// Whether it also looks at the files of tests.
  package var isForTests = true
  package var messages: [RuleMessage]
  package var callables: [RuleCallable]
  package var fix: FixAvailability
  package var tags: [String]
  package var references: [RuleReference]
  /// Slugs of related rules.
  package var related: [String]
  package var sections: [RuleSection]
  /// All examples in the order of the page; also reachable through ``sections``.
  package var examples: [Example]
  /// The whole text of the file.
  package var source: String
  /// The words in other languages.
  package var translations: [RuleTranslation] = []
  /// The language of the words here; another than English after ``localized(in:)``.
  package var language = Language.english
  /// What is English although ``language`` is not.
  package var untranslated: [TranslationUnit: TranslationGap] = [:]
  /// What messages say in ``language``, by their ids; findings keep to English.
  package var messageTranslations: [String: String] = [:]

  /// A rule of which nothing is known yet but its file.
  init(path: String) {
    self.path = path
    group = RulePath(path).group
    code = ""
    name = ""
    title = ""
    summary = ""
    severity = .error
    status = RuleStatus(state: .stable, since: "", replacedBy: [], reason: nil)
    since = ""
    frameworks = []
    aliases = []
    symptoms = []
    check = ""
    messages = []
    callables = []
    fix = .none
    tags = []
    references = []
    related = []
    sections = []
    examples = []
    source = ""
  }
}

/// Where a rule stands in its life.
package struct RuleStatus: Hashable, Sendable {
  package enum State: String, Sendable, CaseIterable {
    case stable, preview, deprecated, removed
  }

  package var state: State
  /// Since which version it is in this state; equals ``Rule/since`` unless said otherwise.
  package var since: String
  package var replacedBy: [String]
  package var reason: String?
}

/// A library or framework that a rule, an example or a cure is about.
package enum Framework: String, Sendable, CaseIterable {
  case asyncio, trio, anyio, aiohttp, httpx, fastapi, starlette, django, flask, sqlalchemy, pytest
}

/// The same or a similar rule of another tool.
package struct RuleAlias: Hashable, Sendable {
  package enum Relation: String, Sendable, CaseIterable {
    /// Finds the same mistakes.
    case same
    /// Finds more than ours.
    case broader
    /// Finds a part of ours.
    case narrower
    case overlaps
  }

  package var tool: String
  package var rule: String
  package var relation: Relation
  /// Whether a `# noqa` comment with its code silences ours.
  package var isSilencing = true
}

/// One message template; placeholders stand in braces.
package struct RuleMessage: Hashable, Sendable {
  package var id: String
  package var text: String
}

/// Whether the tool can cure a diagnostic.
package enum FixAvailability: String, Sendable, CaseIterable {
  case safe, unsafe, none
}

/// A link for further reading.
package struct RuleReference: Hashable, Sendable {
  package var title: String
  package var url: String
}

/// One callable as the rule file states it.
package struct RuleCallable: Sendable {
  /// One qualified name (groups such as `os.{link,stat}` are already expanded).
  package var name: String
  package var role: CallableRole
  /// Keyed by dialect (`asyncio`, `trio`, `anyio`), or one entry with the key `nil`.
  package var replacements: [RuleReplacement]
  /// Whether a call is cured by awaiting the replacement with the same arguments.
  package var isDropIn: Bool
  package var returns: String?
  /// Argument conditions in source form, for example `block=False`.
  package var unless: [String]
  package var argument: Int
  /// What a check asks for by name, for example `task-group`.
  package var trait: String?
  package var note: String?
}

/// What to write instead of a callable.
package struct RuleReplacement: Hashable, Sendable {
  package var dialect: Dialect?
  package var text: String
}

/// A level-two section of the page.
package struct RuleSection: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case whatItDoes = "What it does"
    case whyItMatters = "Why it matters"
    case examples = "Examples"
    case howToFix = "How to fix it"
    case nearMisses = "Near misses"
    case commonBeliefs = "Common beliefs"
    case whenToIgnore = "When to ignore it"
  }

  package var kind: Kind
  /// In the order of the page.
  package var blocks: [RuleBlock]
}

/// A piece of a section.
package enum RuleBlock: Sendable {
  /// CommonMark source of neighbouring paragraphs, lists, fences of plain Python and so on, in one
  /// piece; captions of examples are left out.
  case prose(markdown: String, line: Int)
  /// A level-three heading; in `How to fix it` it may name a framework. The anchor is made of the
  /// English text.
  case heading(text: String, anchor: String, framework: Framework?, line: Int)
  /// An index into ``Rule/examples``.
  case example(Int)
}

/// One piece of Python with what must be found in it.
package struct Example: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case bad, good, nearMiss = "near-miss"
  }

  /// Unique in its rule; stable, used as an anchor.
  package var id: String
  package var kind: Kind
  package var framework: Framework?
  /// At least one; the first is the one the page opens with.
  package var files: [ExampleFile]
  /// The paragraph before the fence, CommonMark; says why a near-miss is not a mistake.
  package var caption: String?
  /// How it is run, and what must be seen; several for different Python or package versions.
  package var runs: [RunExpectation] = []
}

/// One file of an example.
package struct ExampleFile: Sendable {
  /// `example.py` unless the fence says otherwise; a path that ends in `.ipynb` holds a notebook
  /// cell.
  package var path: String
  /// The code as readers see it: expectation lines taken out.
  package var text: String
  package var expectations: [Expectation]
  /// The text after all fixes; from the `fixed` fence.
  package var fixed: String?
  /// The 1-based line of the Markdown file of each line of ``text``.
  package var markdownLines: [Int]
  /// The 1-based line of the opening fence of ``fixed``.
  package var fixedLine: Int?
}

/// A diagnostic that an example must yield.
package struct Expectation: Hashable, Sendable {
  package var code: String
  /// 1-based line and column (in characters) in ``ExampleFile/text``.
  package var start: TextPosition
  /// Exclusive.
  package var end: TextPosition
  package var message: String
  /// The 1-based line of the Markdown file that states it.
  package var markdownLine: Int
}

/// A place in a text: line and column from 1, columns in characters (Unicode scalars).
package struct TextPosition: Hashable, Sendable, Comparable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
