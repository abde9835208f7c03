import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether the file holds tests, as its name or that of a folder says: `tests/server.py`,
  /// `test_login.py`, `conftest.py`.
  var isTestFile: Bool {
    let dot = UInt8(ascii: ".")
    let parts = project.symbols.name(of: project[resolver.moduleID].symbol).split(separator: dot)
    guard let file = parts.last else { return false }
    let folders: [StaticString] = ["tests", "_tests"]
    let isInFolder = parts.contains { part in
      folders.contains { folder in folder.withUTF8Buffer { part.elementsEqual($0) } }
    }
    if isInFolder { return true }
    let start: StaticString = "test_"
    let end: StaticString = "_test"
    let shared: StaticString = "conftest"
    return file.starts(with: start.bytes) || file.suffix(5).elementsEqual(end.bytes)
      || file.elementsEqual(shared.bytes)
  }

  /// Whether what a blocking call waits for is small and near in a test, where only the test itself
  /// waits: its own files, and the work of the processor.
  func isHarmlessInTest(_ fact: KnownCallable) -> Bool {
    guard fact.rule.index < knowledge.table.rules.count else { return false }
    let name = knowledge.table.rules[fact.rule.index].name
    let rules: [StaticString] = [
      "blocking-file-io", "blocking-file-metadata", "blocking-filesystem", "blocking-cpu",
    ]
    return rules.contains { rule in rule.withUTF8Buffer { name.elementsEqual($0) } } && isTestFile
  }
}
