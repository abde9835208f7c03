import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// Whether a module holds tests, as its name or that of a folder says: `tests/server.py`,
  /// `test_login.py`, `conftest.py`.
  func isTest(_ module: ModuleID) -> Bool {
    let dot = UInt8(ascii: ".")
    let parts = project.symbols.name(of: project[module].symbol).split(separator: dot)
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

  /// Whether the rule that states a fact leaves tests alone: what the call waits for is small and
  /// near there, and only the test itself waits.
  func isHarmlessInTest(_ fact: KnownCallable) -> Bool {
    guard fact.rule.index < knowledge.table.rules.count else { return false }
    return !knowledge.table.rules[fact.rule.index].isForTests && isTestFile
  }
}
