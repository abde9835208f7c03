import AsyncChecks
import PythonSyntax
import RuleBase
import Testing

@Suite("The skeleton of a new rule")
struct RuleSkeletonTests {
  @Test(arguments: [
    "blocking-demo", "a", "with-42-words-in-it", String(repeating: "x", count: 200),
  ])
  func `a skeleton loads without an error`(name: String) {
    let text = RuleSkeleton.text(name: name, code: "AR101", since: "0.1.0")
    let (base, errors) = RuleBase.load(files: [("blocking/\(name).md", text)])
    #expect(errors.isEmpty, "\(errors)")
    #expect(base?.rules.map(\.name) == [name])
  }

  @Test func `the examples of a skeleton give what they expect`() throws {
    let text = RuleSkeleton.text(name: "blocking-demo", code: "AR101", since: "0.1.0")
    let base = try #require(RuleBase.load(files: [("blocking/blocking-demo.md", text)]).0)
    let checker = Checker(table: base.table, selected: [true])
    for example in base.rules[0].examples {
      let file = example.files[0]
      let bytes = Array(file.text.utf8)
      let checked = checker.check(
        SourceFile(path: Array(file.path.utf8), bytes: bytes, isNotebook: false))
      let lines = LineIndex(bytes)
      let found = checked.diagnostics.map { diagnostic in
        let start = lines.line(of: diagnostic.span.start)
        let text = String(decoding: diagnostic.message, as: UTF8.self)
        return "\(start) \(text)"
      }
      #expect(found == file.expectations.map { "\($0.start.line) \($0.message)" })
    }
  }

  @Test func `the next code follows the last of its group`() {
    func base(_ codes: [(String, String)]) -> RuleBase {
      let files = codes.map { group, code in
        let name = "rule-" + code.lowercased()
        return ("\(group)/\(name).md", RuleSkeleton.text(name: name, code: code, since: "0.1.0"))
      }
      return RuleBase.load(files: files).0 ?? RuleBase(rules: [])
    }
    let rules = base([("blocking", "AR101"), ("blocking", "AR104"), ("tasks", "AR401")])
    #expect(RuleSkeleton.nextCode(in: "blocking", of: rules) == "AR105")
    #expect(RuleSkeleton.nextCode(in: "tasks", of: rules) == "AR402")
    #expect(RuleSkeleton.nextCode(in: "new", of: rules) == "AR501")
    #expect(RuleSkeleton.nextCode(in: "new", of: RuleBase(rules: [])) == "AR101")
    let full = base([("a", "XY999"), ("b", "XY001")])
    #expect(RuleSkeleton.nextCode(in: "a", of: full) == "XY002")
  }
}
