// Operators: one loop with explicit stacks instead of a function per precedence.

/// How tightly operators bind; higher binds tighter.
enum Precedence {
  static let or: UInt8 = 1
  static let and: UInt8 = 2
  static let not: UInt8 = 3
  static let comparison: UInt8 = 4
  static let bitOr: UInt8 = 5
  static let unary: UInt8 = 11
  static let power: UInt8 = 12

  /// The precedence of a token as a binary operator; 0 when it is none.
  ///
  /// `not` counts as a comparison for `not in`.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  static func ofBinary(_ kind: TokenKind) -> UInt8 {
    switch kind {
    case .or: or
    case .and: and
    case .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .in, .is, .not:
      comparison
    case .bar: bitOr
    case .caret: 6
    case .ampersand: 7
    case .leftShift, .rightShift: 8
    case .plus, .minus: 9
    case .star, .at, .slash, .percent, .doubleSlash: 10
    case .doubleStar: power
    default: 0
    }
  }
}

extension Parser {
  /// Parses operators that bind at least as tightly as a precedence.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func parseOperators(_ minimum: UInt8) -> Node {
    // Most expressions are a primary without any operator.
    switch kind {
    case .minus, .plus, .tilde, .not:
      return parseOperatorRun(minimum, first: Parser.none, start: start)
    default:
      let start = start
      let primary = parsePrimary()
      if Precedence.ofBinary(kind) < max(minimum, 1) { return primary }
      return parseOperatorRun(minimum, first: primary, start: start)
    }
  }

  /// Parses a run of operators; the first operand may be parsed already.
  @inline(never)
  mutating func parseOperatorRun(_ minimum: UInt8, first: Node, start first_start: UInt32) -> Node {
    let base = operators.count
    let operandBase = operands.count
    if first != Parser.none {
      operands.append(Operand(node: first, start: first_start))
    } else {
      parseOperand(base, minimum)
    }
    while true {
      let kind = kind
      let precedence = Precedence.ofBinary(kind)
      if precedence < minimum || precedence == 0 { break }
      // `not` continues only as `not in`.
      if kind == .not, nextKind != .in { break }
      while operators.count > base {
        let top = operators[operators.count &- 1]
        if top.precedence < precedence || (top.precedence == precedence && !isLeft(precedence)) {
          break
        }
        reduce()
      }
      advance()
      if precedence <= Precedence.comparison {
        if precedence == Precedence.comparison { pushComparison(kind) }
        let last = operators.count &- 1
        if last >= base, operators[last].precedence == precedence {
          operators[last].count &+= 1
          parseOperand(base, minimum)
          continue
        }
      }
      operators.append(
        PendingOperator(kind: kind, precedence: precedence, start: 0, count: 1))
      parseOperand(base, minimum)
    }
    while operators.count > base { reduce() }
    let result = operands[operandBase].node
    operands.truncate(to: operandBase)
    return result
  }

  /// Whether equal precedence reduces at once: not for `**`, and runs of `and`, `or` and comparisons
  /// are collected.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private func isLeft(_ precedence: UInt8) -> Bool {
    precedence > Precedence.comparison && precedence != Precedence.power
  }

  /// Parses prefix operators onto the stack and one primary.
  private mutating func parseOperand(_ base: Int, _ minimum: UInt8) {
    while true {
      switch kind {
      case .minus, .plus, .tilde:
        operators.append(
          PendingOperator(kind: kind, precedence: Precedence.unary, start: start, count: 0))
        advance()
        continue
      case .not:
        let outer =
          operators.count > base ? operators[operators.count &- 1].precedence : minimum
        if outer > Precedence.not { fail("invalid syntax") }
        operators.append(
          PendingOperator(kind: .not, precedence: Precedence.not, start: start, count: 0))
        advance()
        continue
      default:
        break
      }
      break
    }
    let start = start
    operands.append(Operand(node: parsePrimary(), start: start))
  }

  /// Keeps the operator of a comparison in the scratch stack until the run is complete.
  private mutating func pushComparison(_ kind: TokenKind) {
    let comparison: ComparisonOperator
    switch kind {
    case .equalEqual: comparison = .eq
    case .notEqual: comparison = .notEq
    case .less: comparison = .lt
    case .lessEqual: comparison = .ltE
    case .greater: comparison = .gt
    case .greaterEqual: comparison = .gtE
    case .in: comparison = .in
    case .not:
      advance()
      comparison = .notIn
    default: comparison = accept(.not) ? .isNot : .is
    }
    builder.push(UInt32(comparison.rawValue))
  }

  /// Builds the node of the topmost operator from the topmost operands.
  private mutating func reduce() {
    let top = operators[operators.count &- 1]
    operators.truncate(to: operators.count &- 1)
    let end = previousEnd
    let last = operands.count &- 1
    let node: Node
    let start: UInt32
    switch top.precedence {
    case Precedence.not, Precedence.unary:
      start = top.start
      let op: UnaryOperator =
        switch top.kind {
        case .not: .not
        case .minus: .minus
        case .plus: .plus
        default: .invert
        }
      node = builder.add(.unaryOp, start, end, operands[last].node, Parser.none, flag: op.rawValue)
      operands.truncate(to: last)
    case Precedence.or, Precedence.and, Precedence.comparison:
      let first = last &- Int(top.count)
      start = operands[first].start
      if top.precedence == Precedence.comparison {
        node = reduceComparison(top, first, end)
      } else {
        let list = builder.extraCount
        for index in first...last { builder.addExtra(operands[index].node) }
        node = builder.add(
          .boolOp, start, end, list, top.count &+ 1, flag: top.kind == .and ? 1 : 0)
      }
      operands.truncate(to: first)
    default:
      start = operands[last &- 1].start
      let op = top.kind.rawValue &- TokenKind.plus.rawValue
      node = builder.add(
        .binOp, start, end, operands[last &- 1].node, operands[last].node, flag: op)
      operands.truncate(to: last &- 1)
    }
    operands.append(Operand(node: node, start: start))
  }

  private mutating func reduceComparison(
    _ top: PendingOperator, _ first: Int, _ end: UInt32
  ) -> Node {
    let e = builder.extraCount
    builder.addExtra(top.count)
    for index in 1...Int(top.count) { builder.addExtra(operands[first + index].node) }
    _ = builder.list(from: builder.scratch.count - Int(top.count))
    return builder.add(.compare, operands[first].start, end, operands[first].node, e)
  }
}
