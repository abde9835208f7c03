package import RuleBase

/// The hash that tells whether a recorded proof is still one of the example as it stands.
package enum ProofFingerprint {
  /// Of everything that decides what is run and what must be seen.
  package static func of(_ example: Example) -> String {
    let fixtures = example.runs.flatMap(\.fixtures).map { String($0.prefix { $0 != ":" }) }
    var parts = [Harness.hash(with: Set(fixtures)), example.kind.rawValue]
    for file in example.files {
      parts += [file.path, file.text, file.fixed ?? ""]
    }
    parts += example.runs.map(\.source)
    let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
    return String(SHA256.hexadecimal(of: text.utf8).prefix(16))
  }
}

/// The Python files that run examples, inside the binary.
package enum Harness {
  /// Name and text of each file, in order.
  package static let files: [(name: String, text: String)] = EmbeddedHarness.files.map {
    ("\($0.name)", "\($0.text)")
  }

  /// Of all files.
  package static let hash = digest(of: files)

  /// Files that do nothing for an example without one of these fixtures.
  private static let users: [String: Set<String>] = [
    "databases.py": ["redis", "postgres"], "django_project.py": ["django"],
    "slow_disk.py": ["slow-disk"],
  ]

  private static let hashes = Dictionary(
    uniqueKeysWithValues: files.map { ($0.name, digest(of: [$0])) })

  /// Of the files that have a part in the runs of an example with these fixtures.
  package static func hash(with fixtures: Set<String>) -> String {
    let used = files.filter { file in
      if file.name == "fixtures.py" { return !fixtures.isEmpty }
      return users[file.name].map { !$0.isDisjoint(with: fixtures) } ?? true
    }
    return used.compactMap { hashes[$0.name] }.joined()
  }

  private static func digest(of files: [(name: String, text: String)]) -> String {
    SHA256.hexadecimal(of: files.map { "\($0.name)\n\($0.text)" }.joined().utf8)
  }
}
