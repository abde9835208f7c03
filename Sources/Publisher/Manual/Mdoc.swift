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
  private(set) var source = ""

  /// Adds a line of macros.
  mutating func line(_ line: Line) {
    source += line.source + "\n"
  }

  /// Adds a line of running text.
  mutating func text(_ words: String) {
    source += Self.guarded(Self.escaped(words, isCode: false)) + "\n"
  }

  /// Adds a line of verbatim text, within a literal display.
  mutating func verbatim(_ text: String) {
    // White space at the end of a line cannot be seen and formatters warn of it.
    var text = text
    while text.last == " " || text.last == "\t" || text.last == "\r" { text.removeLast() }
    source += Self.guarded(Self.escaped(text, isCode: true, isFilled: false)) + "\n"
  }

  /// A line of macros: literals are source, interpolated text is escaped.
  struct Line: ExpressibleByStringInterpolation {
    fileprivate var source: String

    init(stringLiteral value: String) { source = value }

    init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

    /// Adds a macro, or anything else that is source.
    mutating func append(_ line: Line) { source += line.source }

    /// Collects the pieces of a line.
    struct Interpolation: StringInterpolationProtocol {
      fileprivate var source = ""

      init(literalCapacity: Int, interpolationCount: Int) {}

      mutating func appendLiteral(_ literal: String) { source += literal }

      /// One argument of prose.
      mutating func appendInterpolation(_ argument: String) {
        source += Mdoc.argument(argument, isCode: false)
      }

      /// One argument of code: quotes, hyphens and spaces stay what they are.
      mutating func appendInterpolation(code argument: String) {
        source += Mdoc.argument(argument, isCode: true)
      }

      /// The name of a page, which is looked up and so is never broken.
      mutating func appendInterpolation(name argument: String) {
        source += Mdoc.argument(argument, isCode: false, widestWord: .max)
      }

      /// An address, which is broken only where it would not fit on a line of its own.
      mutating func appendInterpolation(url argument: String) {
        source += Mdoc.argument(argument, isCode: true, widestWord: Mdoc.widestAddress)
      }

      /// Source of the same language.
      mutating func appendInterpolation(_ line: Line) { source += line.source }

      mutating func appendInterpolation(_ number: Int) { source += String(number) }
    }
  }

  /// Text that starts a line, guarded against being read as a request.
  private static func guarded(_ text: String) -> String {
    text.first == "." || text.first == "'" ? "\\&" + text : text
  }

  /// A word or several as a single argument of a macro.
  private static func argument(
    _ text: String, isCode: Bool, widestWord: Int = Mdoc.widestWord,
  ) -> String {
    var argument = escaped(text, isCode: isCode, isArgument: true, widestWord: widestWord)
    if isMacroOrDelimiter(text) { argument = "\\&" + argument }
    return argument.isEmpty || argument.contains(" ") ? "\"\(argument)\"" : argument
  }

  /// Whether a macro line would take the argument for something else than text.
  private static func isMacroOrDelimiter(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    if scalars.allSatisfy({ ".,:;()[]?!|".unicodeScalars.contains($0) }) { return true }
    // Every macro name has two or three letters and starts with a capital or a percent sign.
    guard (2...3).contains(scalars.count), let first = scalars.first else { return false }
    return first == "%" || ("A"..."Z").contains(first)
  }

  /// Code of this many characters or fewer is kept on one line.
  private static let longestUnbroken = 30
  /// A word wider than this may be broken: it would not fit in a narrow column.
  private static let widestWord = 40
  /// The same for an address, which readers want to copy.
  private static let widestAddress = 70

  /// `isFilled` says that the text is set in lines of the page's width.
  private static func escaped(
    _ text: String, isCode: Bool, isArgument: Bool = false, isFilled: Bool = true,
    widestWord: Int = Mdoc.widestWord,
  ) -> String {
    if !isFilled || isPlain(text, widestWord: widestWord),
      let plain = escapedASCII(text, isCode: isCode, isArgument: isArgument)
    {
      return plain
    }
    let text = text.visible
    let keepsSpaces = isCode && isArgument && text.count <= longestUnbroken
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
      default: result += unicodeEscape(scalar)
      }
    }
    return result
  }

  /// Whether no word is so wide that it may be broken; what is not ASCII may break anywhere.
  private static func isPlain(_ text: String, widestWord: Int) -> Bool {
    var width = 0
    for byte in text.utf8 {
      width = byte == UInt8(ascii: " ") ? 0 : width + 1
      if width > widestWord || byte >= 0x7F { return false }
    }
    return true
  }

  /// The escaped text of visible ASCII, where every character is by itself; `nil` for other text.
  private static func escapedASCII(_ text: String, isCode: Bool, isArgument: Bool) -> String? {
    let keepsSpaces = isCode && isArgument && text.utf8.count <= longestUnbroken
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 8)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): result += "\\e".utf8
      case UInt8(ascii: "\"") where isArgument: result += "\\(dq".utf8
      case UInt8(ascii: "-") where isCode: result += "\\-".utf8
      case UInt8(ascii: "'") where isCode: result += "\\(aq".utf8
      case UInt8(ascii: "`") where isCode: result += "\\(ga".utf8
      case UInt8(ascii: "^") where isCode: result += "\\(ha".utf8
      case UInt8(ascii: "~") where isCode: result += "\\(ti".utf8
      case UInt8(ascii: " ") where keepsSpaces: result += "\\ ".utf8
      case UInt8(ascii: " ")...UInt8(ascii: "~"): result.append(byte)
      default: return nil
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The character by its number, so that the page is ASCII and needs no encoding.
  private static func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
  }
}
