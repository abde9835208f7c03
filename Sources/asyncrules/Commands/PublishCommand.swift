import ArgumentParser
import EmbeddedRules
import Glibc
import Publisher
import RuleBase
import Synchronization
import Verifier

/// `asyncrules publish`: the website, the manual pages and the catalogue.
struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Verify the rules, then write the website, the manual pages and the catalogue.",
    discussion: """
      The output is written whole and swapped in: when verification fails, or the disk is full, \
      the previous output stays as it was. A folder that asyncrules did not write is refused.

      Exit status: 0 when published, 1 when an example or a link does not hold, 2 when something \
      could not be read or written.
      """)

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "dir"))
  var output = "build"

  @Option(
    help: ArgumentHelp(
      "Where the source of the rules can be seen and reported on, for links.", valueName: "url"))
  var repositoryURL: String?

  @Option(
    help: ArgumentHelp(
      "Where the website will be, for the page of missing addresses.", valueName: "url"))
  var baseURL: String?

  @Option(
    help: ArgumentHelp(
      "The checker for the pages, as 'make wasm' builds it; '.build/playground.wasm' when it is "
        + "there.", valueName: "file"))
  var playground: String?

  @Option(
    help: ArgumentHelp(
      "The catalogue of an earlier release, for the feed of changes; may be repeated, the oldest "
        + "first.", valueName: "file"))
  var previous: [String] = []

  @Flag(help: "Publish nothing unless every example is proven as it stands.")
  var requireProof = false

  @Flag(help: "Publish the rules of the folders alone, without the built-in ones.")
  var withoutBuiltIn = false

  @OptionGroup var rules: RuleOptions

  /// Where `make wasm` leaves the checker.
  static let playgroundPath = ".build/playground.wasm"

  func run() throws {
    // Refuse before the work, not after it.
    let folder = PublishedFolder(path: output)
    try folder.validate()
    let module = try Self.playgroundModule(playground)
    let releases = try previous.map(Self.snapshot)
    let base = try rules.ruleBase(withBuiltIn: !withoutBuiltIn)
    let verification = VerifyCommand.verify(base)
    guard verification.failures.isEmpty else {
      VerifyCommand.show(verification.failures, of: base, in: nil)
      Streams.error(
        "asyncrules: \(count(verification.failures.count, "failure")); '\(output)' was not changed")
      throw ExitCode(1)
    }
    let records = try ProofStanding.records(
      with: rules.folders, withBuiltIn: !withoutBuiltIn)
    let standing = ProofStanding(of: base, records: records)
    if requireProof, let warning = standing.warning {
      Streams.error("asyncrules: \(warning); '\(output)' was not changed")
      throw ExitCode(1)
    }
    let peers = try PeerStanding.records(
      with: rules.folders, withBuiltIn: !withoutBuiltIn)
    let verified = verification.rules.map { $0.attaching(records, peers) }
    let address = try link(
      baseURL.map { $0.hasSuffix("/") ? $0 : $0 + "/" }, option: "--base-url")
    let options = SiteOptions(
      version: Asyncrules.version,
      repository: try link(repositoryURL, option: "--repository-url"), address: address,
      playground: module)
    let staged = try folder.stage()
    do {
      let broken = try write(verified, options: options, after: releases, to: staged)
      guard broken.isEmpty else {
        for error in broken { Streams.error("asyncrules: \(error.description.visible)") }
        Streams.error(
          "asyncrules: \(count(broken.count, "broken link")); '\(output)' was not changed")
        throw ExitCode(1)
      }
    } catch {
      staged.discard()
      throw error
    }
    try folder.replace(with: staged)
    Streams.output(
      "Published \(count(verification.rules.count, "rule")) with "
        + "\(count(verification.exampleCount, "example")) to '\(output)': "
        + "\(count(staged.fileCount, "file")).\n")
    if module == nil {
      Streams.output(
        "Without playground: '\(Self.playgroundPath)' is not there; 'make wasm' builds it.\n")
    }
    if address == nil {
      Streams.output("Without sitemap and feed: they need whole addresses; name '--base-url'.\n")
    }
  }

  /// Writes everything, each file as soon as it is made; the links that are wrong.
  private func write(
    _ rules: [VerifiedRule], options: SiteOptions, after releases: [CatalogueSnapshot],
    to staged: StagedFolder,
  ) throws -> [LinkChecker.Failure] {
    let site = SiteWriter(to: staged, basePath: options.basePath)
    let publication = Publication(
      command: try PublishCommand.commandManual(), formatGuide: EmbeddedRules.formatGuide,
      version: Asyncrules.version, date: Asyncrules.releaseDate)
    let catalogue = publication.write(
      rules, options: options, executor: WorkerThreads.executor,
      site: { site.write($0) },
      manual: { file, otherPaths in
        staged.write(file.moved(below: "man"), alsoNamed: otherPaths.map { "man/" + $0 })
      })
    for file in catalogue {
      site.write(file)
      staged.write(file)
    }
    if let address = options.address,
      let current = catalogue.first(where: { $0.path == "catalogue.json" })
    {
      let snapshot = try CatalogueSnapshot(json: current.bytes)
      site.write(ChangeFeed(catalogues: releases + [snapshot], address: address).file)
    }
    return site.failures
  }

  /// The module that the user named, which must be there, or the one at the usual place.
  static func playgroundModule(_ named: String?) throws -> PlaygroundModule? {
    guard named != nil || FileSystem.kind(of: playgroundPath) == .file else { return nil }
    let path = named ?? playgroundPath
    guard let module = PlaygroundModule(bytes: try FileSystem.read(path)) else {
      throw Complaint("'\(path)' is not WebAssembly; 'make wasm' builds the checker for the pages")
    }
    return module
  }

  /// The catalogue in a file.
  static func snapshot(_ path: String) throws -> CatalogueSnapshot {
    let bytes = try FileSystem.read(path)
    do throws(CatalogueSnapshot.DecodingFailure) {
      return try CatalogueSnapshot(json: bytes)
    } catch {
      throw Complaint("'\(path)' is not a catalogue: \(error.description)")
    }
  }

  private func link(_ text: String?, option: String) throws -> SafeLink? {
    guard let text else { return nil }
    guard let link = SafeLink(address: text) else {
      throw Complaint("\(option): '\(text)' is not a web address; wanted https://…")
    }
    return link
  }

  /// The commands and options as the option parser knows them.
  private static func commandManual() throws -> CommandManual {
    try CommandManual(dump: Asyncrules._dumpHelp())
  }
}

/// Writes the files of the website and remembers their links.
private final class SiteWriter: Sendable {
  private let staged: StagedFolder
  private let basePath: String?
  private let seen = Mutex<(paths: Set<String>, pages: [PageLinks])>(([], []))

  init(to staged: StagedFolder, basePath: String?) {
    self.staged = staged
    self.basePath = basePath
  }

  func write(_ file: OutputFile) {
    let links = PageLinks(of: file, basePath: basePath)
    seen.withLock { seen in
      seen.paths.insert(file.path)
      if let links { seen.pages.append(links) }
    }
    staged.write(file.moved(below: "site"))
  }

  /// Links between the files that lead nowhere.
  var failures: [LinkChecker.Failure] {
    seen.withLock {
      LinkChecker.failures(paths: $0.paths, pages: $0.pages, executor: WorkerThreads.executor)
    }
  }
}

extension OutputFile {
  fileprivate func moved(below folder: String) -> OutputFile {
    OutputFile(path: folder + "/" + path, bytes: bytes)
  }
}
