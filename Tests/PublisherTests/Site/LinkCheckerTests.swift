import Publisher
import Testing

@Suite struct LinkCheckerTests {
  private func problems(_ pages: [String: String]) -> [LinkChecker.Failure.Problem] {
    let files = pages.sorted { $0.key < $1.key }.map { OutputFile(path: $0.key, text: $0.value) }
    return LinkChecker.failures(in: files).map(\.problem)
  }

  @Test func `a link to a file that is there is right`() {
    let pages = [
      "index.html": "<a href=\"sub/a.html#x\">a</a><link href=\"s.css\">", "s.css": "",
      "sub/a.html": "<p id=\"x\"></p><a href=\"../index.html\">up</a><a href=\"?q=1#x\">self</a>",
    ]
    #expect(problems(pages) == [])
  }

  @Test func `a link to a file that is missing is wrong`() {
    #expect(
      problems(["a/b.html": "<a href=\"../c.html?q\">"]) == [.missingFile(path: "c.html")])
  }

  @Test func `a link to an anchor that is missing is wrong, on this page and on others`() {
    let pages = ["a.html": "<a href=\"#x\"><a href=\"b.html#y\">", "b.html": "<p id=\"z\">"]
    #expect(
      problems(pages) == [
        .missingAnchor(path: "a.html", anchor: "x"), .missingAnchor(path: "b.html", anchor: "y"),
      ])
  }

  @Test func `a path that goes above the site or begins at the host is wrong`() {
    #expect(problems(["a.html": "<a href=\"../a.html\">"]) == [.outsideSite])
    #expect(problems(["a.html": "<a href=\"/a.html\">"]) == [.outsideSite])
  }

  @Test func `links may leave, loaded things may not`() {
    #expect(problems(["a.html": "<a href=\"https://example.org\">"]) == [])
    #expect(
      problems(["a.html": "<script src=\"https://example.org/x.js\">"]) == [.externalResource])
    #expect(problems(["a.html": "<img src=\"//example.org/x.png\">"]) == [.externalResource])
  }

  @Test(arguments: ["javascript:x", "JavaScript:x", "java\tscript:x", " data:text/html,x"])
  func `a scheme that runs something is wrong`(target: String) {
    #expect(problems(["a.html": "<a href=\"\(target)\">"]) == [.forbiddenScheme])
  }

  @Test func `an id may stand on one element only`() {
    #expect(problems(["a.html": "<p id=\"x\"><p id=\"x\">"]) == [.duplicateID])
  }

  @Test func `descriptions and labels must exist`() {
    #expect(
      problems(["a.html": "<mark aria-describedby=\"f1 f2\"><p id=\"f1\">"])
        == [.missingAnchor(path: "a.html", anchor: "f2")])
  }

  @Test func `a redirect must lead somewhere`() {
    let tag = "<meta http-equiv=\"refresh\" content=\"0; url=../x.html\">"
    #expect(problems(["a/b.html": tag]) == [.missingFile(path: "x.html")])
  }

  @Test func `a failure names the page, the target and the reason`() {
    let failures = LinkChecker.failures(in: [
      OutputFile(path: "a.html", text: "<a href=\"b&amp;c\">")
    ])
    #expect(
      failures.map(\.description) == ["a.html: 'b&c' leads to 'b&c', which does not exist"])
  }
}
