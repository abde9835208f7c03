import Foundation
import Publisher
import TestSupport
import Testing

@Suite struct UnifiedDiffTests {
  private static func diff(_ old: String, _ new: String, context: Int = 3) -> String {
    let diff = UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8), context: context)
    let text = diff.formatted(oldName: Array("a".utf8), newName: Array("b".utf8))
    return String(decoding: text, as: UTF8.self)
  }

  @Test func `equal texts have no difference`() {
    #expect(Self.diff("x\ny\n", "x\ny\n") == "")
    #expect(Self.diff("", "") == "")
  }

  @Test func `a changed line stands between its context`() {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
    #expect(
      Self.diff(old, old.replacing("5", with: "five"))
        == "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n")
  }

  @Test func `a missing line end is said`() {
    #expect(
      Self.diff("x", "x\n") == "--- a\n+++ b\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n")
  }

  @Test func `a new file and an emptied one count from line zero`() {
    #expect(Self.diff("", "x\n") == "--- a\n+++ b\n@@ -0,0 +1 @@\n+x\n")
    #expect(Self.diff("x\n", "") == "--- a\n+++ b\n@@ -1 +0,0 @@\n-x\n")
  }

  @Test func `changes near each other share a hunk, far ones do not`() {
    let old = (1...20).map { "\($0)\n" }.joined()
    let near = old.replacing("5\n6", with: "x\n6").replacing("\n12\n", with: "\ny\n")
    let far = old.replacing("3\n4", with: "x\n4").replacing("\n12\n", with: "\ny\n")
    #expect(Self.diff(old, near).matches(of: /@@ -/).count == 1)
    #expect(Self.diff(old, far).matches(of: /@@ -/).count == 2)
  }

  @Test(.enabled(if: Tool("diff") != nil && Tool("patch") != nil))
  func `it is as short as the one of diff, and patch applies it`() throws {
    let diff = try #require(Tool("diff"))
    let patch = try #require(Tool("patch"))
    var random = LinearCongruentialGenerator(state: 7)
    for _ in 0..<60 {
      let (old, new) = random.pair()
      let folder = try TemporaryFolder()
      try folder.write(Array(old.utf8), to: "a")
      try folder.write(Array(new.utf8), to: "b")
      let ours = Self.diff(old, new)
      let arguments = ["-u", "--minimal", "--label", "a", "--label", "b", "a", "b"]
      let theirs = try diff.run(arguments, in: folder.url).output
      #expect(Self.changes(in: ours) == Self.changes(in: theirs), "\(old) → \(new)")
      guard !ours.isEmpty else {
        #expect(old == new)
        continue
      }
      try folder.write(Array(ours.utf8), to: "p")
      let result = try patch.run(["--silent", "--output=c", "a", "p"], in: folder.url)
      #expect(result.status == 0, "\(result.output)")
      let patched = try String(contentsOf: folder.url.appending(path: "c"), encoding: .utf8)
      #expect(patched == new)
    }
  }

  @Test func `two long texts without a common line are compared at once`() {
    let old = (0..<3000).map { "old \($0)\n" }.joined()
    let new = (0..<3000).map { "new \($0)\n" }.joined()
    #expect(Self.changes(in: Self.diff(old, new)) == 6000)
  }

  private static func changes(in diff: String) -> Int {
    diff.split(separator: "\n").dropFirst(2).count { $0.hasPrefix("+") || $0.hasPrefix("-") }
  }
}

/// Texts of few different lines, always the same ones.
private struct LinearCongruentialGenerator {
  var state: UInt64

  mutating func number(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  mutating func line() -> String { "\(number(below: 6))" }

  /// A text and an edited copy of it.
  mutating func pair() -> (String, String) {
    let old = (0..<number(below: 24)).map { _ in line() }
    var new = old
    for _ in 0..<number(below: 8) {
      if number(below: 2) == 0 || new.isEmpty {
        new.insert(line(), at: number(below: new.count + 1))
      } else {
        new.remove(at: number(below: new.count))
      }
    }
    return (text(of: old), text(of: new))
  }

  private mutating func text(of lines: [String]) -> String {
    let text = lines.map { $0 + "\n" }.joined()
    return number(below: 4) == 0 ? String(text.dropLast()) : text
  }
}
