import RuleBase

extension SiteWords {
  static let english = SiteWords(
    skip: "Skip to the content",
    siteNavigation: "Site",
    rules: "Rules",
    playground: "Playground",
    playgroundEntry: "Playground",
    about: "About",
    search: "Search",
    theme: "Theme",
    source: "Source",
    promise: """
      Every finding and every fix on this site was computed by the tool when the site was built, \
      and is exactly what it reports.
      """,
    inOneFile: "All rules in one file",
    languages: "Language",
    languageName: "English",
    homeTitle: "asyncrules: mistakes in asynchronous Python, proven and cured",
    claim: """
      A checker and a book of rules for asynchronous Python: every example is checked, every fix \
      is computed.
      """,
    rulesTitle: "Rules · asyncrules",
    rulesDescription: "All rules for asynchronous Python, by group.",
    aboutTitle: "About · asyncrules",
    aboutDescription: "What asyncrules is, how its pages are proven and how to use it.",
    playgroundTitle: "Playground · asyncrules",
    playgroundDescription: """
      The checker in the page: type asynchronous Python and see what is wrong with it.
      """,
    headline: "One blocking call stops every task.",
    lede: """
      asyncrules finds the mistakes that asynchronous Python lets pass in silence, says why they \
      matter, and writes the fix.
      """,
    browse: { "Browse \($0) rules" },
    howProven: "How it is proven",
    sampleSource: { "From \($0)" },
    habits: "Ten habits of asynchronous Python",
    allRules: "All rules",
    more: { "\($0) more" },
    seenOne: "Seen one of these?",
    byFramework: "By framework",
    rulesLede: { count in
      """
      \(count) \(count == 1 ? "mistake" : "mistakes") in asynchronous Python that the checker \
      finds, with the reason, the proof and the cure.
      """
    },
    placeholder: "A call, a message or a code",
    group: "Group",
    severity: "Severity",
    framework: "Framework",
    knownTo: "Known to",
    hasFix: "Has a fix",
    any: "Any",
    aboutThisRule: "About this rule",
    onThisPage: "On this page",
    neighbours: "Neighbouring rules",
    previous: "Previous",
    next: "Next",
    isPreview: "This rule is in preview: it is off unless it is selected by name",
    isDeprecated: { "This rule is deprecated since \($0)" },
    isRemoved: { "This rule was removed in \($0)" },
    replacedBy: { " Replaced by \($0)." },
    sentenceEnd: ".",
    iUse: "I use",
    allOfThem: "all of them",
    code: "Code",
    name: "Name",
    fix: "Fix",
    since: "Since",
    status: "Status",
    alsoKnownAs: "Also known as",
    inTerminal: "In the terminal",
    fixInShort: {
      switch $0 {
      case .safe: "Automatic, safe"
      case .unsafe: "Automatic, unsafe"
      case .none: "By hand"
      }
    },
    knownCallables: "Known callables",
    callablesToReplace: """
      What the rule recognises, under any name it was imported by, and what to write instead.
      """,
    callablesToKnow: "What the rule knows, under any name it was imported by.",
    allCalls: { "All \($0) calls" },
    callsOf: { "Calls that \($0) knows" },
    everyCallOf: { "Every call that the rule \($0) knows." },
    furtherExamples: { count, address in
      count == 1
        ? "One more example has <a href=\"\(address)\">a page of its own</a>:"
        : "\(count) more examples have <a href=\"\(address)\">a page of their own</a>:"
    },
    furtherExamplesOf: { "More examples of \($0)" },
    everyExampleOf: { "Further examples of the rule \($0), with what was seen of them." },
    symptoms: "What you may have seen",
    symptomsOpening: "Messages of running programs that this mistake causes.",
    related: "Related rules",
    otherTools: "In other tools",
    references: "References",
    improve: "Improve this rule",
    improvement: { report, file in
      """
      <a href="\(report)">Report a false positive</a> or read \
      <a href="\(file)">the file this page was made from</a>.
      """
    },
    instead: "instead",
    theSameOf: "the same of",
    notWhen: { "Not \($0.joined(by: ", and not "))" },
    without: { "without \($0)" },
    with: { "with \($0)" },
    asArgument: { value, position in
      let words = ["first", "second", "third", "fourth", "fifth"]
      let ordinal = position < words.count ? words[position] : "\(position + 1)th"
      return "with \(value) as \(ordinal) argument"
    },
    notReported: "Not reported",
    findings: { $0 == 0 ? "No finding" : $0 == 1 ? "1 finding" : "\($0) findings" },
    example: { "Example \($0)" },
    place: { "Line \($0), column \($1)" },
    note: "note: ",
    asWritten: { "as \($0) writes it" },
    difference: { "Difference made by the fix of \($0)" },
    observed: "Observed",
    observedOn: { place, isFixed in "\(isFixed ? "After the fix, on" : "On") \(place):" },
    notRun: { "Not run: \($0)" },
    table: "Table",
    text: "Text",
    measuredWith: { "Measured with the releases of \($0)." },
    allCompared: "All rules compared",
    allMessages: "All messages, and a field for your traceback",
    untranslated: "This section is not translated yet.",
    partlyTranslated: "Parts of this section are not translated yet.",
    outdated: "The translation of this section is of an older text.",
    faults: { $0 == 1 ? "One thing is wrong" : "\($0) things are wrong" },
    playgroundLede: """
      The checker itself, in this page. What you type stays on your machine; the link in the \
      address bar holds it all.
      """,
    needsScript: """
      Checking in the page needs JavaScript. Without it: <code>asyncrules check FILE</code> in a \
      terminal.
      """,
    examples: "Examples",
    startFrom: "Start from an example…",
    applyAll: "Apply all safe fixes",
    copyLink: "Copy link",
    aboutCode: "About the code",
    findingsTab: "Findings",
    syntaxTree: "Syntax tree",
    all: "All",
    defaults: "Defaults",
    none: "None")
}
