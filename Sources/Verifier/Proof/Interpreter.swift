import Foundation
import Subprocess
import SystemPackage

/// A CPython that examples are run on.
package struct Interpreter: Hashable, Sendable {
  package let path: String
  /// `3.11.7`.
  package let version: String

  package init(path: String, version: String) {
    self.path = path
    self.version = version
  }

  /// `3.11`.
  package var minor: String {
    version.split(separator: ".").prefix(2).joined(separator: ".")
  }

  /// The newest of each minor version from 3.8 among those of pyenv, of uv and in `PATH`, oldest
  /// first.
  package static func found() async -> [Interpreter] {
    var newest: [String: Interpreter] = [:]
    for path in candidates() {
      guard let interpreter = await asked(path) else { continue }
      let known = newest[interpreter.minor]
      if known.map({
        order(of: $0.version).lexicographicallyPrecedes(order(of: interpreter.version))
      })
        ?? true
      {
        newest[interpreter.minor] = interpreter
      }
    }
    return newest.values.sorted {
      order(of: $0.version).lexicographicallyPrecedes(order(of: $1.version))
    }
  }

  /// The numbers of a version, for sorting.
  package static func order(of version: String) -> [Int] {
    version.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
  }

  private static func candidates() -> [String] {
    let environment = ProcessInfo.processInfo.environment
    let pyenv = (environment["PYENV_ROOT"] ?? NSHomeDirectory() + "/.pyenv") + "/versions"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: pyenv)) ?? []
    var paths = versions.sorted().map { "\(pyenv)/\($0)/bin/python" }
    let uv = environment["UV_PYTHON_INSTALL_DIR"] ?? NSHomeDirectory() + "/.local/share/uv/python"
    let installed = (try? FileManager.default.contentsOfDirectory(atPath: uv)) ?? []
    paths += installed.sorted().map { "\(uv)/\($0)/bin/python3" }
    for folder in (environment["PATH"] ?? "").split(separator: ":")
    where !folder.hasSuffix("/shims") {
      paths += (8...20).map { "\(folder)/python3.\($0)" } + ["\(folder)/python3"]
    }
    return paths.filter { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func asked(_ path: String) async -> Interpreter? {
    let program = """
      import platform, sys
      if platform.python_implementation() == "CPython" and sys.version_info >= (3, 8):
          print(platform.python_version())
      """
    let answer = try? await Subprocess.run(
      .path(FilePath(path)), arguments: ["-I", "-c", program], output: .string(limit: 1000),
      error: .discarded)
    let version = answer?.standardOutput.split(separator: "\n").first.map(String.init)
    return version.map { Interpreter(path: path, version: $0) }
  }
}
