import RuleBase
import Testing

@Suite struct MarkdownTableTests {
  private static func table(_ text: String) throws -> MarkdownTable? {
    let markdown = try Markdown(parsing: text)
    guard case .paragraph(let words)? = markdown.blocks.first else { return nil }
    return MarkdownTable(words)
  }

  @Test func `lines between bars are a table`() throws {
    let table = try #require(
      try Self.table(
        """
        | call | result |
        |------|:------:|
        | `f(a | b)` | *one* and two |
        |x|y|
        """))
    #expect(table.header == [[.text("call")], [.text("result")]])
    #expect(
      table.rows == [
        [[.code("f(a | b)")], [.emphasis([.text("one")]), .text(" and two")]],
        [[.text("x")], [.text("y")]],
      ])
  }

  @Test func `short rows are filled and long ones cut`() throws {
    let table = try #require(try Self.table("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |"))
    #expect(table.rows == [[[.text("1")], []], [[.text("1")], [.text("2")]]])
  }

  @Test func `a cell in the middle may be empty`() throws {
    let table = try #require(try Self.table("| a | b |\n|---|---|\n|  | 2 |"))
    #expect(table.rows == [[[], [.text("2")]]])
  }

  @Test(arguments: [
    "Words.", "| a | b |", "| a | b |\n| c | d |", "| a | b |\n|---|\n| 1 | 2 |",
    "| a |\n|---|\nwords", "a | b\n--|--\nc | d", "`|` a\n|---|",
  ])
  func `other paragraphs are none`(text: String) throws {
    #expect(try Self.table(text) == nil)
  }
}
