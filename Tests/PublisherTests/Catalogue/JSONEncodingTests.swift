import Foundation
import Testing

@testable import Publisher

@Suite struct JSONEncodingTests {
  private struct Part: Encodable {
    let zulu: Int
    let alpha: Bool
    let list: [String]
    let map: [String: [Int]]
    let absent: String?
  }

  /// What Foundation's encoder writes, without its white space.
  private func compact(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test func `every character is written as Foundation writes it`() throws {
    for value in Array(0..<0x300) + [0x2028, 0x2029, 0xFEFF, 0x1F600] {
      let text = String(Unicode.Scalar(UInt32(value))!) + "x"
      #expect(String(decoding: JSONEncoding.bytes(of: text), as: UTF8.self) == (try compact(text)))
    }
  }

  @Test func `records are written as Foundation writes them, but for white space`() throws {
    let part = Part(
      zulu: -5, alpha: true, list: ["b", "a"], map: ["y": [], "x": [1, 2]], absent: nil)
    let written = String(decoding: JSONEncoding.bytes(of: [part, part]), as: UTF8.self)
    #expect(written.filter { !$0.isWhitespace } == (try compact([part, part])))
  }

  @Test func `a value deeper in another is set in but for its first line`() {
    let text = Array("{\n  \"a\": 1\n}".utf8)
    let deeper = String(decoding: JSONEncoding.deepened(text, by: 2), as: UTF8.self)
    #expect(deeper == "{\n      \"a\": 1\n    }")
  }
}
