package import RuleBase

/// The hash that tells whether a recorded proof is still one of the example as it stands.
package enum ProofFingerprint {
  /// Of everything that decides what is run and what must be seen.
  package static func of(_ example: Example) -> String {
    var parts = [Harness.hash, example.kind.rawValue]
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
  package static let hash = SHA256.hexadecimal(
    of: files.map { "\($0.name)\n\($0.text)" }.joined().utf8)
}
