import Foundation
import Subprocess
import SystemPackage

/// Runs examples in boxes; the box itself is Python, see `Harness/box.py`.
package struct Box: Sendable {
  /// Starts the harness as a module, so that its compiled form is used.
  private static let program = "import sys; sys.path.insert(0, sys.argv[1]); import box; box.main()"

  /// One run of one text.
  package struct Request: Codable, Sendable {
    struct File: Codable {
      let path: String
      let text: String
    }

    var interpreter: String
    var files: [File]
    var setup: String?
    var entry: String?
    var stdin: String?
    var fixtures: [String]
    var packages: [String]
    var seconds: Int
  }

  /// The folder that holds the harness.
  let folder: String
  /// The interpreter that builds the boxes.
  let builder: Interpreter

  /// Lays the harness out in a folder of the cache.
  package init(cache: ProofCache, builder: Interpreter) throws(ProofError) {
    folder = cache.folder + "/harness-" + Harness.hash.prefix(16)
    self.builder = builder
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in Harness.files {
        let path = folder + "/" + file.name
        if let present = try? String(contentsOfFile: path, encoding: .utf8), present == file.text {
          continue
        }
        try file.text.write(toFile: path, atomically: true, encoding: .utf8)
      }
    } catch {
      throw .unwritable(path: folder, reason: error.localizedDescription)
    }
  }

  /// Compiles the harness for interpreters, where that was not done before.
  ///
  /// Inside a box nothing can be written beside it, so each run would compile it anew. Where it
  /// cannot be done here either, the runs do.
  package func compile(for interpreters: [Interpreter]) async {
    for interpreter in interpreters {
      let tag = "cpython-" + interpreter.minor.filter { $0 != "." }
      if FileManager.default.fileExists(atPath: "\(folder)/__pycache__/runner.\(tag).pyc") {
        continue
      }
      _ = try? await Subprocess.run(
        .path(FilePath(interpreter.path)), arguments: ["-I", "-m", "compileall", "-q", folder],
        output: .discarded, error: .discarded)
    }
  }

  /// Why no box can be had on this machine; `nil` when one can.
  package func reasonForNone() async throws(ProofError) -> String? {
    let request = Request(
      interpreter: builder.path, files: [Request.File(path: "example.py", text: "")],
      fixtures: [], packages: [], seconds: 10)
    let observation = try await observe(request)
    return observation.ending == .unboxed ? observation.stopped ?? "" : nil
  }

  /// Runs one request and returns what was seen.
  package func observe(_ request: Request) async throws(ProofError) -> Observation {
    // Its own group: the terminal's interrupt is for this process, which then ends the box.
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
    let output: String
    do {
      let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
      let result = try await Subprocess.run(
        .path(FilePath(builder.path)), arguments: ["-I", "-S", "-c", Self.program, folder],
        platformOptions: options,
        input: .string(text), output: .string(limit: 4 << 20), error: .string(limit: 64 << 10))
      if Task.isCancelled { throw ProofError.interrupted }
      output = result.standardOutput
      if output.isEmpty {
        let errors = String(result.standardError.suffix(400))
        throw ProofError.noAnswer(program: builder.path, output: errors)
      }
    } catch let error as ProofError {
      throw error
    } catch {
      if Task.isCancelled { throw .interrupted }
      throw .noProcess(program: builder.path, reason: "\(error)")
    }
    do {
      return try JSONDecoder().decode(Observation.self, from: Data(output.utf8))
    } catch {
      throw .noAnswer(program: builder.path, output: String(output.prefix(400)))
    }
  }
}

/// The folder outside the repository that keeps the harness and environments between runs.
package struct ProofCache: Sendable {
  package let folder: String

  /// `$XDG_CACHE_HOME/asyncrules`, or `~/.cache/asyncrules`.
  package init() {
    let environment = ProcessInfo.processInfo.environment
    let base = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    folder = (base ?? NSHomeDirectory() + "/.cache") + "/asyncrules"
  }

  package init(folder: String) { self.folder = folder }
}
