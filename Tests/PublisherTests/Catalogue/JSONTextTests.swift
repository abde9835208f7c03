import Foundation
import Publisher
import Testing

@Suite struct JSONTextTests {
  private struct Sample: Encodable {
    var text = "a\"b\\\"{[,:]}/\u{1}é\u{2028}"
    var empty: [String] = []
    var list = [1, 2]
    var members: [String: Bool] = [:]
    var absent: String?
    var nested = ["b": ["x"], "a": []]
  }

  @Test func `a value is indented with sorted keys`() {
    #expect(
      JSONText.text(of: Sample()) == """
        {
          "empty": [],
          "list": [
            1,
            2
          ],
          "members": {},
          "nested": {
            "a": [],
            "b": [
              "x"
            ]
          },
          "text": "a\\"b\\\\\\"{[,:]}/\\u0001é\u{2028}"
        }

        """)
  }

  @Test func `indenting changes nothing but white space`() throws {
    let text = JSONText.text(of: Sample())
    let read = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(read["text"] as? String == Sample().text)
  }

  @Test func `a value may be a list or a single word`() {
    #expect(JSONText.text(of: [String]()) == "[]\n")
    #expect(JSONText.text(of: ["a"]) == "[\n  \"a\"\n]\n")
    #expect(JSONText.text(of: true) == "true\n")
  }
}
