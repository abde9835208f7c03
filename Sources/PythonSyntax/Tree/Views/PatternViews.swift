// Typed views of match patterns and type parameters.

/// A value pattern such as `case Color.RED` or `case 1`.
package struct MatchValue: Sendable { package let value: NodeID }

/// `case None`, `case True` or `case False`.
package struct MatchSingleton: Sendable { package let kind: ConstantKind }

/// A sequence pattern or the alternatives of an or-pattern.
package struct MatchPatterns: Sendable { package let patterns: NodeList }

/// A mapping pattern.
package struct MatchMapping: Sendable {
  package let keys: NodeList
  package let patterns: NodeList
  package let rest: NameID?
}

/// A class pattern.
package struct MatchClass: Sendable {
  package let cls: NodeID
  package let patterns: NodeList
  package let keywordNames: NameList
  package let keywordPatterns: NodeList
}

/// `*name` in a sequence pattern; `nil` for `*_`.
package struct MatchStar: Sendable { package let name: NameID? }

/// A capture, `pattern as name`, or the wildcard (both `nil`).
package struct MatchAs: Sendable {
  package let pattern: NodeID?
  package let name: NameID?
}

/// A type parameter: `T: bound = default`, `*Ts = default` or `**P = default`.
package struct TypeParameter: Sendable {
  package let name: NameID
  package let bound: NodeID?
  package let defaultValue: NodeID?
}
