import RuleBase
import Testing

@Suite("Markdown through libcmark")
struct MarkdownTests {
  @Test func `every kind of block becomes its value`() throws {
    let markdown = try Markdown(
      parsing: """
        # Title

        A paragraph
        of two lines.

        - one
        - two

        3. three

        > quoted

        ---

        ```python bad id=x
        sleep()
        ```

            indented

        """)
    #expect(
      markdown.blocks == [
        .heading(level: 1, [.text("Title")]),
        .paragraph([.text("A paragraph"), .softBreak, .text("of two lines.")]),
        .list(
          start: nil, isTight: true,
          items: [[.paragraph([.text("one")])], [.paragraph([.text("two")])]]),
        .list(start: 3, isTight: true, items: [[.paragraph([.text("three")])]]),
        .blockQuote([.paragraph([.text("quoted")])]),
        .thematicBreak,
        .codeBlock(info: "python bad id=x", text: "sleep()\n"),
        .codeBlock(info: "", text: "indented\n"),
      ])
    #expect(markdown.lines == [1...1, 3...4, 6...7, 9...9, 11...11, 13...13, 15...17, 19...19])
    #expect(markdown.codeBlocks.map(\.lines) == [15...17, 19...19])
  }

  @Test func `every kind of inline becomes its value`() throws {
    let markdown = try Markdown(
      parsing: "a *b* **c** `d & e` [f *g*](rule:h \"i\") &amp; j  \nk <https://example.org>\n")
    #expect(
      markdown.blocks == [
        .paragraph([
          .text("a "), .emphasis([.text("b")]), .text(" "), .strong([.text("c")]), .text(" "),
          .code("d & e"), .text(" "),
          .link(destination: "rule:h", title: "i", [.text("f "), .emphasis([.text("g")])]),
          .text(" & j"), .lineBreak, .text("k "),
          .link(destination: "https://example.org", title: "", [.text("https://example.org")]),
        ])
      ])
  }

  @Test func `a link knows its line, also within a paragraph of several lines`() throws {
    let markdown = try Markdown(parsing: "one\n\ntwo\n[a](#x)\nthree *[b](#y)*\n\n- [c](#z)\n")
    #expect(
      markdown.links.map { "\($0.destination) \($0.line)" } == ["#x 4", "#y 5", "#z 7"])
  }

  @Test func `an empty text has no blocks`() throws {
    #expect(try Markdown(parsing: "").blocks.isEmpty)
    #expect(try Markdown(parsing: "\n\n").blocks.isEmpty)
  }

  @Test(
    arguments: [
      ("<b>x</b>", MarkdownError.rawHTML(line: 1, found: "<b>")),
      ("a\n\n<!-- note -->\n", .rawHTML(line: 3, found: "<!-- note -->")),
      ("a\n\n<div>\nb\n</div>\n", .rawHTML(line: 3, found: "<div>")),
      ("one\ntwo ![x](y.png)", .image(line: 2, destination: "y.png")),
    ])
  func `raw HTML and images are refused`(text: String, error: MarkdownError) {
    #expect(throws: error) { try Markdown(parsing: text) }
  }

  @Test(
    arguments: [
      ("> ", 20_000, ""), ("- ", 5_000, ""), ("*a **b ", 5_000, "b** a* "), ("[", 50_000, "](#y)"),
    ])
  func `hostile nesting is an error or flat, never a crash`(
    opening: String, count: Int, closing: String,
  ) {
    let text =
      String(repeating: opening, count: count) + "x" + String(repeating: closing, count: count)
    do throws(MarkdownError) {
      _ = try Markdown(parsing: text)
    } catch {
      #expect(error == .nestedTooDeeply(line: 1))
    }
  }

  @Test func `thirty-one quotes are accepted and thirty-two are not`() throws {
    _ = try Markdown(parsing: String(repeating: "> ", count: 31) + "x")
    #expect(throws: MarkdownError.nestedTooDeeply(line: 1)) {
      try Markdown(parsing: String(repeating: "> ", count: 32) + "x")
    }
  }

  @Test func `the plain text of inlines has no markup`() throws {
    let markdown = try Markdown(parsing: "a *b `c`*\n[d](#e)")
    guard case .paragraph(let inlines) = markdown.blocks.first else {
      Issue.record("no paragraph")
      return
    }
    #expect(inlines.plainText == "a b c d")
  }
}
