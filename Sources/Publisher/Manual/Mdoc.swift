/// Source text in the mdoc(7) language. The only place that escapes text for it.
///
/// A literal is source as written; what is interpolated becomes one macro argument, so that no
/// text from a rule can become a request:
///
/// ```swift
/// page.line(".Dt \(title) 7")
/// page.line(".Ql \(code) .")
/// ```
///
/// **Source:** mdoc(7) and roff(7) of mandoc 1.14, groff_char(7) of groff 1.22.
struct Mdoc: Hashable, Sendable {
  /// ASCII only; each line with its line feed.
  private(set) var bytes: [UInt8] = []

  /// Adds a line of macros.
  mutating func line(_ line: Line) {
    bytes += line.bytes
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Adds a line of running text, given as UTF-8.
  mutating func text(_ words: [UInt8]) {
    words.withUnsafeBufferPointer { appendGuarded($0, Escaping(isCode: false)) }
  }

  /// Adds a line of verbatim text, within a literal display.
  mutating func verbatim(_ text: String) {
    text.withBytes { text in
      // White space at the end of a line cannot be seen and formatters warn of it.
      var end = text.count
      while end > 0,
        text[end - 1] == UInt8(ascii: " ") || text[end - 1] == 0x09
          || text[end - 1] == 0x0D
      {
        end -= 1
      }
      appendGuarded(
        UnsafeBufferPointer(rebasing: text[..<end]), Escaping(isCode: true, isFilled: false))
    }
  }

  /// Adds text that starts a line, guarded against being read as a request.
  private mutating func appendGuarded(
    _ text: UnsafeBufferPointer<UInt8>, _ escaping: Escaping,
  ) {
    let start = bytes.count
    escaping.append(text, to: &bytes)
    if start < bytes.count,
      bytes[start] == UInt8(ascii: ".") || bytes[start] == UInt8(ascii: "'")
    {
      bytes.insert(contentsOf: "\\&".utf8, at: start)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A line of macros: literals are source, interpolated text is escaped.
  struct Line: ExpressibleByStringInterpolation {
    fileprivate(set) var bytes: [UInt8]

    init(stringLiteral value: String) { bytes = Array(value.utf8) }

    init(stringInterpolation: Interpolation) { bytes = stringInterpolation.bytes }

    /// Adds a macro, or anything else that is source.
    mutating func append(_ line: Line) { bytes += line.bytes }

    /// Adds source that another line was made of.
    mutating func append(source: some Sequence<UInt8>) { bytes.append(contentsOf: source) }

    /// Adds a space and one argument of prose.
    mutating func append(argument: some Sequence<UInt8>) {
      bytes.append(UInt8(ascii: " "))
      Escaping(isCode: false, isArgument: true).appendArgument(argument, to: &bytes)
    }

    /// Collects the pieces of a line.
    struct Interpolation: StringInterpolationProtocol {
      fileprivate var bytes: [UInt8] = []

      init(literalCapacity: Int, interpolationCount: Int) {
        bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
      }

      mutating func appendLiteral(_ literal: String) { bytes += literal.utf8 }

      /// One argument of prose.
      mutating func appendInterpolation(_ argument: String) {
        Escaping(isCode: false, isArgument: true).appendArgument(argument, to: &bytes)
      }

      /// One argument of code: quotes, hyphens and spaces stay what they are.
      mutating func appendInterpolation(code argument: String) {
        Escaping(isCode: true, isArgument: true).appendArgument(argument, to: &bytes)
      }

      /// The name of a page, which is looked up and so is never broken.
      mutating func appendInterpolation(name argument: String) {
        Escaping(isCode: false, isArgument: true, widestWord: .max)
          .appendArgument(argument, to: &bytes)
      }

      /// An address, which is broken only where it would not fit on a line of its own.
      mutating func appendInterpolation(url argument: String) {
        Escaping(isCode: true, isArgument: true, widestWord: Escaping.widestAddress)
          .appendArgument(argument, to: &bytes)
      }

      /// Source of the same language.
      mutating func appendInterpolation(_ line: Line) { bytes += line.bytes }

      mutating func appendInterpolation(_ number: Int) { bytes += String(number).utf8 }
    }
  }
}

/// How a text is escaped.
private struct Escaping {
  /// Quotes, hyphens and spaces stay what they are.
  let isCode: Bool
  var isArgument = false
  /// Whether the text is set in lines of the page's width.
  var isFilled = true
  /// A word wider than this may be broken: it would not fit in a narrow column.
  var widestWord = 40

  /// The same for an address, which readers want to copy.
  static let widestAddress = 70
  /// Code of this many characters or fewer is kept on one line.
  private static let longestUnbroken = 30

  /// Appends a word or several as a single argument of a macro.
  func appendArgument(_ text: String, to bytes: inout [UInt8]) {
    text.withBytes { appendArgument($0, to: &bytes) }
  }

  /// The same for a text given as UTF-8.
  func appendArgument(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    let isDone: Void? = text.withContiguousStorageIfAvailable { appendArgument($0, to: &bytes) }
    if isDone == nil { Array(text).withUnsafeBufferPointer { appendArgument($0, to: &bytes) } }
  }

  private func appendArgument(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    let start = bytes.count
    if Self.isMacroOrDelimiter(text) { bytes += "\\&".utf8 }
    append(text, to: &bytes)
    guard start == bytes.count || bytes[start...].contains(UInt8(ascii: " ")) else { return }
    bytes.insert(UInt8(ascii: "\""), at: start)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a macro line would take the argument for something else than text.
  private static func isMacroOrDelimiter(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.allSatisfy(isDelimiter) { return true }
    // Every macro name has two or three letters and starts with a capital or a percent sign.
    guard bytes.count <= 12, let first = bytes.first,
      first == UInt8(ascii: "%") || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
    else { return false }
    return (2...3).contains(bytes.count { $0 & 0xC0 != 0x80 })
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "|"):
      true
    default: false
    }
  }

  /// Appends escaped text.
  func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    if isPlain(source) {
      append(plain: source, to: &bytes)
    } else {
      bytes += escaped(String(decoding: source, as: UTF8.self)).utf8
    }
  }

  /// Whether it is visible ASCII without a word so wide that it may be broken; what is not ASCII
  /// may break anywhere.
  private func isPlain(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
    var width = 0
    for byte in source {
      width = byte == UInt8(ascii: " ") ? 0 : width + 1
      if byte &- 0x20 > 0x5E || isFilled && width > widestWord { return false }
    }
    return true
  }

  /// Appends visible ASCII, where every character is by itself.
  private func append(plain source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    let keepsSpaces = isCode && isArgument && source.count <= Self.longestUnbroken
    for byte in source {
      switch byte {
      case UInt8(ascii: "\\"): bytes += "\\e".utf8
      case UInt8(ascii: "\"") where isArgument: bytes += "\\(dq".utf8
      case UInt8(ascii: "-") where isCode: bytes += "\\-".utf8
      case UInt8(ascii: "'") where isCode: bytes += "\\(aq".utf8
      case UInt8(ascii: "`") where isCode: bytes += "\\(ga".utf8
      case UInt8(ascii: "^") where isCode: bytes += "\\(ha".utf8
      case UInt8(ascii: "~") where isCode: bytes += "\\(ti".utf8
      case UInt8(ascii: " ") where keepsSpaces: bytes += "\\ ".utf8
      default: bytes.append(byte)
      }
    }
  }

  /// Any text, scalar by scalar.
  private func escaped(_ text: String) -> String {
    let text = text.visible
    let keepsSpaces = isCode && isArgument && text.count <= Self.longestUnbroken
    let mayBreak = isFilled && text.split(separator: " ").contains { $0.count > widestWord }
    var result = ""
    var unbroken = 0
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if isFilled, let last, max(last.value, scalar.value) >= 0x1100,
        LineBreaking.mayBreak(between: Character(last), and: Character(scalar))
      {
        result += "\\:"
        unbroken = 0
      }
      last = scalar
      if mayBreak {
        let isJoint = unbroken > 8 && "/._,=(&?#-".unicodeScalars.contains(scalar)
        if isJoint || unbroken > widestWord { result += "\\:" }
        unbroken = scalar == " " || isJoint || unbroken > widestWord ? 0 : unbroken + 1
      }
      switch scalar {
      case "\\": result += "\\e"
      case "\n": result += " "
      case "\t": result += isFilled ? " " : "\t"
      case "\"" where isArgument: result += "\\(dq"
      case "-" where isCode: result += "\\-"
      case "'" where isCode: result += "\\(aq"
      case "`" where isCode: result += "\\(ga"
      case "^" where isCode: result += "\\(ha"
      case "~" where isCode: result += "\\(ti"
      case " " where keepsSpaces: result += "\\ "
      case " "..."~": result.unicodeScalars.append(scalar)
      case "…": result += "..."
      default: result += Self.unicodeEscape(scalar)
      }
    }
    return result
  }

  /// The character by its number, so that the page is ASCII and needs no encoding.
  private static func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
  }
}
