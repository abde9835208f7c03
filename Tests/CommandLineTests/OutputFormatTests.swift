import Foundation
import Testing

/// The output formats for other programs, with the real binary.
struct OutputFormatTests {
  private func run(_ format: String, _ code: String, as path: String = "app.py") throws -> Run {
    let folder = try TemporaryFolder()
    try folder.write(code, to: path)
    return try asyncrules("check", "--no-cache", "--output-format", format, ".", in: folder.path)
  }

  private static let helper = """
    import time


    def wait():
        time.sleep(1)


    async def handler():
        wait()
        time.sleep(2)

    """

  @Test func `GitHub gets a workflow command a finding`() throws {
    let run = try run("github", Self.helper, as: "a,b.py")
    let lines = run.output.split(separator: "\n")
    #expect(run.status == 1)
    #expect(
      run.output.contains(
        "::error title=asyncrules (AR101),file=a%2Cb.py,line=10,col=5,endLine=10,endColumn=18::"
          + "a,b.py:10:5: AR101 "))
    // The call of the helper, and the sleep itself.
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.hasPrefix("::error title=") })
  }

  @Test func `SARIF has rules, places, chains and fixes`() throws {
    let run = try run("sarif", Self.helper, as: "a b.py")
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let first = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(first["results"] as? [[String: Any]])
    let driver = try #require((first["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["AR101", "AR115"])
    #expect(results.map { $0["ruleId"] as? String } == ["AR115", "AR101"])
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    let chain = try #require(results[0]["relatedLocations"] as? [[String: Any]])
    #expect(!chain.isEmpty)
    let fixes = try #require(results[1]["fixes"] as? [[String: Any]])
    #expect(fixes.count == 1)
    #expect(run.output.contains("\"uri\" : \"a%20b.py\""))
    #expect(run.output.contains("\"startLine\" : 10"))
  }

  @Test func `nothing found is an empty log, not no log`() throws {
    let sarif = try run("sarif", "print(1)\n")
    #expect(sarif.status == 0)
    #expect(sarif.output.contains("\"results\" : ["))
    #expect(try run("gitlab", "print(1)\n").output.filter { !$0.isWhitespace } == "[]")
    #expect(try run("github", "print(1)\n").output.isEmpty)
  }

  @Test func `GitLab gets a fingerprint that lines above do not change`() throws {
    func fingerprints(_ code: String) throws -> [String] {
      let output = try run("gitlab", code).output
      let issues = try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]])
      return issues.compactMap { $0["fingerprint"] as? String }
    }
    let twice = Self.helper + "    time.sleep(2)\n"
    let before = try fingerprints(twice)
    #expect(Set(before).count == 3)
    #expect(try fingerprints("# new\n" + twice) == before)
  }

  @Test(arguments: ["sarif", "github", "gitlab"])
  func `a syntax error is a finding in every format`(format: String) throws {
    let run = try run(format, "x = (\n")
    #expect(run.status == 1)
    #expect(run.output.contains("never closed"))
  }
}
