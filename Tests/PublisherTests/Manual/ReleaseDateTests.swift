import Publisher
import Testing

@Suite struct ReleaseDateTests {
  @Test func `a day is written as mdoc wants it`() throws {
    let date = try #require(ReleaseDate("2026-11-03"))
    #expect(date.manualText == "November 3, 2026")
    #expect(date.isoText == "2026-11-03")
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "26-1-1", "2026-1-1", "", "today"])
  func `what is no day is refused`(text: String) {
    #expect(ReleaseDate(text) == nil)
  }

  @Test func `leap years have a day more`() {
    #expect(ReleaseDate("2024-02-29") != nil)
    #expect(ReleaseDate("2000-02-29") != nil)
    #expect(ReleaseDate("1900-02-29") == nil)
  }
}
