import RuleBase
import Verifier

/// Everything that pages need to know of each other: the rules, the assets and where they are.
struct SiteMap: Sendable {
  /// In order of their codes.
  let rules: [VerifiedRule]
  let options: SiteOptions
  /// Paths of the assets by the names they have in the sources: `site.css`.
  let assetPaths: [String: String]
  /// The words of its pages; each language has a site of its own.
  let words: Words
  /// All languages that there are pages in.
  let languages: [Language]
  private let indices: [String: Int]

  init(
    rules: [VerifiedRule], options: SiteOptions, assetPaths: [String: String],
    language: Language = .english, languages: [Language] = [.english],
  ) {
    words = Words.of(language)
    self.languages = languages
    let rules = rules.sorted { ($0.rule.code, $0.rule.name) < ($1.rule.code, $1.rule.name) }
    self.rules = rules
    self.options = options
    self.assetPaths = assetPaths
    indices = Dictionary(
      rules.enumerated().map { ($1.rule.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func rule(named name: String) -> Rule? { verifiedRule(named: name)?.rule }

  func verifiedRule(named name: String) -> VerifiedRule? { indices[name].map { rules[$0] } }

  /// The groups in the order of their first codes, each with its rules.
  var groups: [(group: RuleGroup, rules: [Rule])] {
    var order: [RuleGroup] = []
    var members: [RuleGroup: [Rule]] = [:]
    for rule in rules.map(\.rule) {
      let group = RuleGroup(of: rule)
      if members[group] == nil { order.append(group) }
      members[group, default: []].append(rule)
    }
    return order.map { ($0, members[$0] ?? []) }
  }

  /// Whether all rules are published as one file too; a preview makes only what is asked for.
  var hasBundle: Bool { !options.isPreview && rules.count <= OfflineBundle.mostRules }

  /// The path of a rule's page.
  static func path(of rule: Rule) -> String { "rules/\(PathPart(rule.name).text).html" }

  /// The path of the page with a rule's callables, when it has one.
  static func callablesPath(of rule: Rule) -> String {
    "rules/\(PathPart(rule.name).text).calls.html"
  }

  /// The path of a page with further examples of a rule, when it has any; pages count from 0.
  static func examplesPath(of rule: Rule, page: Int) -> String {
    "rules/\(PathPart(rule.name).text).examples\(page == 0 ? "" : "-\(page + 1)").html"
  }

  /// The folder of the pages in a language, with a slash at its end; empty for English.
  static func folder(of language: Language) -> String {
    language == .english ? "" : language.rawValue + "/"
  }

  /// The folder of these pages.
  var folder: String { Self.folder(of: words.language) }

  /// The name of an asset that each language has for itself: `search.js` or `search.ja.js`.
  static func assetName(_ name: String, in language: Language) -> String {
    guard language != .english else { return name }
    let stem = name.prefix { $0 != "." }
    return "\(stem).\(language.rawValue)\(name.dropFirst(stem.count))"
  }

  /// What follows the site's address to reach a page: folders stand for their indices.
  static func address(of path: String) -> String {
    let index = "index.html"
    guard path == index || path.hasSuffix("/" + index) else { return path }
    return String(path.dropLast(index.count))
  }
}

/// A text made fit for one part of a path, an id or a fragment.
struct PathPart: Hashable {
  let text: String

  /// Replaces every character that is not a letter, digit, `-`, `_` or `.`, and leading dots.
  init(_ text: String) {
    if Self.isFit(text) {
      self.text = text
      return
    }
    var result = ""
    for character in text {
      let isLeadingDot = character == "." && result.isEmpty
      result.append(character.isPathSafe && !isLeadingDot ? character : "-")
    }
    self.text = result.isEmpty ? "-" : result
  }

  /// Whether nothing needs to be replaced, as in nearly every text that is asked for.
  private static func isFit(_ text: String) -> Bool {
    text.withBytes { bytes in
      guard let first = bytes.first, first != UInt8(ascii: ".") else { return false }
      return bytes.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
    }
  }
}

/// One page's view of the site: how to get from it to everything else.
struct PageContext {
  let site: SiteMap
  /// The way from the page's folder to the top: empty or `../`.
  let root: String

  /// The address of a path of the site.
  func link(to path: String) -> String { root + path }

  func link(to rule: Rule) -> String { root + SiteMap.path(of: rule) }

  var words: SiteWords { site.words.site }

  var model: ModelWords { site.words.model }

  var evidence: EvidenceWords { site.words.evidence }

  /// The way from the page's folder to the top of all languages.
  var top: String { site.folder.isEmpty ? root : root + "../" }

  /// The address of an asset.
  func asset(_ name: String) -> String { top + (site.assetPaths[name] ?? "assets/\(name)") }

  /// The address of an asset that each language has for itself: `search.ja.js`.
  func localAsset(_ name: String) -> String {
    asset(SiteMap.assetName(name, in: site.words.language))
  }

  /// The address of a rule's page by its slug.
  func link(toRuleNamed name: String) -> String? { site.rule(named: name).map(link(to:)) }

  /// Renders Markdown; what cannot be parsed is shown as it is.
  func html(markdown text: String, headingOffset: Int = 1) -> HTML {
    guard let markdown = try? Markdown(parsing: text) else { return "<p>\(text)</p>\n" }
    return MarkdownHTML(
      ruleLink: link(toRuleNamed:), headingOffset: headingOffset, tableLabel: words.table,
      textLabel: words.text
    ).html(markdown.blocks)
  }
}
