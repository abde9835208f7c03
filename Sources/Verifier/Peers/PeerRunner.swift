import Foundation
package import RuleBase
import Subprocess
import SystemPackage

/// Installs other tools and runs them on examples.
package struct PeerRunner: Sendable {
  /// What became of one tool.
  package enum Answer: Sendable {
    /// By the slug of the rule, in the order of its aliases.
    case measured([String: [PeerMeasurement]])
    /// It cannot be had here.
    case missing(reason: String)
    /// It ran and failed.
    case failed(reason: String)
  }

  /// The day of the locks, or the one that was asked for: `2026-11-23`.
  package let date: String
  private let interpreters: [Interpreter]
  private let cache: ProofCache
  /// `Rules/peers`, with the locks of the tools.
  private let folder: String
  private let examples: PackageEnvironments
  private let examplePackages: [String]

  /// The minor version on which type checkers look at the packages of the examples.
  private static let examplePython = "3.13"

  /// - Parameters:
  ///   - folder: `Rules/peers`, with the locks of the tools.
  ///   - proofs: `Rules/proofs`, with the locks of the packages that examples use.
  ///   - date: The day to record; that of the locks unless said otherwise.
  package init(
    interpreters: [Interpreter], cache: ProofCache, folder: String, proofs: String, date: String?,
  ) {
    self.interpreters = interpreters
    self.cache = cache
    self.folder = folder
    examples = PackageEnvironments(cache: cache, lockFolder: proofs)
    let lock = PackageLock(folder: proofs, minor: Self.examplePython)
    examplePackages = Array(lock.versions.keys.sorted().prefix(1))
    self.date = date ?? Self.date(ofLocksIn: folder)
  }

  /// The version in the lock of a tool; `nil` when it is not locked.
  func version(of tool: PeerTool) -> String? {
    PackageLock(folder: folder, name: tool.lock, minor: tool.python)
      .versions[PackageLock.normalized(tool.package)]
  }

  /// The first line of `peers/packages.txt`: `# 2026-11-23`.
  private static func date(ofLocksIn folder: String) -> String {
    let text = (try? String(contentsOfFile: folder + "/packages.txt", encoding: .utf8)) ?? ""
    let words = text.prefix { $0 != "\n" }.split { $0 == " " || $0 == "." }
    return words.first { $0.count == 10 && $0.first?.isNumber == true }.map(String.init) ?? ""
  }

  /// Runs a tool on the examples of rules that have an alias of it.
  package func measure(_ tool: PeerTool, on rules: [Rule]) async throws(ProofError) -> Answer {
    guard let version = version(of: tool) else {
      return .missing(reason: "not in the lock \(tool.lock)-\(tool.python).txt")
    }
    guard let interpreter = interpreters.first(where: { $0.minor == tool.python }) else {
      return .missing(reason: "no Python \(tool.python) here")
    }
    let environments = PackageEnvironments(cache: cache, lockFolder: folder, lockName: tool.lock)
    let environment = await environments.environment(of: interpreter, with: [tool.package])
    guard case .ready(let python, _) = environment else {
      guard case .missing(let reason) = environment else { return .missing(reason: "") }
      return .missing(reason: reason)
    }
    var examplePython = interpreter.path
    if tool.readsTypes, !examplePackages.isEmpty,
      let interpreter = interpreters.first(where: { $0.minor == Self.examplePython }),
      case .ready(let path, _) = await examples.environment(of: interpreter, with: examplePackages)
    {
      examplePython = path
    }
    let codes = Set(
      rules.flatMap(\.aliases).filter { $0.tool == tool.name }.map(\.rule)
    ).sorted()
    let scratch = NSTemporaryDirectory() + "asyncrules-peers-\(UUID().uuidString)"
    let tree = try PeerFolder(
      at: scratch + "/examples", rules: rules,
      pyrightCodes: tool.name.hasSuffix("pyright") ? codes : [])
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let settings = PeerSettings(codes: codes, examplePython: examplePython, scratch: scratch)
    let session = PeerSession(
      tool: tool, programs: (python as NSString).deletingLastPathComponent, settings: settings,
      tree: tree)
    do {
      let marks = try await session.marks(of: rules)
      return .measured(tree.measurements(by: tool, version: version, of: rules, marks: marks))
    } catch {
      return .failed(reason: "\(error)")
    }
  }
}

/// The runs of one tool on one folder of examples.
private struct PeerSession {
  let tool: PeerTool
  /// The folder of its program.
  let programs: String
  let settings: PeerSettings
  let tree: PeerFolder

  /// Everything that the tool marks.
  func marks(of rules: [Rule]) async throws(ProofError) -> Set<PeerOutput.Mark> {
    var portions: [[PeerFolder.Entry]] = []
    var together = tree.entries.filter { tool.readsNotebooks || !$0.isNotebook }
    if tool.readsTypes {
      portions += together.filter { $0.files.count > 1 }.map { [$0] }
      together.removeAll { $0.files.count > 1 }
    }
    switch tool.portion {
    case .everything: portions.append(together)
    case .rule:
      portions += rules.map { rule in together.filter { $0.place.rule == rule.name } }
    }
    var marks: Set<PeerOutput.Mark> = []
    for portion in portions where !portion.isEmpty {
      let answer = try await run(on: portion)
      if answer.isFine || portion.count == 1 && answer.code == 2 && !answer.output.isEmpty {
        marks.formUnion(read(answer.output))
        continue
      }
      guard tool.portion == .rule, portion.count > 1, answer.code == 2 else {
        throw .noProcess(program: tool.name, reason: answer.reason)
      }
      // A file that it cannot parse keeps it from reading the others.
      for entry in portion { marks.formUnion(read(try await run(on: [entry]).output)) }
    }
    return marks
  }

  private func read(_ output: String) -> Set<PeerOutput.Mark> {
    PeerOutput(output, of: tool, codes: settings.codes, entries: tree.entries).marks
  }

  private struct Answer {
    let code: Int32
    let isFine: Bool
    let output: String
    let errors: String

    var reason: String {
      let text = errors.isEmpty ? output : errors
      let line = text.split(separator: "\n").last.map(String.init) ?? ""
      return "exit \(code): \(line)"
    }
  }

  private func run(on portion: [PeerFolder.Entry]) async throws(ProofError) -> Answer {
    // Examples of several files import each other from their own folder.
    let isApart = portion.count == 1 && portion[0].files.count > 1
    let folder = isApart ? "\(tree.path)/\(portion[0].path)" : tree.path
    let files = portion.flatMap { entry in
      entry.files.map { isApart ? $0 : "\(entry.path)/\($0)" }
    }
    let words = tool.arguments(settings)
    do {
      let result = try await Subprocess.run(
        .path(FilePath("\(programs)/\(words[0])")),
        arguments: Arguments(Array(words.dropFirst()) + files),
        environment: .inherit.updating(["PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"]),
        workingDirectory: FilePath(folder),
        output: .string(limit: 32 << 20), error: .string(limit: 1 << 20))
      guard case .exited(let code) = result.terminationStatus else {
        throw ProofError.noProcess(program: tool.name, reason: "\(result.terminationStatus)")
      }
      var output = result.standardOutput
      if isApart { output = Self.prefixed(output, with: portion[0]) }
      // What fails without a word on its output is no finding.
      let isFine = code == 0 || code == 1 || tool.fineExits.contains(code)
      return Answer(
        code: code,
        isFine: isFine && (code == 0 || !output.isEmpty || result.standardError.isEmpty),
        output: output, errors: result.standardError)
    } catch let error as ProofError {
      throw error
    } catch {
      throw .noProcess(program: tool.name, reason: "\(error)")
    }
  }

  /// Puts the folder of an example before the names of its files.
  private static func prefixed(_ output: String, with entry: PeerFolder.Entry) -> String {
    output.split(separator: "\n").map { line in
      for file in entry.files {
        if let place = line.range(of: file), !line.contains(entry.path) {
          return line[..<place.lowerBound] + "\(entry.path)/" + line[place.lowerBound...]
        }
      }
      return line[...]
    }.joined(separator: "\n")
  }
}
