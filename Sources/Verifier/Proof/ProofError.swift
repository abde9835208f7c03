/// Why nothing can be proven here.
package enum ProofError: Error, Hashable, Sendable, CustomStringConvertible {
  case noInterpreter
  /// The machine does not let a box be built.
  case noBox(reason: String)
  case interrupted
  case unknownPython(String, found: [String])
  case noProcess(program: String, reason: String)
  case noAnswer(program: String, output: String)
  case unwritable(path: String, reason: String)
  case unreadable(path: String, reason: String)

  package var description: String {
    switch self {
    case .noInterpreter:
      "nothing can be proven: no CPython from 3.8 found in PATH, ~/.pyenv/versions or "
        + "~/.local/share/uv/python; install python3, or run 'uv python install'"
    case .noBox(let reason):
      "nothing can be proven: no box can be built here (\(reason)); it takes Linux and either "
        + "root or user namespaces (sysctl kernel.unprivileged_userns_clone=1)"
    case .interrupted: "interrupted"
    case .unknownPython(let version, let found):
      "no Python '\(version)' here; found \(found.joined(separator: ", "))"
    case .noProcess(let program, let reason): "\(program): cannot be run: \(reason)"
    case .noAnswer(let program, let output): "\(program): no observation, but '\(output)'"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    }
  }
}
