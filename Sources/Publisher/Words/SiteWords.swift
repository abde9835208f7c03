import RuleBase

/// The words of the website's frame and of the pages that rule files do not write.
///
/// Texts with markup are ``HTML``; what the scripts say is in `Site/assets/words.js` and its
/// counterparts.
struct SiteWords: Sendable {
  // The frame.
  let skip: String
  let siteNavigation: String
  let rules: String
  let playground: String
  /// The playground in the navigation, where there is little room.
  let playgroundEntry: String
  let about: String
  let search: String
  let theme: String
  let source: String
  let promise: String
  let inOneFile: String
  let languages: String
  /// The language itself, as its readers call it.
  let languageName: String

  // Titles and descriptions.
  let homeTitle: String
  let claim: String
  let rulesTitle: String
  let rulesDescription: String
  let aboutTitle: String
  let aboutDescription: String
  let playgroundTitle: String
  let playgroundDescription: String

  // The first page.
  let headline: String
  let lede: String
  let browse: @Sendable (_ count: Int) -> String
  let howProven: String
  let sampleSource: @Sendable (_ link: HTML) -> HTML
  let habits: String
  let allRules: String
  /// Leads to the rules of a group that are not named.
  let more: @Sendable (_ count: Int) -> String
  let seenOne: String
  let byFramework: String

  // The list of rules.
  let rulesLede: @Sendable (_ count: Int) -> String
  let placeholder: String
  let group: String
  let severity: String
  let framework: String
  let knownTo: String
  let hasFix: String
  let any: String

  // A rule's page.
  let aboutThisRule: String
  let onThisPage: String
  let neighbours: String
  let previous: String
  let next: String
  let isPreview: String
  let isDeprecated: @Sendable (_ version: String) -> String
  let isRemoved: @Sendable (_ version: String) -> String
  let replacedBy: @Sendable (_ links: HTML) -> HTML
  let sentenceEnd: String
  let iUse: String
  let allOfThem: String

  // The facts beside it.
  let code: String
  let name: String
  let fix: String
  let since: String
  let status: String
  let alsoKnownAs: String
  let inTerminal: String
  let fixInShort: @Sendable (FixAvailability) -> String

  // What follows its sections.
  let knownCallables: String
  let callablesToReplace: String
  let callablesToKnow: String
  let allCalls: @Sendable (_ count: Int) -> String
  let callsOf: @Sendable (_ code: String) -> String
  let everyCallOf: @Sendable (_ name: String) -> String
  /// Says that some examples are on another page, with the link to it.
  let furtherExamples: @Sendable (_ count: Int, _ address: String) -> HTML
  let furtherExamplesOf: @Sendable (_ code: String) -> String
  let everyExampleOf: @Sendable (_ name: String) -> String
  let symptoms: String
  let symptomsOpening: String
  let related: String
  let otherTools: String
  let references: String
  let improve: String
  let improvement: @Sendable (_ report: String, _ file: String) -> HTML
  let instead: String
  let theSameOf: String
  let notWhen: @Sendable (_ conditions: [HTML]) -> HTML
  let without: @Sendable (_ argument: HTML) -> HTML
  let with: @Sendable (_ argument: HTML) -> HTML
  /// The position from 0.
  let asArgument: @Sendable (_ value: HTML, _ position: Int) -> HTML

  // Examples.
  let notReported: String
  let findings: @Sendable (_ count: Int) -> String
  let example: @Sendable (_ id: String) -> String
  let place: @Sendable (_ line: Int, _ column: Int) -> String
  let note: String
  let asWritten: @Sendable (_ command: HTML) -> HTML
  let difference: @Sendable (_ name: String) -> String
  let observed: String
  let observedOn: @Sendable (_ place: String, _ isFixed: Bool) -> String
  let notRun: @Sendable (_ reason: HTML) -> HTML
  let table: String
  let text: String

  // Links to other pages about all rules.
  let measuredWith: @Sendable (_ date: String) -> String
  let allCompared: String
  /// Leads from messages on the first page to all of them.
  let allMessages: String

  // Translations.
  let untranslated: String
  let partlyTranslated: String
  let outdated: String

  // The preview.
  let faults: @Sendable (_ count: Int) -> String

  // The playground.
  let playgroundLede: String
  let needsScript: HTML
  let examples: String
  let startFrom: String
  let applyAll: String
  let copyLink: String
  let aboutCode: String
  let findingsTab: String
  let syntaxTree: String
  let all: String
  let defaults: String
  let none: String
}
