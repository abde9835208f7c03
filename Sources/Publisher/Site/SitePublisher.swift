package import PythonSemantics
import RuleBase
package import Verifier

/// Makes the website from verified rules.
package enum SitePublisher {
  /// All files of the site, sorted by path; the same input yields the same bytes.
  package static func files(
    for rules: [VerifiedRule], options: SiteOptions, inputs: SiteInputs = .embedded,
    executor: Executor = .sequential,
  ) -> [OutputFile] {
    Website(rules: rules, options: options, inputs: inputs).files(executor: executor)
  }
}

/// The website of some rules: whole, or page by page for a preview.
package struct Website {
  /// One for each language, English first.
  private let sites: [SiteMap]
  private let inputs: SiteInputs
  /// Stylesheet, scripts and pictures at the paths that pages name.
  package let assets: [OutputFile]

  package init(rules: [VerifiedRule], options: SiteOptions, inputs: SiteInputs = .embedded) {
    var paths: [String: String] = [:]
    assets = Self.assets(of: rules, options: options, inputs: inputs).map { asset in
      let path = "assets/\(FingerprintedName(asset).text)"
      paths[asset.path] = path
      return OutputFile(path: path, bytes: asset.bytes)
    }
    let languages = Self.languages(of: rules)
    sites = languages.map { language in
      SiteMap(
        rules: rules.map { $0.localized(in: language) }, options: options, assetPaths: paths,
        language: language, languages: languages)
    }
    self.inputs = inputs
  }

  /// Everything, sorted by path.
  package func files(executor: Executor = .sequential) -> [OutputFile] {
    let site = sites[0]
    var files = sites.flatMap { pages(of: $0, executor) }
    let lasting = files.map(\.path)
    files.append(notFoundPage)
    files += assets
    let rules = site.rules
    for site in sites {
      files += executor.map(site.rules.count) {
        callablesPage(of: site.rules[$0].rule, in: site)
      }.compactMap(\.self)
    }
    files += redirects
    files.append(bundle(of: files).file)
    let twin = Twin(of: site)
    files += executor.map(rules.count) { twin.file(for: rules[$0]) }
    files += twin.files(inputs: inputs)
    files.append(LanguageModelIndex(twin: twin).file)
    if let address = site.options.address {
      files += AddressList(pages: lasting, address: address.text).files
    }
    return files.sorted { $0.path < $1.path }
  }

  /// The page at a path, made by itself; `nil` where there is none, and for redirects.
  package func page(at path: String) -> OutputFile? {
    let site = sites.dropFirst().first { path.hasPrefix($0.folder) } ?? sites[0]
    return page(at: String(path.dropFirst(site.folder.count)), of: site)
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
      default:
        site.rules.firstIndex { SiteMap.path(of: $0.rule) == path }.map {
          rulePage(at: $0, of: site)
        }
      }
    if let file { return OutputFile(path: site.folder + file.path, bytes: file.bytes) }
    let callables = site.rules.first { SiteMap.callablesPath(of: $0.rule) == path }
      .flatMap { callablesPage(of: $0.rule, in: site) }
    return callables ?? evidence(of: site).first { $0.path == path }
  }

  /// The page for missing addresses, which has none of its own.
  package var notFoundPage: OutputFile {
    // It answers at every address, so it cannot be relative to its own.
    NotFoundPage(
      context: PageContext(site: sites[0], root: sites[0].options.basePath ?? "")
    ).file
  }

  /// Pages that lead from codes to rules.
  package var redirects: [OutputFile] {
    Redirects(context: PageContext(site: sites[0], root: "../")).files
  }

  /// The pages but for redirects.
  private func pages(of site: SiteMap, _ executor: Executor) -> [OutputFile] {
    let paths = ["index.html", "about.html", "rules/index.html", PlaygroundPage.path]
    return paths.compactMap { page(at: $0, of: site) } + evidence(of: site)
      + executor.map(site.rules.count) { index in
        let file = rulePage(at: index, of: site)
        return OutputFile(path: site.folder + file.path, bytes: file.bytes)
      }
  }

  /// Messages, other tools and proofs: tables of what programs say, in English only.
  private func evidence(of site: SiteMap) -> [OutputFile] {
    site.folder.isEmpty ? EvidencePages(context: PageContext(site: site, root: "")).files : []
  }

  private func callablesPage(of rule: Rule, in site: SiteMap) -> OutputFile? {
    RuleAppendix(rule: rule, context: PageContext(site: site, root: "../")).callablesPage.map {
      OutputFile(path: site.folder + $0.path, bytes: $0.bytes)
    }
  }

  /// English, and the languages that somebody has begun to translate the rules to.
  private static func languages(of rules: [VerifiedRule]) -> [Language] {
    Language.allCases.filter(rules.areTranslated)
  }

  /// The list of rules, the rules and what is said of the project, in one file; in English.
  private func bundle(of files: [OutputFile]) -> OfflineBundle {
    let folder = "rules/"
    let index = folder + "index.html"
    let rules = files.filter {
      $0.path.hasPrefix(folder) && $0.path.hasSuffix(".html") && $0.path != index
    }
    let pages = [index, "about.html"].compactMap { path in files.first { $0.path == path } }
    let style = assets.first { $0.path.hasSuffix(".css") }
    return OfflineBundle(
      pages: pages + rules, stylesheet: style?.bytes ?? [], version: sites[0].options.version)
  }

  private func rulePage(at index: Int, of site: SiteMap) -> OutputFile {
    RulePage(
      verified: site.rules[index], previous: index > 0 ? site.rules[index - 1].rule : nil,
      next: index + 1 < site.rules.count ? site.rules[index + 1].rule : nil,
      context: PageContext(site: site, root: "../")
    ).file
  }

  /// The hand-written assets and those made of the rules.
  private static func assets(
    of rules: [VerifiedRule], options: SiteOptions, inputs: SiteInputs,
  ) -> [OutputFile] {
    let rules = rules.sorted { ($0.rule.code, $0.rule.name) < ($1.rule.code, $1.rule.name) }
    let ofChecker: Set = ["checker.js", "editor.js", "playground.js"]
    var assets = inputs.assets.map { LeanAsset($0).file }
    for language in languages(of: rules) {
      let localized = rules.map { $0.rule.localized(in: language) }
      assets.append(
        OutputFile(
          path: SiteMap.assetName("search.js", in: language),
          bytes: SearchScript(rules: localized).bytes))
    }
    let unused = Set(Language.allCases).subtracting(languages(of: rules))
    let words = Set(unused.map { SiteMap.assetName("words.js", in: $0) })
    assets.removeAll { words.contains($0.path) }
    if let playground = options.playground {
      assets.append(OutputFile(path: "table.js", bytes: PlaygroundTable(rules: rules).bytes))
      assets.append(OutputFile(path: "checker.wasm", bytes: playground.bytes))
      assets.append(OutputFile(path: "checker.wasm.js", bytes: playground.script))
    } else {
      assets.removeAll { ofChecker.contains($0.path) }
    }
    if !options.isPreview { assets.removeAll { $0.path == "reload.js" } }
    return assets
  }
}

/// The name of an asset with a digest of its bytes, so that a changed file has a new address.
private struct FingerprintedName {
  let text: String

  init(_ asset: OutputFile) {
    // FNV-1a: not a secret, only a change detector.
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in asset.bytes {
      digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    let hexadecimal = String(digest, radix: 16)
    let digits = String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
    let dot = asset.path.firstIndex(of: ".") ?? asset.path.endIndex
    text = "\(asset.path[..<dot]).\(digits.prefix(8))\(asset.path[dot...])"
  }
}
