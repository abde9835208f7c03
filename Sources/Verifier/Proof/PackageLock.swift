import Foundation

/// The packages that examples may use, with the version of each for one Python.
///
/// One file for each minor version, `proofs/packages-3.11.txt`: lines `name==version`, as
/// `uv pip compile` writes them.
package struct PackageLock: Hashable, Sendable {
  /// Normalized name to version.
  package let versions: [String: String]

  package init(text: String) {
    var versions: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let words = line.prefix { $0 != "#" }.split(separator: " ").first ?? ""
      let parts = words.split(separator: "=", omittingEmptySubsequences: true)
      guard parts.count == 2 else { continue }
      versions[Self.normalized(String(parts[0]))] = String(parts[1])
    }
    self.versions = versions
  }

  /// Reads the lock for a minor version; without its file nothing is locked.
  package init(folder: String, name: String = "packages", minor: String) {
    let path = "\(folder)/\(name)-\(minor).txt"
    self.init(text: (try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
  }

  /// Lower case, with hyphens, without extras: as package indexes compare names.
  package static func normalized(_ name: String) -> String {
    String(name.prefix { $0 != "[" && $0 != "=" }).lowercased()
      .map { $0 == "_" || $0 == "." ? "-" : String($0) }.joined()
  }

  /// All packages, one in a line, sorted.
  package var requirements: String {
    versions.sorted { $0.key < $1.key }.map { "\($0.key)==\($0.value)\n" }.joined()
  }

  /// The lock with other versions for some packages; only those requested and what they need.
  package func with(_ requests: [String]) -> (requirements: String, constraints: String) {
    let pinned = Set(requests.filter { $0.contains("==") }.map(Self.normalized))
    let constraints = versions.filter { !pinned.contains($0.key) }.sorted { $0.key < $1.key }
    return (
      requests.sorted().map { $0 + "\n" }.joined(),
      constraints.map { "\($0.key)==\($0.value)\n" }.joined()
    )
  }
}
