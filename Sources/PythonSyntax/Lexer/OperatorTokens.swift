// Operators, and characters that no token starts with.

extension Lexer {
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func one(_ kind: TokenKind, _ at: Int) -> Int {
    tokens.append(kind, at, at &+ 1)
    return at &+ 1
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func two(_ kind: TokenKind, _ at: Int) -> Int {
    tokens.append(kind, at, at &+ 2)
    return at &+ 2
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  private mutating func three(_ kind: TokenKind, _ at: Int) -> Int {
    tokens.append(kind, at, at &+ 3)
    return at &+ 3
  }

  /// Lexes an operator that is not a bracket, dot, comma, colon or equals sign.
  mutating func lexOperator(_ at: Int, _ byte: UInt8) -> Int {
    let next = bytes[at &+ 1]
    let isAssignment = next == 0x3D
    switch byte {
    case 0x2B: return isAssignment ? two(.plusEqual, at) : one(.plus, at)
    case 0x2D:
      if next == 0x3E { return two(.arrow, at) }
      return isAssignment ? two(.minusEqual, at) : one(.minus, at)
    case 0x2A:
      if next == 0x2A {
        return bytes[at &+ 2] == 0x3D ? three(.doubleStarEqual, at) : two(.doubleStar, at)
      }
      return isAssignment ? two(.starEqual, at) : one(.star, at)
    case 0x2F:
      if next == 0x2F {
        return bytes[at &+ 2] == 0x3D ? three(.doubleSlashEqual, at) : two(.doubleSlash, at)
      }
      return isAssignment ? two(.slashEqual, at) : one(.slash, at)
    case 0x25: return isAssignment ? two(.percentEqual, at) : one(.percent, at)
    case 0x40: return isAssignment ? two(.atEqual, at) : one(.at, at)
    case 0x26: return isAssignment ? two(.ampersandEqual, at) : one(.ampersand, at)
    case 0x7C: return isAssignment ? two(.barEqual, at) : one(.bar, at)
    case 0x5E: return isAssignment ? two(.caretEqual, at) : one(.caret, at)
    case 0x7E: return one(.tilde, at)
    case 0x3B: return one(.semicolon, at)
    case 0x3C:
      if next == 0x3C {
        return bytes[at &+ 2] == 0x3D ? three(.leftShiftEqual, at) : two(.leftShift, at)
      }
      // `<>` is CPython's joke operator of PEP 401, an error everywhere else.
      if next == 0x3E {
        report(at, at + 2, "invalid syntax")
        return at + 2
      }
      return isAssignment ? two(.lessEqual, at) : one(.less, at)
    case 0x3E:
      if next == 0x3E {
        return bytes[at &+ 2] == 0x3D ? three(.rightShiftEqual, at) : two(.rightShift, at)
      }
      return isAssignment ? two(.greaterEqual, at) : one(.greater, at)
    case 0x21:
      return isAssignment ? two(.notEqual, at) : one(.exclamation, at)
    case 0x20...0x7E:
      report(at, at + 1, "invalid syntax")
      return at + 1
    default:
      var message = Message("invalid non-printable character U+")
      message.append(hexadecimal: UInt32(byte))
      report(at, at + 1, message.bytes)
      return at + 1
    }
  }

  /// Lexes a colon; in a replacement field it starts the format specification.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func lexColon(_ at: Int) -> Int {
    if formattedStrings.count > 0 {
      let depth = brackets.count &- 1
      if depth >= 0, brackets[depth].isReplacementField, !brackets[depth].isInSpecification {
        tokens.append(.colon, at, at &+ 1)
        brackets[depth].isInSpecification = true
        return lexFormattedText(at &+ 1)
      }
    }
    return bytes[at &+ 1] == 0x3D ? two(.colonEqual, at) : one(.colon, at)
  }
}
