// Mapping and class patterns.

extension Parser {
  mutating func parseMappingPattern() -> Node {
    let start = start
    advance()
    var keys: [Node] = []
    var patterns: [Node] = []
    var rest = Parser.none
    while kind != .rightBrace, !isPanicking {
      if accept(.doubleStar) {
        if kind == .name, !isName(ReservedWords.underscore, at: index) {
          rest = tokens[index].payload
          advance()
        } else {
          fail("invalid syntax")
        }
        _ = accept(.comma)
        if kind != .rightBrace { fail("double star pattern '**rest' must be the last") }
        break
      }
      keys.append(parseMappingKey())
      expect(.colon)
      patterns.append(parseAsPattern())
      guard accept(.comma) else { break }
    }
    expectClosing(.rightBrace)
    let e = builder.extraCount
    builder.addExtra(UInt32(keys.count))
    for key in keys { builder.addExtra(key) }
    for pattern in patterns { builder.addExtra(pattern) }
    return builder.add(.matchMapping, start, previousEnd, rest, e)
  }

  /// A literal or a dotted name.
  private mutating func parseMappingKey() -> Node {
    switch kind {
    case .noneKeyword: return parseConstant(.none)
    case .trueKeyword: return parseConstant(.true)
    case .falseKeyword: return parseConstant(.false)
    case .string, .fstringStart: return parseStrings()
    case .int, .float, .imaginary, .minus: return parsePatternNumber()
    case .name where nextKind == .dot:
      let token = tokens[index]
      advance()
      var value = builder.add(.name, token.start, token.end, token.payload, 0)
      while accept(.dot), kind == .name {
        value = builder.add(
          .attribute, token.start, tokens[index].end, value, tokens[index].payload)
        advance()
      }
      return value
    default:
      return missingExpression()
    }
  }

  /// Parses the parenthesised part of a class pattern.
  mutating func parseClassPattern(_ start: UInt32, _ cls: Node) -> Node {
    advance()
    let mark = builder.scratch.count
    var keywordNames: [UInt32] = []
    var keywordPatterns: [Node] = []
    while kind != .rightParen, !isPanicking {
      if kind == .name, nextKind == .equal {
        keywordNames.append(tokens[index].payload)
        advance()
        advance()
        keywordPatterns.append(parseAsPattern())
      } else {
        let positional = index
        let pattern = parseAsPattern()
        builder.push(pattern)
        if !keywordNames.isEmpty {
          fail(
            at: ByteSpan(start: tokens[positional].start, end: previousEnd),
            "positional patterns follow keyword patterns")
        }
      }
      guard accept(.comma) else { break }
    }
    let patterns = builder.list(from: mark)
    expectClosing(.rightParen)
    let e = builder.extraCount
    builder.addExtra(patterns)
    builder.addExtra(UInt32(keywordNames.count))
    for name in keywordNames { builder.addExtra(name) }
    for pattern in keywordPatterns { builder.addExtra(pattern) }
    return builder.add(.matchClass, start, previousEnd, cls, e)
  }
}
