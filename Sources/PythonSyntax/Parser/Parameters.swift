// Parameters of functions and lambdas.

/// Parameters while they are read; lists are pushed to the tree at the end.
private struct ParameterLists {
  var positionalOnly: [UInt32] = []
  var positional: [UInt32] = []
  var variadic = Parser.none
  var keywordOnly: [UInt32] = []
  var keywordDefaults: [UInt32] = []
  var keywordVariadic = Parser.none
  var defaults: [UInt32] = []
  var hasSlash = false
  var hasStar = false
  /// The place of a `*` without a name that no parameter has followed yet.
  var bareStar: Int?
}

extension Parser {
  /// Parses the parameters of a function, between its parentheses.
  mutating func parseParameters() -> Node { parseParameterList(.rightParen) }

  /// Parses the parameters of a lambda, up to its colon.
  mutating func parseLambdaParameters() -> Node { parseParameterList(.colon) }

  private mutating func parseParameterList(_ closing: TokenKind) -> Node {
    let start = start
    if kind == closing || isPanicking {
      let at = isPanicking ? previousEnd : start
      return builder.add(.arguments, at, at, Parser.none, Parser.none)
    }
    if let simple = parseSimpleParameters(closing) { return simple }
    var lists = ParameterLists()
    loop: while kind != closing, !isPanicking {
      switch kind {
      case .slash:
        parseSlash(&lists)
      case .star:
        parseStarParameter(&lists, closing)
      case .doubleStar:
        advance()
        lists.keywordVariadic = parseParameter(closing, allowsStar: false)
        if kind == .equal, !isPanicking { fail("var-keyword argument cannot have default value") }
        if kind == .comma, nextKind != closing, !isPanicking {
          advance()
          if kind == .name || kind == .star || kind == .doubleStar || kind == .slash {
            fail("arguments cannot follow var-keyword argument")
          } else {
            fail("invalid syntax")
          }
        }
      case .leftParen where closing == .rightParen:
        fail(
          at: bracketSpan(index), "Function parameters cannot be parenthesized")
      case .leftParen:
        fail(
          at: bracketSpan(index), "Lambda expression parameters cannot be parenthesized")
      default:
        parsePlainParameter(&lists, closing)
      }
      guard !isPanicking, accept(.comma) else { break loop }
    }
    if let star = lists.bareStar, !isPanicking {
      failBareStar(star, closing)
    }
    return addArguments(lists, start)
  }

  private func bracketSpan(_ open: Int) -> ByteSpan {
    let close = Int(tokens[open].payload)
    return ByteSpan(start: tokens[open].start, end: tokens[max(close, open)].end)
  }

  private mutating func failBareStar(_ star: Int, _ closing: TokenKind) {
    fail(at: tokenSpan(star), "named arguments must follow bare *")
  }

  /// Parses the usual case without a detour: names, annotations and defaults only.
  private mutating func parseSimpleParameters(_ closing: TokenKind) -> Node? {
    let start = start
    var at = index
    // A look at the tokens of the list decides; any star or slash outside brackets needs the rest.
    while true {
      switch kinds[at] {
      case .name:
        at += 1
      case .comma:
        at += 1
      case closing:
        break
      default:
        return nil
      }
      if kinds[at] == closing { break }
    }
    let mark = builder.scratch.count
    while kind == .name {
      let token = tokens[index]
      builder.push(
        builder.add(.arg, token.start, token.end, token.payload, Parser.none))
      advance()
      guard accept(.comma) else { break }
    }
    if kind != closing { fail("invalid syntax") }
    let list = builder.list(from: mark)
    let e = builder.extraCount
    builder.addExtra(.empty)
    builder.addExtra(list)
    builder.addExtra(Parser.none)
    builder.addExtra(.empty)
    builder.addExtra(0)
    builder.addExtra(Parser.none)
    builder.addExtra(.empty)
    return builder.add(.arguments, start, previousEnd, Parser.none, e)
  }

  private mutating func parseSlash(_ lists: inout ParameterLists) {
    if lists.hasStar || lists.variadic != Parser.none {
      fail("/ must be ahead of *")
    } else if lists.hasSlash {
      fail("/ may appear only once")
    } else if lists.positional.isEmpty {
      fail("at least one argument must precede /")
    }
    // The parameters before a first slash would get lost.
    guard !isPanicking else { return }
    advance()
    lists.hasSlash = true
    lists.positionalOnly = lists.positional
    lists.positional = []
  }

  private mutating func parseStarParameter(
    _ lists: inout ParameterLists, _ closing: TokenKind
  ) {
    let star = index
    if lists.hasStar {
      fail("* argument may appear only once")
      return
    }
    lists.hasStar = true
    advance()
    if kind == .comma {
      lists.bareStar = star
      return
    }
    if kind == closing {
      failBareStar(star, closing)
      return
    }
    lists.variadic = parseParameter(closing, allowsStar: true)
    if kind == .equal, !isPanicking { fail("var-positional argument cannot have default value") }
  }

  private mutating func parsePlainParameter(
    _ lists: inout ParameterLists, _ closing: TokenKind
  ) {
    let parameterStart = index
    let parameter = parseParameter(closing, allowsStar: false)
    var value = Parser.none
    if kind == .equal, !isPanicking {
      let equal = index
      advance()
      if kind == closing || kind == .comma {
        fail(at: tokenSpan(equal), "expected default value expression")
      }
      value = parseExpression()
    }
    guard !lists.hasStar else {
      lists.bareStar = nil
      lists.keywordOnly.append(parameter)
      lists.keywordDefaults.append(value)
      return
    }
    lists.positional.append(parameter)
    if value != Parser.none {
      lists.defaults.append(value)
    } else if !lists.defaults.isEmpty {
      fail(
        at: tokenSpan(parameterStart),
        "parameter without a default follows parameter with a default")
    }
  }

  /// Parses a name and, for functions, its annotation.
  private mutating func parseParameter(_ closing: TokenKind, allowsStar: Bool) -> Node {
    let start = start
    guard kind == .name else {
      fail("invalid syntax")
      return builder.add(
        .arg, previousEnd, previousEnd, ReservedWords.underscore.rawValue, Parser.none)
    }
    let name = tokens[index].payload
    advance()
    var annotation = Parser.none
    if closing == .rightParen, accept(.colon) {
      annotation =
        allowsStar && kind == .star ? parseStarred(Precedence.bitOr) : parseExpression()
    }
    return builder.add(.arg, start, previousEnd, name, annotation)
  }

  private mutating func addArguments(_ lists: ParameterLists, _ start: UInt32) -> Node {
    let positionalOnly = add(lists.positionalOnly)
    let positional = add(lists.positional)
    let keywordOnly = add(lists.keywordOnly)
    let keywordDefaults = add(lists.keywordDefaults)
    let defaults = add(lists.defaults)
    let e = builder.extraCount
    builder.addExtra(positionalOnly)
    builder.addExtra(positional)
    builder.addExtra(lists.variadic)
    builder.addExtra(keywordOnly)
    builder.addExtra(keywordDefaults.start)
    builder.addExtra(lists.keywordVariadic)
    builder.addExtra(defaults)
    return builder.add(.arguments, start, max(previousEnd, start), Parser.none, e)
  }

  private mutating func add(_ nodes: [Node]) -> NodeList {
    let start = builder.extraCount
    for node in nodes { builder.addExtra(node) }
    return NodeList(start: start, count: UInt32(nodes.count))
  }
}
