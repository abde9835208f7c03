// Statements without a block.

extension Parser {
  /// Parses the simple statements of one line and pushes them.
  mutating func parseSimpleStatements() {
    while true {
      let statement = parseSimpleStatement()
      builder.push(statement)
      if isPanicking { return }
      switch kind {
      case .newline:
        advance()
        return
      case .semicolon:
        advance()
        if accept(.newline) { return }
      case .endOfFile:
        return
      default:
        failStatementEnd(statement)
        return
      }
    }
  }

  private mutating func parseSimpleStatement() -> Node {
    let start = start
    switch kind {
    case .return:
      advance()
      let value = endsStatement(kind) ? Parser.none : parseStarExpressions()
      return builder.add(.returnStmt, start, previousEnd, value, 0)
    case .import: return parseImport()
    case .from: return parseImportFrom()
    case .raise: return parseRaise()
    case .pass: return parseKeywordStatement(.passStmt)
    case .break: return parseKeywordStatement(.breakStmt)
    case .continue: return parseKeywordStatement(.continueStmt)
    case .del: return parseDelete()
    case .assert: return parseAssert()
    case .global: return parseScopeDeclaration(.globalStmt)
    case .nonlocal: return parseScopeDeclaration(.nonlocalStmt)
    case .name where isTypeAlias: return parseTypeAlias()
    case .yield:
      let value = parseYield()
      return parseExpressionRest(start, value)
    default:
      let value = parseStarExpressions()
      return parseExpressionRest(start, value)
    }
  }

  @inline(__always)
  func endsStatement(_ kind: TokenKind) -> Bool {
    kind == .newline || kind == .semicolon || kind == .endOfFile
  }

  private mutating func parseKeywordStatement(_ node: NodeKind) -> Node {
    let token = tokens[index]
    advance()
    return builder.add(node, token.start, token.end, 0, 0)
  }

  // MARK: Expressions and assignments

  /// Parses what follows an expression that starts a statement.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func parseExpressionRest(_ start: UInt32, _ value: Node) -> Node {
    switch kind {
    case .equal: return parseAssignment(start, value)
    case .colon: return parseAnnotation(start, value)
    case .plusEqual, .minusEqual, .starEqual, .atEqual, .slashEqual, .percentEqual,
      .doubleStarEqual, .leftShiftEqual, .rightShiftEqual, .barEqual, .caretEqual, .ampersandEqual,
      .doubleSlashEqual:
      return parseAugmented(start, value)
    case .colonEqual where !isPanicking:
      fail("invalid syntax")
    default: break
    }
    return builder.add(.exprStmt, start, previousEnd, value, 0)
  }

  private mutating func parseAssignment(_ start: UInt32, _ first: Node) -> Node {
    let mark = builder.scratch.count
    var value = first
    while kind == .equal, !isPanicking {
      let target = value
      let equal = index
      advance()
      builder.push(target)
      value = parseAssignedValue()
      if let invalid = invalidTarget(target, .assignment), !isPanicking {
        failAssignment(
          target, invalid, isLast: kind != .equal && kind != .colonEqual,
          isFirst: builder.scratch.count == mark + 1, equal)
      }
      if !isPanicking { bind(target, as: .store, in: .assignment) }
    }
    let e = builder.extraCount
    builder.addExtra(UInt32(builder.scratch.count - mark))
    _ = builder.list(from: mark)
    return builder.add(.assign, start, previousEnd, value, e)
  }

  /// Reports an assignment to something else than a target.
  private mutating func failAssignment(
    _ target: Node, _ invalid: Node, isLast: Bool, isFirst: Bool, _ equal: Int
  ) {
    var message = Message("cannot assign to ")
    message.append(describe(invalid))
    let isOperand: Bool
    switch builder.kinds[Int(target)] {
    case .list, .tuple, .generatorExp, .yieldExpr, .yieldFrom, .compare, .boolOp, .ifExp, .lambda,
      .starred:
      isOperand = false
    case .unaryOp: isOperand = builder.flags[Int(target)] != UnaryOperator.not.rawValue
    case .constant: isOperand = !isSingleton(target)
    default: isOperand = true
    }
    if isLast, isOperand, isFirst {
      message.append(" here. Maybe you meant '==' instead of '='?")
    }
    fail(at: span(invalid), message)
  }

  private mutating func parseAugmented(_ start: UInt32, _ target: Node) -> Node {
    let op = kind.rawValue &- TokenKind.plusEqual.rawValue
    switch builder.kinds[Int(target)] {
    case .name, .attribute, .subscript: builder.setFlag(target, ExprContext.store.rawValue)
    default:
      var message = Message("'")
      message.append(describe(target))
      message.append("' is an illegal expression for augmented assignment")
      fail(at: span(target), message)
    }
    advance()
    let value = isPanicking ? missingExpression() : parseAssignedValue()
    return builder.add(.augAssign, start, previousEnd, target, value, flag: op)
  }

  private mutating func parseAnnotation(_ start: UInt32, _ target: Node) -> Node {
    var isSimple = false
    switch builder.kinds[Int(target)] {
    case .name:
      isSimple = span(target).start == start
      builder.setFlag(target, ExprContext.store.rawValue)
    case .attribute, .subscript:
      builder.setFlag(target, ExprContext.store.rawValue)
    case .list:
      fail(at: span(target), "only single target (not list) can be annotated")
    case .tuple:
      fail(at: span(target), "only single target (not tuple) can be annotated")
    case .errorExpr: break
    default:
      failAnnotation(target)
    }
    advance()
    let annotation = isPanicking ? missingExpression() : parseExpression()
    let value = accept(.equal) ? parseAssignedValue() : Parser.none
    let e = builder.extraCount
    builder.addExtra(annotation)
    builder.addExtra(value)
    return builder.add(.annAssign, start, previousEnd, target, e, flag: isSimple ? 1 : 0)
  }

  /// A colon after an expression: an annotation where none can be, or a statement that is misspelt.
  private mutating func failAnnotation(_ target: Node) {
    if startsExpression(nextKind) {
      fail(at: span(target), "illegal target for annotation")
    } else {
      fail("invalid syntax")
    }
  }

  /// Reports what stands where a statement should end.
  private mutating func failStatementEnd(_ statement: Node) {
    if builder.kinds[Int(statement)] == .exprStmt {
      let value = builder.records[Int(statement)].a
      if builder.kinds[Int(value)] == .name, startsExpression(kind), kind != .error {
        let name = builder.records[Int(value)].a
        if name == ReservedWords.print.rawValue || name == ReservedWords.exec.rawValue {
          let isPrint = name == ReservedWords.print.rawValue
          let start = span(value).start
          let mark = builder.mark
          let found = index
          isSpeculating = true
          _ = parseStarExpressions()
          isSpeculating = false
          isPanicking = false
          let end = previousEnd
          builder.rewind(to: mark)
          index = found
          fail(
            at: ByteSpan(start: start, end: max(end, start)),
            isPrint
              ? "Missing parentheses in call to 'print'. Did you mean print(...)?"
              : "Missing parentheses in call to 'exec'. Did you mean exec(...)?")
          return
        }
      }
    }
    fail("invalid syntax")
  }

  // MARK: Keywords

  private mutating func parseRaise() -> Node {
    let start = start
    advance()
    var exception = Parser.none
    var cause = Parser.none
    if !endsStatement(kind) {
      exception = parseExpression()
      if accept(.from) { cause = parseExpression() }
    }
    return builder.add(.raiseStmt, start, previousEnd, exception, cause)
  }

  private mutating func parseAssert() -> Node {
    let start = start
    advance()
    let test = parseExpression()
    let message = accept(.comma) ? parseExpression() : Parser.none
    return builder.add(.assertStmt, start, previousEnd, test, message)
  }

  private mutating func parseDelete() -> Node {
    let start = start
    advance()
    let mark = builder.scratch.count
    while !isPanicking, !endsStatement(kind) {
      let target =
        kind == .star ? parseStarred(Precedence.bitOr) : parseExpression()
      if !isPanicking { bind(target, as: .delete, in: .deletion) }
      builder.push(target)
      guard accept(.comma) else { break }
    }
    if builder.scratch.count == mark { fail("invalid syntax") }
    let list = builder.list(from: mark)
    return builder.add(.deleteStmt, start, previousEnd, list.start, list.count)
  }

  private mutating func parseScopeDeclaration(_ node: NodeKind) -> Node {
    let start = start
    advance()
    let mark = builder.scratch.count
    repeat {
      guard kind == .name else {
        fail("invalid syntax")
        break
      }
      builder.push(tokens[index].payload)
      advance()
    } while accept(.comma)
    let list = builder.list(from: mark)
    return builder.add(node, start, previousEnd, list.start, list.count)
  }
}
