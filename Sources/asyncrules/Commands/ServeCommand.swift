import ArgumentParser
import Glibc
import Publisher

/// `asyncrules serve`: a preview of the website while rules are written.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the website of a folder of rules, anew whenever a file is saved.",
    discussion: """
      Only programs on this machine can connect. Errors of a rule file and examples that do not \
      hold are shown on every page with their lines; the rest of the site stays as it was.

      Runs until it is stopped. Exit status: 2 when the folder could not be read or the port is \
      taken.
      """)

  @Argument(help: ArgumentHelp("The folder with the rules.", valueName: "dir"))
  var folder = "Rules"

  @Option(help: ArgumentHelp("Where to listen; 0 takes any port that is free.", valueName: "port"))
  var port: UInt16 = 8018

  @Option(
    help: ArgumentHelp(
      "The checker for the pages; '.build/playground.wasm' when it is there.", valueName: "file"))
  var playground: String?

  func run() throws {
    let module = try PublishCommand.playgroundModule(playground)
    var rules = try WatchedRules(folder: folder)
    _ = try rules.refresh()
    guard !rules.rules.isEmpty || !rules.faults.isEmpty else {
      throw Complaint("'\(folder)' holds no rules; 'asyncrules new' starts one")
    }
    for fault in rules.faults { show(fault) }
    var site = PreviewSite(rules: rules, playground: module)
    let server = try HTTPServer(port: port)
    Streams.output(
      "\(count(rules.rules.count, "rule")) at http://127.0.0.1:\(server.port)/ "
        + "(Ctrl-C stops)\n")
    server.run { path in
      site.answer(to: path)
    } tick: {
      refresh(&site)
    }
  }

  /// Rebuilds what has changed, with the pages of the changed files; whether there was anything.
  private func refresh(_ site: inout PreviewSite) -> Bool {
    let clock = ContinuousClock()
    let start = clock.now
    do {
      guard let (changed, faults) = try site.refresh() else { return false }
      for path in changed { _ = site.answer(to: site.page(ofFile: path)) }
      let milliseconds = (clock.now - start) / .milliseconds(1)
      let state = faults == 0 ? "all is well" : "\(count(faults, "fault"))"
      let names = changed.isEmpty ? "proofs" : changed.joined(separator: ", ")
      Streams.output("\(names.visible): \(state), in \(Int(milliseconds.rounded())) ms\n")
      return true
    } catch {
      // A file that is gone between looking and reading; the next look settles it.
      return false
    }
  }

  private func show(_ fault: WatchedRules.Fault) {
    let line = fault.line.map { ":\($0)" } ?? ""
    Streams.error("\(folder)/\(fault.path)\(line): \(fault.message)".visible)
  }
}
