// Assignment targets: expressions are parsed first and then checked and marked as bound.

/// What an expression is bound by, for the wording of errors.
enum TargetRole {
  case assignment, forLoop, withItem, deletion
}

extension Parser {
  /// Marks an expression and its elements as targets, or reports the first that cannot be one.
  mutating func bind(_ node: Node, as context: ExprContext, in binding: TargetRole) {
    let record = builder.records[Int(node)]
    switch builder.kinds[Int(node)] {
    case .name, .attribute, .subscript:
      builder.setFlag(node, context.rawValue)
    case .list, .tuple:
      builder.setFlag(node, context.rawValue)
      for slot in 0..<Int(record.b) {
        bind(builder.extra[Int(record.a) + slot], as: context, in: binding)
      }
    case .starred where binding != .deletion:
      builder.setFlag(node, context.rawValue)
      bind(record.a, as: context, in: binding)
    case .errorExpr:
      break
    default:
      failTarget(node, binding)
    }
  }

  /// The first node of a target that cannot be bound.
  func invalidTarget(_ node: Node, _ binding: TargetRole) -> Node? {
    let record = builder.records[Int(node)]
    switch builder.kinds[Int(node)] {
    case .name, .attribute, .subscript, .errorExpr: return nil
    case .list, .tuple:
      for slot in 0..<Int(record.b) {
        if let found = invalidTarget(builder.extra[Int(record.a) + slot], binding) { return found }
      }
      return nil
    case .starred where binding != .deletion:
      return invalidTarget(record.a, binding)
    default: return node
    }
  }

  @inline(never)
  private mutating func failTarget(_ node: Node, _ binding: TargetRole) {
    var message = Message(binding == .deletion ? "cannot delete " : "cannot assign to ")
    message.append(describe(node))
    fail(at: span(node), message)
  }

  /// Whether a constant is `None`, `True` or `False`.
  func isSingleton(_ node: Node) -> Bool {
    guard builder.kinds[Int(node)] == .constant else { return false }
    switch ConstantKind(rawValue: builder.flags[Int(node)] & 0x0F) {
    case .some(.none), .true, .false: return true
    default: return false
    }
  }

  /// CPython's words for an expression in messages.
  ///
  /// **Source:** `_PyPegen_get_expr_name` of CPython's `Parser/pegen.c`.
  func describe(_ node: Node) -> StaticString {
    switch builder.kinds[Int(node)] {
    case .attribute: return "attribute"
    case .subscript: return "subscript"
    case .starred: return "starred"
    case .name: return "name"
    case .list: return "list"
    case .tuple: return "tuple"
    case .lambda: return "lambda"
    case .call: return "function call"
    case .boolOp, .binOp, .unaryOp: return "expression"
    case .generatorExp: return "generator expression"
    case .yieldExpr, .yieldFrom: return "yield expression"
    case .awaitExpr: return "await expression"
    case .listComp: return "list comprehension"
    case .setComp: return "set comprehension"
    case .dictComp: return "dict comprehension"
    case .dict: return "dict literal"
    case .set: return "set display"
    case .joinedStr, .formattedValue: return "f-string expression"
    case .templateStr, .interpolation: return "t-string expression"
    case .compare: return "comparison"
    case .ifExp: return "conditional expression"
    case .namedExpr: return "named expression"
    case .constant:
      switch ConstantKind(rawValue: builder.flags[Int(node)] & 0x0F) {
      case .some(.none): return "None"
      case .true: return "True"
      case .false: return "False"
      case .ellipsis: return "ellipsis"
      default: return "literal"
      }
    default: return "expression"
    }
  }

  /// Reports what is wrong before a closing bracket: a missing comma, or something unexpected.
  @inline(never)
  mutating func failInBracket() {
    guard !isPanicking else { return }
    if let span = missingCommaSpan() {
      fail(at: span, "invalid syntax. Perhaps you forgot a comma?")
    } else {
      fail("invalid syntax")
    }
  }

  /// Two expressions side by side in brackets, where a comma is probably missing.
  mutating func missingCommaSpan() -> ByteSpan? {
    guard !isSpeculating, kind != .error, kind != .star, startsExpression(kind),
      unclosedBracket() == nil
    else { return nil }
    let first = lastExpressionStart
    if let open = enclosingBracket(), first < tokens[open].end { return nil }
    // A name before a string is a misspelt prefix.
    if kinds[index &- 1] == .name, kind == .string || kind == .fstringStart { return nil }
    let mark = builder.mark
    let found = index
    isSpeculating = true
    _ = parseExpression()
    let isExpression = !isPanicking
    let end = previousEnd
    isSpeculating = false
    isPanicking = false
    index = found
    builder.rewind(to: mark)
    return isExpression ? ByteSpan(start: first, end: end) : nil
  }

  /// The bracket around the current token.
  private func enclosingBracket() -> Int? {
    var at = index - 1
    while at >= 0, kinds[at] != .newline {
      switch kinds[at] {
      case .leftParen, .leftBracket, .leftBrace:
        if Int(tokens[at].payload) >= index { return at }
      default: break
      }
      at -= 1
    }
    return nil
  }

  /// The nearest open bracket before the current token that is never closed.
  func unclosedBracket() -> Int? {
    guard hasUnclosedBracket else { return nil }
    var at = index - 1
    while at >= 0 {
      switch kinds[at] {
      case .leftParen, .leftBracket, .leftBrace:
        if tokens[at].payload == 0 { return at }
      case .newline: return nil
      default: break
      }
      at -= 1
    }
    return nil
  }
}
