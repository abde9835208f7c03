import Testing

@testable import PythonSyntax

@Suite("Decoding")
struct DecodingTests {
  func message(_ bytes: [UInt8]) -> String? {
    guard case .failure(let error) = SourceText.decode(bytes) else { return nil }
    return String(decoding: error.message, as: UTF8.self)
  }

  func text(_ bytes: [UInt8]) -> String? {
    guard case .success(let source) = SourceText.decode(bytes) else { return nil }
    return String(decoding: source.bytes, as: UTF8.self)
  }

  @Test("a NUL byte and UTF-16 are errors")
  func null() {
    #expect(message([0x61, 0, 0x62]) == "source code string cannot contain null bytes")
    #expect(message([0xFF, 0xFE, 0x61, 0]) == "source code string cannot contain null bytes")
  }

  @Test(
    "invalid UTF-8 is an error",
    arguments: [
      [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ])
  func invalid(bytes: [UInt8]) {
    #expect(message(bytes)?.hasPrefix("Non-UTF-8 code starting with") == true)
  }

  @Test("cookies name the encoding")
  func cookies() {
    let latin = Array("# -*- coding: latin-1 -*-\nx = '".utf8) + [0xE9] + Array("'\n".utf8)
    #expect(text(latin)?.contains("é") == true)
    let windows =
      Array("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'".utf8) + [0x80, 0x27]
    #expect(text(windows)?.contains("€") == true)
    #expect(message(Array("# coding: nothing\n".utf8)) == "unknown encoding: nothing")
    #expect(text(Array("x = 1\n# coding: nothing\n".utf8)) != nil)
  }

  @Test("a byte-order mark counts as no column")
  func mark() {
    let tree = parse([0xEF, 0xBB, 0xBF] + Array("a b".utf8))
    let lines = LineIndex(tree.source)
    #expect(tree.errors.first.map { lines.column(of: $0.span.start) } == 3)
    #expect(message([0xEF, 0xBB, 0xBF] + Array("# coding: latin-1".utf8)) != nil)
  }

  @Test("columns are characters in long lines, too")
  func longLines() {
    let line = String(repeating: "aé😀", count: 1500)
    let text = Array("x\n\(line)\ny".utf8)
    let lines = LineIndex(text)
    var column = 1
    for (offset, byte) in text.enumerated().dropFirst(2).prefix(line.utf8.count) {
      if byte & 0xC0 == 0x80 { continue }
      if column % 97 == 0 { #expect(lines.column(of: UInt32(offset)) == column) }
      column += 1
    }
    #expect(column == 4501)
    #expect(lines.column(of: UInt32(text.count - 2)) == 4501)
    #expect(lines.column(of: UInt32(text.count)) == 2)
  }

  @Test("lines end with any line break and columns are characters")
  func lines() {
    let lines = LineIndex(Array("a\r\nbé\rc\nd".utf8))
    #expect(lines.count == 4)
    #expect(lines.line(of: 3) == 2)
    #expect(lines.column(of: 6) == 3)
    #expect(lines.offset(line: 2, column: 3) == 6)
    #expect(lines.offset(line: 5, column: 1) == nil)
    #expect(lines.span(ofLine: 1) == ByteSpan(start: 0, end: 1))
  }
}
