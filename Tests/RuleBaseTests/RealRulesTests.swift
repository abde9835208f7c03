import AsyncChecks
import EmbeddedRules
import Foundation
import RuleBase
import TestSupport
import Testing

@Suite("The rules of the product")
struct RealRulesTests {
  private static let loaded = RuleBase.load(directory: Repository.rulesFolder)
  static let paths = EmbeddedRules.files().map(\.path).filter { !$0.hasPrefix("translations/") }

  @Test func `all rule files together load without an error`() {
    for error in Self.loaded.1 { Issue.record("\(error)") }
    #expect(Self.loaded.0 != nil)
  }

  @Test(arguments: [
    ("dangling-task", "RUF006", true), ("blocking-sleep", "ASYNC251", true),
    ("cancel-not-reraised", "E722", false), ("unawaited-coroutine", "UNUSED-COROUTINE", false),
  ])
  func `the codes of aliases silence rules, unless they are about something else`(
    name: String, code: String, isSilencing: Bool,
  ) throws {
    let table = try #require(Self.loaded.0).table
    let rule = try #require(table.rules.first { $0.name == Array(name.utf8) })
    #expect(rule.foreignCodes.contains(Array(code.utf8)) == isSilencing)
  }

  @Test(arguments: paths)
  func `each rule file has its rule with examples of every kind`(path: String) throws {
    let base = try #require(Self.loaded.0)
    let rule = try #require(base.rules.first { $0.path == path })
    #expect(Set(rule.examples.map(\.kind)) == Set(Example.Kind.allCases))
    #expect(base.rule(named: rule.code).map(\.name) == [rule.name])
    let indices = rule.sections.flatMap(\.blocks).compactMap { block -> Int? in
      if case .example(let index) = block { index } else { nil }
    }
    #expect(indices == Array(rule.examples.indices))
  }

  @Test(arguments: paths)
  func `the lines of an example are lines of its file`(path: String) throws {
    let rule = try #require(Self.loaded.0?.rules.first { $0.path == path })
    let lines = rule.source.split(separator: "\n", omittingEmptySubsequences: false)
    for file in rule.examples.flatMap(\.files) {
      let code = file.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(code == file.markdownLines.map { lines[$0 - 1] }[...])
      for expectation in file.expectations {
        #expect(lines[expectation.markdownLine - 1].contains(expectation.message))
        #expect(file.markdownLines[expectation.start.line - 1] < expectation.markdownLine)
      }
    }
  }

  @Test func `every check is used by a rule and every rule uses a check`() throws {
    let used = Set(try #require(Self.loaded.0).rules.map(\.check))
    #expect(used == Set(Check.all.map { "\($0.name)" }))
  }

  @Test func `the embedded rules are those of the folder`() throws {
    let base = try #require(Self.loaded.0)
    let files = EmbeddedRules.files().filter { !$0.path.hasPrefix("translations/") }
    #expect(files.map(\.path) == base.rules.map(\.path).sorted())
    for (path, text) in files {
      #expect(text == base.rules.first { $0.path == path }?.source)
    }
    #expect(EmbeddedRules.table().encode() == base.table.encode())
    let guide = try String(contentsOfFile: Repository.rulesFolder + "/README.md", encoding: .utf8)
    #expect(EmbeddedRules.formatGuide == guide)
  }

  @Test func `a table of the real size is decoded in a few milliseconds`() {
    let clock = ContinuousClock()
    let best = (0..<5).map { _ in clock.measure { _ = EmbeddedRules.table() } }.min() ?? .zero
    // A debug build takes about twenty times as long as the product.
    #expect(best < .milliseconds(500))
    #expect(EmbeddedRules.table().callables.count > 100)
  }
}
