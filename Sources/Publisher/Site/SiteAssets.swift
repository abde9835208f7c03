import RuleBase
import Verifier

/// What pages load: the hand-written stylesheet, scripts and pictures, and scripts made of the
/// rules.
struct SiteAssets: Sendable {
  /// Where they are by the names that pages know them by: `site.css`.
  let paths: [String: String]
  /// Those that no rule has a part in.
  private let lasting: [OutputFile]
  /// Those made of the rules; in a preview only when they are asked for.
  private let made: [MadeAsset]

  /// Assets for some rules in each language, English first.
  ///
  /// For publishing, a digest in their names lets browsers keep them for ever; in a preview nothing
  /// is kept, and what no rule has a part in is taken over from `previous`.
  init(
    rules: [(language: Language, rules: [VerifiedRule])], options: SiteOptions, inputs: SiteInputs,
    previous: SiteAssets? = nil,
  ) {
    let languages = rules.map(\.language)
    var made = rules.map { language, rules in
      MadeAsset(name: SiteMap.assetName("search.js", in: language)) {
        SearchScript(rules: rules.map(\.rule)).bytes
      }
    }
    if options.playground != nil, let english = rules.first?.rules {
      made.append(MadeAsset(name: "table.js") { PlaygroundTable(rules: english).bytes })
    }
    if options.isPreview {
      lasting = previous?.lasting ?? Self.lasting(languages, options: options, inputs: inputs)
      self.made = made
      paths = Dictionary(
        (lasting.map(\.path) + made.map(\.name)).map { ($0, Self.folder + $0) },
        uniquingKeysWith: { first, _ in first })
      return
    }
    let files =
      Self.lasting(languages, options: options, inputs: inputs)
      + made.map { OutputFile(path: $0.name, bytes: $0.bytes()) }
    var paths: [String: String] = [:]
    lasting = files.map { file in
      let name = FingerprintedName(file).text
      paths[file.path] = Self.folder + name
      return OutputFile(path: name, bytes: file.bytes)
    }
    self.paths = paths
    self.made = []
  }

  private static let folder = "assets/"

  /// All of them, at the paths that pages name.
  var files: [OutputFile] {
    (lasting + made.map { OutputFile(path: $0.name, bytes: $0.bytes()) }).map {
      OutputFile(path: Self.folder + $0.path, bytes: $0.bytes)
    }
  }

  /// The bytes at a path of the site.
  func bytes(at path: String) -> [UInt8]? {
    guard path.hasPrefix(Self.folder) else { return nil }
    let name = path.dropFirst(Self.folder.count)
    return lasting.first { $0.path == name }?.bytes ?? made.first { $0.name == name }?.bytes()
  }

  private static func lasting(
    _ languages: [Language], options: SiteOptions, inputs: SiteInputs,
  ) -> [OutputFile] {
    let ofChecker: Set = ["checker.js", "editor.js", "playground.js"]
    let ofOtherLanguages = Set(
      Language.allCases.filter { !languages.contains($0) }
        .map { SiteMap.assetName("words.js", in: $0) })
    var assets = inputs.assets.filter { asset in
      if ofChecker.contains(asset.path) { return options.playground != nil }
      if asset.path == "reload.js" { return options.isPreview }
      return !ofOtherLanguages.contains(asset.path)
    }.map { LeanAsset($0).file }
    if let playground = options.playground {
      assets.append(OutputFile(path: "checker.wasm", bytes: playground.bytes))
      assets.append(OutputFile(path: "checker.wasm.js", bytes: playground.script))
    }
    return assets
  }
}

/// A script that is made of the rules.
private struct MadeAsset: Sendable {
  let name: String
  let bytes: @Sendable () -> [UInt8]
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
