// Compiled together with Sources/PythonSyntax by `fuzz.sh`, with -sanitize=fuzzer.

/// Parses bytes as a file and as a notebook cell, and checks everything that must hold of any input.
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
    _ = tree.compilerErrors()
    let lines = LineIndex(source)
    for error in tree.errors {
      precondition(error.span.start <= error.span.end && Int(error.span.end) <= source.bytes.count)
      let line = lines.line(of: error.span.start)
      let column = lines.column(of: error.span.start)
      precondition(lines.offset(line: line, column: column) != nil)
    }
  }
  return 0
}
