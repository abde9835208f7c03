import AsyncChecks
import PythonSemantics
import PythonSyntax

/// Takes bytes as a file and as a notebook cell, and checks everything that must hold of any input:
/// the tree and its promises, the compiler's errors, the dumps, the scopes and every check.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard case .success(let source) = SourceText.decode(bytes) else { return 0 }
  for isNotebook in [false, true] {
    let tree = Parser.parse(source, options: ParserOptions(isNotebook: isNotebook))
    precondition(tree.verify().isEmpty, "a promise of the tree is broken")
    if !isNotebook {
      _ = tree.json(path: [])
      _ = tree.outline()
    }
    _ = tree.compilerErrors(includesAwait: true)
    _ = SemanticModel(tree, isNotebook: isNotebook)
    expectPlaces(of: tree.errors.map(\.span), in: source)
  }
  // As a module of its own and as one that imports itself by another name.
  let files = [
    SourceFile(path: Array("a.py".utf8), bytes: bytes),
    SourceFile(path: Array("b/a.py".utf8), bytes: bytes, isNotebook: true),
  ]
  for checked in Checks.checker.check(project: files) {
    guard let source = checked.source else { continue }
    expectPlaces(of: checked.diagnostics.map(\.span), in: source)
  }
  return 0
}

/// Spans lie in the source, and their places lead back to them.
private func expectPlaces(of spans: [ByteSpan], in source: SourceText) {
  let lines = LineIndex(source)
  for span in spans {
    precondition(span.start <= span.end && Int(span.end) <= source.bytes.count)
    let line = lines.line(of: span.start)
    let column = lines.column(of: span.start)
    precondition(lines.offset(line: line, column: column) != nil)
  }
}

/// A checker with a rule for every check and callables of every role.
private enum Checks {
  static let checker = Checker(
    table: table, selected: [Bool](repeating: true, count: table.rules.count))

  private static let names = [
    "time.sleep", "asyncio.sleep", "asyncio.to_thread", "asgiref.sync.sync_to_async",
    "asyncio.run", "asyncio.gather", "asyncio.create_task", "fastapi.FastAPI",
    "aiohttp.ClientSession.get", "django.db.models.QuerySet.get", "open",
  ]

  private static let table: RuleTable = {
    let rules = Check.all.enumerated().map { index, check in
      let code = Array("AR\(100 + index)".utf8)
      return RuleEntry(
        code: code, name: code, severity: .error, isDefault: true,
        check: Array("\(check.name)".utf8),
        messages: check.messages.map { message in
          MessageTemplate(id: Array("\(message.id)".utf8), text: Array("{callable}".utf8))
        })
    }
    var callables: [KnownCallable] = []
    for (index, role) in CallableRole.allCases.enumerated() {
      let name = names[index % names.count]
      callables.append(
        KnownCallable(
          qualifiedName: Array(name.utf8), role: role, rule: RuleIndex(0),
          replacements: [Replacement(dialect: nil, text: Array("asyncio.sleep".utf8))],
          isDropIn: true, returns: Array("io.TextIOWrapper".utf8)))
    }
    // Names of one letter, so that the mutations hit them.
    for (index, trait) in Check.all.flatMap(\.traits).enumerated() {
      callables.append(
        KnownCallable(
          qualifiedName: [0x61 + UInt8(index % 26)] + Array(".x".utf8), role: .plain,
          rule: RuleIndex(0), trait: Array("\(trait)".utf8)))
    }
    return RuleTable(rules: rules, callables: callables)
  }()
}
