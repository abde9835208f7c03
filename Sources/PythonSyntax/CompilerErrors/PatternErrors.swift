// Patterns that the compiler rejects.

extension CompilerPass {
  /// Cases after one that always matches.
  mutating func checkMatch(_ id: NodeID) {
    guard let view = tree.matchStmt(id) else { return }
    for node in tree.nodes(view.cases).dropLast() {
      guard let part = tree.matchCase(node), part.guardExpr == nil else { continue }
      checkIrrefutable(part.pattern)
    }
    for node in tree.nodes(view.cases) {
      guard let part = tree.matchCase(node) else { continue }
      var names: Set<UInt32> = []
      checkBindings(part.pattern, &names)
    }
  }

  mutating func checkPattern(_ id: NodeID) {
    switch tree.kind(id) {
    case .matchValue:
      guard let value = tree.matchValue(id)?.value, tree.kind(value) == .joinedStr else { return }
      report(id, "patterns may only match literals and attribute lookups")
    case .matchOr:
      guard let patterns = tree.matchOr(id)?.patterns else { return }
      for pattern in tree.nodes(patterns).dropLast() { checkIrrefutable(pattern) }
    case .matchSequence:
      guard let patterns = tree.matchSequence(id)?.patterns else { return }
      var stars = 0
      for pattern in tree.nodes(patterns) where tree.kind(pattern) == .matchStar {
        stars += 1
        if stars == 2 { report(id, "multiple starred names in sequence pattern") }
      }
    case .matchMapping: checkMappingKeys(id)
    case .matchClass:
      guard let view = tree.matchClass(id) else { return }
      var seen: Set<UInt32> = []
      for name in tree.names(view.keywordNames)
      where !seen.insert(name.rawValue).inserted {
        report(id, "attribute name repeated in class pattern: ", name, "")
      }
    default: break
    }
  }

  /// Reports a pattern that matches everything, where others follow.
  private mutating func checkIrrefutable(_ pattern: NodeID) {
    var pattern = pattern
    var depth = 0
    while depth < 300, let view = tree.matchAs(pattern) {
      guard let inner = view.pattern else {
        if let name = view.name {
          report(pattern, "name capture '", name, "' makes remaining patterns unreachable")
        } else {
          report(pattern, "wildcard makes remaining patterns unreachable")
        }
        return
      }
      pattern = inner
      depth += 1
    }
    if let patterns = tree.matchOr(pattern)?.patterns, let last = tree.nodes(patterns).last {
      checkIrrefutable(last)
    }
  }

  private mutating func checkMappingKeys(_ id: NodeID) {
    guard let view = tree.matchMapping(id) else { return }
    var seen: [[UInt8]] = []
    guard view.keys.count < 256 else { return }
    for key in tree.nodes(view.keys) {
      guard let text = keyText(key) else { continue }
      if seen.contains(where: { $0.elementsEqual(text) }) {
        var message = Message("mapping pattern checks duplicate key (")
        message.append(tree.text(of: key))
        message.append(")")
        report(tree.span(id), message)
        return
      }
      seen.append(text)
    }
  }

  /// What tells constant keys apart: their kind and value.
  private func keyText(_ key: NodeID) -> [UInt8]? {
    guard let kind = tree.constantKind(key) else { return nil }
    switch kind {
    case .string, .bytes: return [kind.rawValue] + (tree.stringValue(key) ?? [])
    case .int: return [kind.rawValue] + (tree.hexadecimalValue(key) ?? [])
    case .none, .true, .false, .ellipsis: return [kind.rawValue]
    case .float, .complex:
      let bits = tree.floatBits(key) ?? 0
      return [kind.rawValue] + (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0 * 8)) }
    }
  }

  // MARK: Bindings

  /// Collects the names that a pattern binds; one bound twice is an error.
  private mutating func checkBindings(_ pattern: NodeID, _ names: inout Set<UInt32>) {
    switch tree.kind(pattern) {
    case .matchAs:
      guard let view = tree.matchAs(pattern) else { return }
      if let inner = view.pattern { checkBindings(inner, &names) }
      if let name = view.name { bind(name, pattern, &names) }
    case .matchStar:
      if let name = tree.matchStar(pattern)?.name { bind(name, pattern, &names) }
    case .matchMapping:
      guard let view = tree.matchMapping(pattern) else { return }
      for inner in tree.nodes(view.patterns) { checkBindings(inner, &names) }
      if let name = view.rest { bind(name, pattern, &names) }
    case .matchClass:
      guard let view = tree.matchClass(pattern) else { return }
      for inner in tree.nodes(view.patterns) { checkBindings(inner, &names) }
      for inner in tree.nodes(view.keywordPatterns) { checkBindings(inner, &names) }
    case .matchSequence:
      guard let view = tree.matchSequence(pattern) else { return }
      for inner in tree.nodes(view.patterns) { checkBindings(inner, &names) }
    case .matchOr:
      checkAlternatives(pattern, &names)
    default: break
    }
  }

  private mutating func checkAlternatives(_ pattern: NodeID, _ names: inout Set<UInt32>) {
    guard let view = tree.matchOr(pattern) else { return }
    var first: Set<UInt32>?
    for inner in tree.nodes(view.patterns) {
      var own: Set<UInt32> = []
      checkBindings(inner, &own)
      if let first, first != own {
        report(pattern, "alternative patterns bind different names")
        break
      }
      first = own
    }
    for name in first ?? [] { bind(NameID(name), pattern, &names) }
  }

  private mutating func bind(_ name: NameID, _ pattern: NodeID, _ names: inout Set<UInt32>) {
    if !names.insert(name.rawValue).inserted {
      report(pattern, "multiple assignments to name '", name, "' in pattern")
    }
  }
}
