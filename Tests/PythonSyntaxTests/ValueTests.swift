import Testing

@testable import PythonSyntax

@Suite("Constants")
struct ValueTests {
  @Test(
    "strings are decoded",
    arguments: [
      (#"'a\n\x41\u0042\101\q'"#, "a\nAB" + "A" + #"\q"#), (#"r'\n'"#, #"\n"#),
      ("'a' \"b\" '''c'''", "abc"), ("'a\\\nb'", "ab"), ("'''a\r\nb\rc'''", "a\nb\nc"),
    ])
  func strings(source: String, value: String) {
    #expect(parse(source).strings == [value])
  }

  @Test("integers of any radix have a value")
  func integers() {
    func value(_ text: String) -> Int? {
      let tree = parse(text)
      return tree.first(.constant).flatMap { tree.integerValue($0) }
    }
    #expect(value("0x_ff") == 255)
    #expect(value("1_000") == 1000)
    #expect(value("0b101") == 5)
    #expect(value("0o17") == 15)
    #expect(value("99999999999999999999") == nil)
  }

  @Test(
    "floats are rounded exactly",
    arguments: [
      "0.1", "1e308", "1.7976931348623157e308", "1.8e308", "5e-324", "2.4e-324", "2.5e-324",
      "2.2250738585072011e-308", "9007199254740993.0", "123456789.123456789", "1e23", "0.0",
      "1e-400",
    ])
  func floats(text: String) {
    let tree = parse(text)
    let bits = tree.first(.constant).flatMap { tree.floatBits($0) }
    #expect(bits == Double(text)?.bitPattern)
  }

  @Test("identifiers are compared in NFKC")
  func names() {
    let tree = parse("ﬁ = 𝔘 = e\u{301} = ｘ = 각 = 1")
    let names = tree.nodes.compactMap { tree.name($0)?.name }
    let texts = names.map { String(decoding: tree.text(of: $0), as: UTF8.self) }
    #expect(texts == ["fi", "U", "\u{E9}", "x", "각"])
  }

  @Test("formatted strings keep their parts")
  func formatted() {
    let tree = parse("f'a{{b}}{x = !r:>{w}}' 'c'")
    #expect(tree.errors.isEmpty)
    #expect(Set(tree.strings) == ["a{b}x = ", ">", "c"])
  }

  @Test("3.14 adds template strings and exception lists without parentheses")
  func additions() {
    let template = parse("t'a{x!r:y}'")
    #expect(template.errors.isEmpty)
    #expect(template.first(.templateStr) != nil)
    #expect(
      template.first(.interpolation).flatMap { template.interpolationText($0) }
        == ByteSpan(start: 4, end: 5))
    #expect(parse("try:\n  a\nexcept A, B:\n  b\n").errors.isEmpty)
    #expect(!parse("try:\n  a\nexcept A, B as c:\n  b\n").errors.isEmpty)
  }

  @Test("notebook magics are blank")
  func notebooks() {
    let tree = parse("%matplotlib inline\n!ls\nawait x\nfoo?\n", isNotebook: true)
    #expect(tree.errors.isEmpty)
    #expect(tree.first(.awaitExpr) != nil)
    #expect(tree.module(tree.root)?.count == 1)
  }

  @Test(
    "character names are those that CPython knows",
    arguments: [
      ("EN DASH", true), ("en dash", true), ("DASH", false), (" EN DASH", false),
      ("LINE FEED", true), ("BOM", true), ("VARIATION SELECTOR-17", true), ("VS17", true),
      ("KEYCAP DIGIT ONE", false), ("CJK UNIFIED IDEOGRAPH-4E00", true),
      ("CJK UNIFIED IDEOGRAPH-4e00", false), ("CJK UNIFIED IDEOGRAPH-9FFFF", false),
      ("HANGUL SYLLABLE GAG", true), ("HANGUL SYLLABLE A", true), ("HANGUL SYLLABLE GAQ", false),
      ("HANGUL SYLLABLE ", false), ("é", false),
    ])
  func characterNames(name: String, isKnown: Bool) {
    #expect(parse("'\\N{\(name)}'").errors.isEmpty == isKnown)
    #expect(parse("f'{x}\\N{\(name)}'").errors.isEmpty == isKnown)
    #expect(parse("r'\\N{\(name)}'").errors.isEmpty)
  }

  @Test(
    "names in other forms are the same in NFKC",
    arguments: [
      ("\u{E9}", "e\u{301}"), ("\u{1D4EA}", "a"), ("\u{FB01}", "fi"),
      ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"), ("a\u{323}\u{307}", "a\u{307}\u{323}"),
      ("\u{1D6}", "u\u{308}\u{304}"), ("\u{FA10}", "\u{585A}"),
    ])
  func normalization(first: String, second: String) {
    let tree = parse("def f(\(first), \(second)): pass")
    #expect(tree.errors.isEmpty)
    #expect(tree.compilerMessages.first?.hasPrefix("duplicate argument") == true)
  }
}
