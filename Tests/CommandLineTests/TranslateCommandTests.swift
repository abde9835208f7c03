import Foundation
import Testing

/// `asyncrules translate`, `verify --require-translations` and the language of `rule`.
struct TranslateCommandTests {
  private static let path = "Rules/translations/ja/blocking/blocking-toothbrush.md"

  /// A folder with one rule, as `new` writes it, and the skeleton of its translation.
  private func folderWithSkeleton() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try asyncrules("new", "blocking-toothbrush", in: folder.path)
    let run = try asyncrules("translate", "blocking-toothbrush", in: folder.path)
    #expect(run.output == Self.path + "\n")
    return folder
  }

  @Test func `a skeleton is not a translation`() throws {
    let folder = try folderWithSkeleton()
    let plain = try asyncrules("verify", in: folder.path)
    #expect(plain.status == 0)
    let required = try asyncrules("verify", "--require-translations", in: folder.path)
    #expect(required.status == 1)
    #expect(required.errors.contains(Self.path + ":2: title is not translated\n"))
    #expect(required.errors.contains("section 'Why it matters' is not translated\n"))
  }

  @Test func `a translated text counts until the English changes`() throws {
    let folder = try folderWithSkeleton()
    let file = folder.path + "/" + Self.path
    let skeleton = try String(contentsOfFile: file, encoding: .utf8)
    let text = skeleton.replacingOccurrences(
      of: "While the call waits, the event loop runs no other task.", with: "ほかのタスクが動きません。")
    try Data(text.utf8).write(to: URL(filePath: file))
    let first = try asyncrules("verify", "--require-translations", in: folder.path)
    #expect(!first.errors.contains("Why it matters"))
    let rule = folder.path + "/Rules/blocking/blocking-toothbrush.md"
    let english = try String(contentsOfFile: rule, encoding: .utf8)
      .replacingOccurrences(of: "runs no other task.", with: "rests.")
    try Data(english.utf8).write(to: URL(filePath: rule))
    let second = try asyncrules("verify", "--require-translations", in: folder.path)
    #expect(second.status == 1)
    #expect(second.errors.contains("section 'Why it matters' translates an older text\n"))
    let warning = try asyncrules("verify", in: folder.path)
    #expect(warning.status == 0)
    #expect(warning.errors.contains("1 outdated"))
    let accepted = try asyncrules("translate", "--accept", in: folder.path)
    #expect(accepted.output == Self.path + "\n")
    let third = try asyncrules("verify", "--require-translations", in: folder.path)
    #expect(!third.errors.contains("Why it matters"))
  }

  @Test func `every text of the manual of the program is translated`() throws {
    // Without a folder of rules those of the program are verified, and its manual.
    let folder = try TemporaryFolder()
    let run = try asyncrules("verify", "--require-translations", in: folder.path)
    #expect(run.errors.split(separator: "\n").filter { $0.hasPrefix("Site/") } == [])
    #expect(run.status == 0)
  }

  @Test func `the page of a rule follows the locale, and the option before it`() throws {
    let folder = try TemporaryFolder()
    func title(_ environment: [String: String], _ options: String...) throws -> String {
      let clean = ["LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": "", "LANG": ""]
      let result = try run(
        [asyncrulesBinary, "rule", "AR101"] + options, in: folder.path,
        environment: clean.merging(environment) { $1 })
      return String(result.output.prefix { $0 != "\n" })
    }
    let english = try title([:])
    let japanese = try title(["LANG": "ja_JP.UTF-8"])
    #expect(english.contains("Blocking sleep"))
    #expect(japanese.contains("スリープ"))
    #expect(try title(["LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"]) == english)
    #expect(try title(["LC_MESSAGES": "ja_JP.UTF-8"]) == japanese)
    #expect(try title(["LANG": "ja_JP.UTF-8"], "--language", "en") == english)
    #expect(try title([:], "--language", "ja") == japanese)
  }

  @Test func `findings stay English whatever the locale`() throws {
    let folder = try TemporaryFolder()
    try folder.write("import time\n\n\nasync def f():\n    time.sleep(1)\n", to: "app.py")
    let run = try asyncrules(
      "check", "app.py", in: folder.path, environment: ["LANG": "ja_JP.UTF-8", "LC_ALL": ""])
    #expect(run.output.contains("puts the whole event loop to sleep"))
  }
}
