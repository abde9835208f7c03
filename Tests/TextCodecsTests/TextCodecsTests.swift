import PythonSyntax
import Testing

@testable import TextCodecs

@Suite("Text codecs")
struct TextCodecsTests {
  func decode(_ bytes: [UInt8]) -> Result<SourceText, SourceError> {
    SourceText.decode(bytes, codecs: TextCodecs.all)
  }

  func text(_ bytes: [UInt8]) -> String? {
    guard case .success(let source) = decode(bytes) else { return nil }
    return String(decoding: source.bytes, as: UTF8.self)
  }

  func message(_ bytes: [UInt8]) -> String? {
    guard case .failure(let error) = decode(bytes) else { return nil }
    return String(decoding: error.message, as: UTF8.self)
  }

  static let samples: [(String, [UInt8], String)] = [
    ("shift_jis", [0x95, 0x5C, 0xB1], "表ｱ"),
    ("euc_jp", [0xB4, 0xC1, 0x8F, 0xB0, 0xA1], "漢丂"),
    ("gb18030", [0xD6, 0xD0, 0x94, 0x39, 0xFC, 0x36], "中😀"),
    ("big5-hkscs", [0x88, 0x62, 0x9A, 0x47], "\u{CA}\u{304}鎭"),
    ("euc_kr", [0xC7, 0xD1, 0xA4, 0xD4, 0xA4, 0xBE, 0xA4, 0xBF, 0xA4, 0xA4], "한한"),
    ("iso2022_jp", [0x1B, 0x24, 0x42, 0x34, 0x41, 0x1B, 0x28, 0x42], "漢"),
    ("hz", [0x7E, 0x7B, 0x56, 0x50, 0x7E, 0x7D], "中"),
    ("utf_7", [0x2B, 0x41, 0x4F, 0x6E, 0x59, 0x50, 0x64, 0x34, 0x41, 0x2D], "é😀"),
    ("unicode_escape", Array(#"\xe9\N{BULLET}\U0001f600\101"#.utf8), "é•😀A"),
    ("raw_unicode_escape", Array(#"\u00e9\\u00e9"#.utf8), #"é\\u00e9"#),
    ("cp437", [0x82, 0xAB], "é½"),
    ("IBM437", [0x82], "é"),
    ("iso-8859-5", [0xB6], "Ж"),
    ("ISO_8859-15", [0xA4], "€"),
    ("windows-1252", [0x80], "€"),
    ("mac-roman", [0x8E], "é"),
    ("koi8-u", [0xAD], "ґ"),
    ("johab", [0xD0, 0x65], "한"),
    ("iso8859-1", [0xE9], "é"),
    ("cp65001", [0xC3, 0xA9], "é"),
  ]

  @Test("a cookie may name any codec for text", arguments: samples)
  func decodes(codec: String, bytes: [UInt8], expected: String) {
    let cookie = "# coding: \(codec)\n"
    #expect(text(Array(cookie.utf8) + bytes) == cookie + expected)
  }

  @Test("bytes that stand for nothing are errors at their place")
  func undecodable() {
    let cookie = Array("# coding: cp1252\n".utf8)
    #expect(message(cookie + [0x81]) == "'cp1252' codec can't decode byte 0x81 in position 17")
    guard case .failure(let error) = decode(cookie + [0x41, 0x81]) else {
      Issue.record("it was decoded")
      return
    }
    #expect(error.span == ByteSpan(start: 18, end: 19))
  }

  @Test(
    "a codec that reads no ASCII or is not for text is no encoding of source code",
    arguments: ["utf-16", "utf_32_le", "cp037", "rot13", "base64", "punycode", "undefined"])
  func unusable(codec: String) {
    #expect(
      message(Array("# coding: \(codec)\n".utf8))
        == "encoding problem: \(codec) cannot be the encoding of source code")
  }

  @Test("a name that no codec has is an unknown encoding", arguments: ["mbcs", "utf.8", "cp9999"])
  func unknown(codec: String) {
    #expect(message(Array("# coding: \(codec)\n".utf8)) == "unknown encoding: \(codec)")
  }

  @Test("a text cut anywhere is decoded or an error", arguments: samples)
  func cuts(codec: String, bytes: [UInt8], expected: String) {
    let file = Array("# coding: \(codec)\n".utf8) + bytes
    for count in 0..<file.count {
      switch decode(Array(file[..<count])) {
      case .success(let source):
        #expect(String(validating: source.bytes, as: UTF8.self) != nil)
      case .failure(let error):
        #expect(!error.message.isEmpty)
      }
    }
  }
}
