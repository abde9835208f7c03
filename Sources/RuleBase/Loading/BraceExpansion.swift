/// Expands `os.{link,stat}` to `os.link` and `os.stat`.
enum BraceExpansion {
  /// More names than this in one entry are a mistake.
  static let limit = 2000

  /// Why a text cannot be expanded.
  enum Failure: Error {
    case unpaired, nested, emptyAlternative, tooMany

    /// What is wanted instead.
    var wanted: String {
      switch self {
      case .unpaired: "each '{' with its '}'"
      case .nested: "no braces within braces"
      case .emptyAlternative: "names between the braces, joined by commas"
      case .tooMany: "at most \(BraceExpansion.limit) names"
      }
    }
  }

  /// All names in the order of the text, the last group varying fastest.
  static func names(of text: String) throws(Failure) -> [String] {
    var names = [""]
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[brace] == "{" else { throw .unpaired }
      let after = rest[rest.index(after: brace)...]
      guard let end = after.firstIndex(where: { $0 == "{" || $0 == "}" }) else { throw .unpaired }
      guard after[end] == "}" else { throw .nested }
      let alternatives = after[..<end].split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.drop { $0 == " " } }
      if alternatives.contains(where: \.isEmpty) { throw .emptyAlternative }
      guard names.count * alternatives.count <= limit else { throw .tooMany }
      let fixed = rest[..<brace]
      names = names.flatMap { name in alternatives.map { name + fixed + $0 } }
      rest = after[after.index(after: end)...]
    }
    return names.map { $0 + rest }
  }
}
