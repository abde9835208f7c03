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
      if tree.kind(key) == .joinedStr {
        report(id, "mapping pattern keys may only match literals and attribute lookups")
        return
      }
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

  /// What tells constant keys apart: equal numbers of any type are the same key, as in a dict.
  private func keyText(_ key: NodeID) -> [UInt8]? {
    if let kind = tree.constantKind(key), kind == .string || kind == .bytes {
      return [kind.rawValue] + (tree.stringValue(key) ?? [])
    }
    if let number = KeyNumber(key, in: tree) {
      return [ConstantKind.complex.rawValue] + number.real + [0] + number.imaginary
    }
    return tree.constantKind(key).map { [$0.rawValue] }
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

/// The value of a number, `True` or `False` as a mapping key, with one spelling for equal values.
private struct KeyNumber {
  var real: [UInt8] = []
  var imaginary: [UInt8] = []

  init?(_ key: NodeID, in tree: SyntaxTree) {
    if let operation = tree.binOp(key) {
      guard let left = KeyNumber(operation.left, in: tree),
        let right = KeyNumber(operation.right, in: tree)
      else { return nil }
      real = left.real
      imaginary =
        operation.operator == .sub ? Self.negated(right.imaginary) : right.imaginary
      return
    }
    if let operation = tree.unaryOp(key) {
      guard operation.operator == .minus, let value = KeyNumber(operation.operand, in: tree) else {
        return nil
      }
      real = Self.negated(value.real)
      imaginary = Self.negated(value.imaginary)
      return
    }
    guard let kind = tree.constantKind(key) else { return nil }
    switch kind {
    case .int: real = Self.digits(tree.hexadecimalValue(key) ?? [])
    case .float: real = Self.digits(ofFloat: tree.floatBits(key) ?? 0)
    case .complex: imaginary = Self.digits(ofFloat: tree.floatBits(key) ?? 0)
    case .true: real = [UInt8(ascii: "1")]
    case .false: break
    case .string, .bytes, .none, .ellipsis: return nil
    }
  }

  /// Nothing for zero, so that it has no sign.
  private static func negated(_ digits: [UInt8]) -> [UInt8] {
    guard let first = digits.first else { return [] }
    let minus = UInt8(ascii: "-")
    return first == minus ? Array(digits.dropFirst()) : [minus] + digits
  }

  /// Hexadecimal digits without zeros in front.
  private static func digits(_ hexadecimal: [UInt8]) -> [UInt8] {
    Array(hexadecimal.drop { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "x") })
  }

  /// The hexadecimal digits of a whole number; for others, a point and the bits.
  private static func digits(ofFloat bits: UInt64) -> [UInt8] {
    let exponent = Int(bits >> 52 & 0x7FF) - 1075
    let fraction = bits & 0xF_FFFF_FFFF_FFFF
    guard bits != 0 else { return [] }
    var mantissa = fraction | 1 << 52
    let isWhole =
      exponent < 972 && (exponent >= 0 || (exponent > -53 && mantissa & (1 << -exponent - 1) == 0))
    guard isWhole else {
      return [UInt8(ascii: ".")] + (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
    }
    // The lowest digits first.
    var digits: [UInt8] = []
    if exponent < 0 {
      mantissa >>= UInt64(-exponent)
    } else {
      mantissa <<= UInt64(exponent % 4)
      digits = [UInt8](repeating: UInt8(ascii: "0"), count: exponent / 4)
    }
    while mantissa > 0 {
      let digit = UInt8(truncatingIfNeeded: mantissa & 15)
      digits.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      mantissa >>= 4
    }
    return digits.reversed()
  }
}
