import Foundation
import Testing

/// The standard library of the Python at hand: much real code, and CPython as the oracle.
struct StandardLibraryTests {
  /// Compiles the files named on standard input and prints those that CPython rejects.
  private static let oracle = """
    import sys, warnings
    warnings.simplefilter("ignore")
    for path in sys.stdin.read().split("\\n"):
        if not path:
            continue
        with open(path, "rb") as file:
            data = file.read()
        try:
            compile(data, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, UnicodeError):
            print(path)
    """

  @Test func `only files that CPython rejects have syntax errors`() throws {
    let located = try run([
      "python3", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))",
    ])
    guard located.status == 0 else {
      print("skipped: no python3 here")
      return
    }
    let folder = located.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let checked = try asyncrules(
      "check", "--no-respect-gitignore", "--output-format", "json", folder)
    #expect(checked.status == 1, "\(checked.errors.prefix(2000))")
    let records = try #require(
      try JSONSerialization.jsonObject(with: Data(checked.output.utf8)) as? [[String: Any]])
    let rejected = Set(
      records.filter { $0["code"] as? String == "syntax-error" }.compactMap {
        $0["path"] as? String
      })
    let confirmed = try run(
      ["python3", "-c", Self.oracle], input: rejected.sorted().joined(separator: "\n"))
    #expect(Set(confirmed.output.split(separator: "\n").map(String.init)) == rejected)
  }
}
