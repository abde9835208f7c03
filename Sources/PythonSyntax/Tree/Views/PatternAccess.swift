// How patterns and type parameters lie in the slots of a node, and the views of them.

extension SyntaxTree {
  /// Slots: value.
  package func matchValue(_ id: NodeID) -> MatchValue? {
    isKind(id, .matchValue) ? MatchValue(value: NodeID(slotA(id))) : nil
  }

  /// Flag: constant kind.
  package func matchSingleton(_ id: NodeID) -> MatchSingleton? {
    guard isKind(id, .matchSingleton), let kind = ConstantKind(rawValue: flags[id.index]) else {
      return nil
    }
    return MatchSingleton(kind: kind)
  }

  /// Slots: list.
  package func matchSequence(_ id: NodeID) -> MatchPatterns? {
    isKind(id, .matchSequence) ? MatchPatterns(patterns: slotList(id)) : nil
  }

  /// Slots: rest?, e = [count, keys…, patterns…].
  package func matchMapping(_ id: NodeID) -> MatchMapping? {
    guard isKind(id, .matchMapping) else { return nil }
    let e = slotB(id)
    let count = extra[Int(e)]
    return MatchMapping(
      keys: NodeList(start: e + 1, count: count),
      patterns: NodeList(start: e + 1 + count, count: count), rest: name(slotA(id)))
  }

  /// Slots: class, e = [patterns, keyword count, names…, keyword patterns…].
  package func matchClass(_ id: NodeID) -> MatchClass? {
    guard isKind(id, .matchClass) else { return nil }
    let e = slotB(id)
    let count = extra[Int(e) + 2]
    return MatchClass(
      cls: NodeID(slotA(id)), patterns: list(at: Int(e)),
      keywordNames: NameList(start: e + 3, count: count),
      keywordPatterns: NodeList(start: e + 3 + count, count: count))
  }

  /// Slots: name?.
  package func matchStar(_ id: NodeID) -> MatchStar? {
    isKind(id, .matchStar) ? MatchStar(name: name(slotA(id))) : nil
  }

  /// Slots: pattern?, name?.
  package func matchAs(_ id: NodeID) -> MatchAs? {
    guard isKind(id, .matchAs) else { return nil }
    return MatchAs(pattern: node(slotA(id)), name: name(slotB(id)))
  }

  /// Slots: list.
  package func matchOr(_ id: NodeID) -> MatchPatterns? {
    isKind(id, .matchOr) ? MatchPatterns(patterns: slotList(id)) : nil
  }

  /// A `typeVar`, `paramSpec` or `typeVarTuple`. Slots: name, e = [bound?, default?].
  package func typeParameter(_ id: NodeID) -> TypeParameter? {
    switch kinds[id.index] {
    case .typeVar, .paramSpec, .typeVarTuple:
      let e = Int(slotB(id))
      return TypeParameter(
        name: NameID(slotA(id)), bound: node(extra[e]), defaultValue: node(extra[e + 1]))
    default:
      return nil
    }
  }
}
