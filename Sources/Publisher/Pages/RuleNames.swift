package import RuleBase

/// The rules that pages may refer to, by slug.
package struct RuleNames: Sendable {
  /// In the order given.
  package let rules: [Rule]
  private let indices: [String: Int]
  /// The code of each slug.
  let codes: [String: String]

  package init(_ rules: [Rule]) {
    self.rules = rules
    // The loader refuses a second rule of the same name; of hand-made ones the first wins.
    let indices = Dictionary(
      rules.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.indices = indices
    codes = indices.mapValues { rules[$0].code }
  }

  package subscript(name: String) -> Rule? { indices[name].map { rules[$0] } }
}
