package import PythonSemantics
import RuleBase
package import Verifier

/// The website of some rules: whole, or page by page for a preview.
package struct Website: Sendable {
  /// One for each language, English first.
  private let sites: [SiteMap]
  private let inputs: SiteInputs
  private let assets: SiteAssets

  /// The website of some rules.
  ///
  /// - Parameters:
  ///   - previous: What the website was before some rules changed.
  ///   - changed: The names of those rules; the others are taken over as they were.
  package init(
    rules: [VerifiedRule], options: SiteOptions, inputs: SiteInputs? = nil,
    previous: Website? = nil, changed: Set<String> = [],
  ) {
    let inputs = inputs ?? previous?.inputs ?? .embedded
    let rules = rules.sorted { ($0.rule.code, $0.rule.name) < ($1.rule.code, $1.rule.name) }
    // English, and the languages that somebody has begun to translate the rules to.
    let languages = Language.allCases.filter(rules.areTranslated)
    let localized: [(language: Language, rules: [VerifiedRule])] = languages.map { language in
      let before = previous?.sites.first { $0.words.language == language }
      return (
        language,
        rules.map { verified in
          let name = verified.rule.name
          let known = changed.contains(name) ? nil : before?.verifiedRule(named: name)
          return known ?? verified.localized(in: language)
        }
      )
    }
    let assets = SiteAssets(
      rules: localized, options: options, inputs: inputs,
      previous: previous?.sites.count == languages.count ? previous?.assets : nil)
    sites = localized.map { language, rules in
      SiteMap(
        rules: rules, options: options, assetPaths: assets.paths, language: language,
        languages: languages)
    }
    self.assets = assets
    self.inputs = inputs
  }

  /// Everything, sorted by path.
  package func files(executor: Executor = .sequential) -> [OutputFile] {
    let files = OutputFiles()
    write(executor: executor) { files.append($0) }
    return files.sorted
  }

  /// Hands out every file as soon as it is made, in any order and on several threads, so that a
  /// large site need not be held in memory.
  package func write(executor: Executor, to sink: @Sendable (OutputFile) -> Void) {
    let names = RuleNames(rules.map(\.rule))
    _ = write(executor: executor, to: sink) { verified in
      (RuleMarkdown.text(of: verified, among: names), ())
    }
  }

  /// The English rules in the order of the site.
  var rules: [VerifiedRule] { sites[0].rules }

  /// The same, with a function that gives the Markdown of each English rule, and something besides.
  ///
  /// - Returns: What the function gave besides, in the order of ``rules``.
  func write<Other: Sendable>(
    executor: Executor, to sink: @Sendable (OutputFile) -> Void,
    markdown: @Sendable (VerifiedRule) -> (String, Other),
  ) -> [Other] {
    var others: [Other] = []
    var lasting: [String] = []
    for site in sites {
      let single = singlePages(of: site, executor)
      single.forEach(sink)
      let hasBundle = site.hasBundle
      let twin = Twin(of: site)
      let isEnglish = site.words.language == .english
      let made = executor.map(site.rules.count) { index in
        let verified = site.rules[index]
        let files = ruleFiles(at: index, of: site)
        files.pages.forEach(sink)
        if let callables = callablesPage(of: verified.rule, in: site) { sink(callables) }
        let kept = hasBundle ? files.whole : OutputFile(path: files.whole.path, bytes: [])
        guard isEnglish else {
          sink(twin.file(for: verified, RuleMarkdown.text(of: verified, among: twin.names)))
          return (page: kept, other: nil as Other?)
        }
        let (text, other) = markdown(verified)
        sink(twin.file(for: verified, text))
        return (page: kept, other: other)
      }
      if isEnglish { others = made.compactMap(\.other) }
      let pages = made.map(\.page)
      lasting += (single + pages).map(\.path)
      if hasBundle { sink(bundle(of: single + pages, in: site, executor)) }
      twin.files(inputs: inputs).forEach(sink)
    }
    sink(notFoundPage)
    assets.files.forEach(sink)
    let redirects = redirects
    _ = executor.map(redirects.count) { sink(redirects.file(at: $0)) }
    sink(LanguageModelIndex(twin: Twin(of: sites[0])).file)
    if let address = sites[0].options.address {
      AddressList(pages: lasting, address: address.text).files.forEach(sink)
    }
    return others
  }

  /// The page or asset at a path, made by itself; `nil` where there is none, and for redirects.
  package func bytes(at path: String) -> [UInt8]? {
    if let asset = assets.bytes(at: path) { return asset }
    let site = sites.dropFirst().first { path.hasPrefix($0.folder) } ?? sites[0]
    return page(at: String(path.dropFirst(site.folder.count)), of: site)?.bytes
  }

  /// The page at a path within the folder of its language.
  private func page(at path: String, of site: SiteMap) -> OutputFile? {
    let top = PageContext(site: site, root: "")
    let inFolder = PageContext(site: site, root: "../")
    let texts = inputs.texts(in: site.words.language)
    let file: OutputFile? =
      switch path {
      case "index.html": HomePage(habits: texts.habits, context: top).file
      case "about.html": AboutPage(text: texts.about, context: top).file
      case "rules/index.html": IndexPage(context: inFolder).file
      case PlaygroundPage.path where site.options.playground != nil:
        PlaygroundPage(context: inFolder).file
      default: EvidencePages(context: top).file(at: path)
      }
    if let file { return file.moved(below: site.folder) }
    let index = site.rules.firstIndex { verified in
      let stem = SiteMap.path(of: verified.rule).dropLast("html".count)
      return path.hasPrefix(stem)
        && ["html", "calls.html"].contains(path.dropFirst(stem.count))
        || path.hasPrefix(stem + "examples")
    }
    guard let index else { return nil }
    if path == SiteMap.callablesPath(of: site.rules[index].rule) {
      return callablesPage(of: site.rules[index].rule, in: site)
    }
    let wanted = site.folder + path
    return ruleFiles(at: index, of: site).pages.first { $0.path == wanted }
  }

  /// The page for missing addresses, which has none of its own.
  package var notFoundPage: OutputFile {
    // It answers at every address, so it cannot be relative to its own.
    NotFoundPage(
      context: PageContext(site: sites[0], root: sites[0].options.basePath ?? "")
    ).file
  }

  /// Pages that lead from codes to rules.
  private var redirects: Redirects {
    Redirects(context: PageContext(site: sites[0], root: "../"))
  }

  /// The pages that lead from codes to rules.
  package var redirectFiles: [OutputFile] {
    let redirects = redirects
    return (0..<redirects.count).map(redirects.file)
  }

  /// The pages that are not about one rule.
  private func singlePages(of site: SiteMap, _ executor: Executor) -> [OutputFile] {
    let paths =
      ["index.html", "about.html", "rules/index.html", PlaygroundPage.path] + EvidencePages.paths
    return executor.map(paths.count) { page(at: paths[$0], of: site) }.compactMap(\.self)
  }

  private func callablesPage(of rule: Rule, in site: SiteMap) -> OutputFile? {
    RuleAppendix(rule: rule, context: PageContext(site: site, root: "../")).callablesPage?
      .moved(below: site.folder)
  }

  /// The list of rules, the rules and what is said of the project, in one file.
  private func bundle(of files: [OutputFile], in site: SiteMap, _ executor: Executor) -> OutputFile
  {
    let pages = Dictionary(
      files.map { file in
        let path = String(file.path.dropFirst(site.folder.count))
        return (path, OutputFile(path: path, bytes: file.bytes))
      }, uniquingKeysWith: { first, _ in first })
    let paths = ["rules/index.html", "about.html"] + site.rules.map { SiteMap.path(of: $0.rule) }
    let style = ["site.css", "lists.css"].compactMap { assets.paths[$0].flatMap(assets.bytes) }
    return OfflineBundle(
      pages: paths.compactMap { pages[$0] }, stylesheet: style.flatMap(\.self),
      version: site.options.version, words: site.words
    ).file(executor: executor).moved(below: site.folder)
  }

  private func ruleFiles(at index: Int, of site: SiteMap) -> RulePage.Files {
    let files = RulePage(
      verified: site.rules[index], previous: index > 0 ? site.rules[index - 1].rule : nil,
      next: index + 1 < site.rules.count ? site.rules[index + 1].rule : nil,
      context: PageContext(site: site, root: "../")
    ).files
    return RulePage.Files(
      whole: files.whole.moved(below: site.folder),
      pages: files.pages.map { $0.moved(below: site.folder) })
  }
}

extension OutputFile {
  /// The file in the folder of a language; the English has none.
  fileprivate func moved(below folder: String) -> OutputFile {
    folder.isEmpty ? self : OutputFile(path: folder + path, bytes: bytes)
  }
}
