import RuleBase
package import Verifier

/// Makes the website from verified rules.
package enum SitePublisher {
  /// All files of the site, sorted by path; the same input yields the same bytes.
  package static func files(
    for rules: [VerifiedRule], options: SiteOptions, inputs: SiteInputs = .embedded,
  ) -> [OutputFile] {
    let searchScript = SearchScript(rules: rules.map(\.rule).sorted { $0.code < $1.code })
    let assets = inputs.assets + [OutputFile(path: "search.js", bytes: searchScript.bytes)]
    var paths: [String: String] = [:]
    var files: [OutputFile] = []
    for asset in assets {
      let path = "assets/\(FingerprintedName(asset).text)"
      paths[asset.path] = path
      files.append(OutputFile(path: path, bytes: asset.bytes))
    }
    let site = SiteMap(rules: rules, options: options, assetPaths: paths)
    let top = PageContext(site: site, root: "")
    let inFolder = PageContext(site: site, root: "../")
    files.append(HomePage(habits: inputs.habits, context: top).file)
    files.append(AboutPage(text: inputs.about, context: top).file)
    // This page answers at every address, so it cannot be relative to its own.
    let anywhere = PageContext(site: site, root: options.address?.text ?? "")
    files.append(NotFoundPage(context: anywhere).file)
    files.append(IndexPage(context: inFolder).file)
    for (index, verified) in site.rules.enumerated() {
      let page = RulePage(
        verified: verified, previous: index > 0 ? site.rules[index - 1].rule : nil,
        next: index + 1 < site.rules.count ? site.rules[index + 1].rule : nil, context: inFolder)
      files.append(page.file)
    }
    files += EvidencePages(context: top).files
    files += Redirects(context: inFolder).files
    return files.sorted { $0.path < $1.path }
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
    let dot = asset.path.lastIndex(of: ".") ?? asset.path.endIndex
    text = "\(asset.path[..<dot]).\(digits.prefix(8))\(asset.path[dot...])"
  }
}
