import AsyncChecks
import RuleBase

/// The Swift source that holds the rules as string literals.
///
/// Raw multi-line literals of type `StaticString` compile in a tenth of a second for a few hundred
/// kilobytes; an array literal of the same bytes takes a minute.
struct EmbeddedSource {
  let base: RuleBase
  let formatGuide: String

  var text: String {
    let texts =
      base.rules.map { ($0.path, $0.source) }
      + base.rules.flatMap(\.translations).map { ($0.path, $0.source) }
    let files = texts.sorted { $0.0 < $1.0 }.map { path, source in
      "    (path: \(literal(path)), text: \(literal(source))),\n"
    }
    let table = String(decoding: base.table.encode(), as: UTF8.self)
    return """
      // Written by RuleEmbedder from the rule files.

      enum EmbeddedRuleTexts {
        static let table: StaticString = \(literal(table))

        static let formatGuide: StaticString = \(literal(formatGuide))

        static let files: [(path: StaticString, text: StaticString)] = [
      \(files.joined())  ]
      }

      """
  }

  /// A raw multi-line literal with as many number signs as nothing within the text can end or
  /// escape it.
  private func literal(_ text: String) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "#") ? run + 1 : 0
      longest = max(longest, run)
    }
    let signs = String(repeating: "#", count: longest + 1)
    return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
  }
}
