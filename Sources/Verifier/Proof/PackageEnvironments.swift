import Foundation
import Subprocess
import SystemPackage

/// Virtual environments with the locked packages, built when first asked for and kept.
package actor PackageEnvironments {
  /// Where to run an example, or why it cannot be.
  package enum Answer: Hashable, Sendable {
    /// The interpreter's path and the versions of the packages that were asked for.
    case ready(path: String, packages: [String])
    case missing(reason: String)
  }

  private let cache: ProofCache
  private let lockFolder: String
  private let lockName: String
  private var answers: [String: Task<Answer, Never>] = [:]

  /// - Parameter lockName: What stands before the version in the names of the lock files.
  package init(cache: ProofCache, lockFolder: String, lockName: String = "packages") {
    self.cache = cache
    self.lockFolder = lockFolder
    self.lockName = lockName
  }

  /// The environment of an interpreter with some packages.
  package func environment(of interpreter: Interpreter, with requests: [String]) async -> Answer {
    guard !requests.isEmpty else { return .ready(path: interpreter.path, packages: []) }
    let lock = PackageLock(folder: lockFolder, name: lockName, minor: interpreter.minor)
    var named: [String] = []
    for request in requests {
      if let pin = request.range(of: "==") {
        named.append("\(PackageLock.normalized(request)) \(request[pin.upperBound...])")
      } else if let version = lock.versions[PackageLock.normalized(request)] {
        named.append("\(PackageLock.normalized(request)) \(version)")
      } else {
        return .missing(reason: "no \(request) for Python \(interpreter.minor) in the lock")
      }
    }
    let isPinned = requests.contains { $0.contains("==") }
    let files = isPinned ? lock.with(requests) : (lock.requirements, "")
    let key = SHA256.hexadecimal(of: "\(interpreter.path)\n\(files.0)\n\(files.1)".utf8).prefix(12)
    let folder = "\(cache.folder)/environments/\(interpreter.minor)-\(key)"
    let answer: Task<Answer, Never>
    if let known = answers[folder] {
      answer = known
    } else {
      answer = Task {
        await Self.build(
          folder, interpreter, requirements: files.0, constraints: files.1)
      }
      answers[folder] = answer
    }
    switch await answer.value {
    case .ready(let path, _): return .ready(path: path, packages: named.sorted())
    case .missing(let reason): return .missing(reason: reason)
    }
  }

  private static func build(
    _ folder: String, _ interpreter: Interpreter, requirements: String, constraints: String,
  ) async -> Answer {
    let python = folder + "/bin/python"
    let marker = folder + "/complete"
    if FileManager.default.fileExists(atPath: marker) { return .ready(path: python, packages: []) }
    let lock = FileLock(path: folder + ".lock")
    await lock.take()
    defer { lock.release() }
    if FileManager.default.fileExists(atPath: marker) { return .ready(path: python, packages: []) }
    try? FileManager.default.removeItem(atPath: folder)
    do {
      try FileManager.default.createDirectory(
        atPath: folder + ".input", withIntermediateDirectories: true)
      let files = [folder + ".input/requirements.txt", folder + ".input/constraints.txt"]
      try requirements.write(toFile: files[0], atomically: true, encoding: .utf8)
      try constraints.write(toFile: files[1], atomically: true, encoding: .utf8)
      let selection = ["-r", files[0], "-c", files[1]]
      if let uv = program("uv") {
        try await run(uv, ["venv", "-q", "--python", interpreter.path, folder])
        try await run(
          uv, ["pip", "install", "-q", "--compile-bytecode", "--python", python] + selection)
      } else {
        try await run(interpreter.path, ["-m", "venv", folder])
        try await run(python, ["-m", "pip", "install", "-q"] + selection)
      }
      try "".write(toFile: marker, atomically: true, encoding: .utf8)
      return .ready(path: python, packages: [])
    } catch let error as ProofError {
      return .missing(reason: "packages for Python \(interpreter.minor): \(error)")
    } catch {
      return .missing(reason: "packages for Python \(interpreter.minor): \(error)")
    }
  }

  private static func program(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  private static func run(_ program: String, _ arguments: [String]) async throws(ProofError) {
    do {
      let result = try await Subprocess.run(
        .path(FilePath(program)), arguments: Arguments(arguments), output: .discarded,
        error: .string(limit: 64 << 10))
      if result.terminationStatus.isSuccess { return }
      let lines = result.standardError.split(separator: "\n")
      throw ProofError.noProcess(
        program: program, reason: lines.last.map(String.init) ?? "\(result.terminationStatus)")
    } catch let error as ProofError {
      throw error
    } catch {
      throw .noProcess(program: program, reason: "\(error)")
    }
  }
}
