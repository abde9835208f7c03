/// The parts of a rule file's path relative to the rules folder: `blocking/blocking-sleep.md`.
struct RulePath {
  /// The folders between the rules folder and the file, joined by slashes.
  let group: String
  /// The file's name without its extension.
  let name: String
  /// Whether it is one folder deep, in slugs, and ends in `.md`.
  let isWellPlaced: Bool

  init(_ path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let file = parts.last ?? ""
    group = parts.dropLast().joined(separator: "/")
    name = String(file.hasSuffix(".md") ? file.dropLast(3) : file)
    isWellPlaced =
      parts.count == 2 && file.hasSuffix(".md") && TextForm.isSlug(group) && TextForm.isSlug(name)
  }
}
