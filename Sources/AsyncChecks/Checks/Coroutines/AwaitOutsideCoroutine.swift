import PythonSemantics
import PythonSyntax

extension Check {
  /// `await`, `async for` and `async with` where CPython's compiler rejects them.
  ///
  /// **Source:** `Python/compile.c` and `Python/symtable.c` of CPython 3.13.
  static let awaitOutsideCoroutine = Check(
    name: "await-outside-coroutine",
    messages: [
      CheckMessage("in-function", ["keyword", "function"]),
      CheckMessage("in-module", ["keyword"]),
      CheckMessage("in-class", ["keyword", "class"]),
      CheckMessage("in-lambda", ["keyword"]),
    ],
    kinds: [.awaitExpr, .asyncFor, .asyncWith, .comprehension]
  ) { node, context in
    let tree = context.tree
    let start = tree.span(node).start
    switch tree.kind(node) {
    case .awaitExpr:
      context.checkKeyword("await", node, ByteSpan(start: start, end: start + 5))
    case .asyncFor, .asyncWith:
      let second: StaticString = tree.kind(node) == .asyncFor ? "for" : "with"
      let keyword: StaticString = tree.kind(node) == .asyncFor ? "async for" : "async with"
      context.checkKeyword(keyword, node, context.keywordSpan(from: start, second))
    case .comprehension:
      guard let clause = tree.comprehensionFor(node), clause.isAsync else { return }
      context.checkKeyword("async comprehension", node, context.keywordSpan(from: start, "for"))
    default: return
    }
  }
}

extension CheckContext {
  /// Whether the file is a template that only looks like Python: `{{ body }}` would be a set in a
  /// set, which there is not.
  private var isTemplate: Bool {
    tree.nodes.contains { node in
      tree.set(node).map { tree.nodes($0.elements).contains { tree.kind($0) == .set } } ?? false
    }
  }

  fileprivate func checkKeyword(_ keyword: StaticString, _ node: NodeID, _ span: ByteSpan) {
    var scope = model.scope(of: node)
    while true {
      let current = model[scope]
      switch current.kind {
      // A generator expression becomes an async generator by itself.
      case .asyncFunction, .generatorExpression: return
      case .comprehension, .typeParameters: scope = current.parent
      case .module:
        if !model.isNotebook, !isTemplate {
          report("in-module", span: span, [("keyword", keyword.bytes)])
        }
        return
      case .function:
        report(
          "in-function", span: span,
          [("keyword", keyword.bytes), ("function", functionName(of: scope))])
        return
      case .classBody:
        let name = tree.classDef(current.node).map { Array(tree.text(of: $0.name)) } ?? []
        report("in-class", span: span, [("keyword", keyword.bytes), ("class", name)])
        return
      case .lambda:
        report("in-lambda", span: span, [("keyword", keyword.bytes)])
        return
      }
    }
  }

  /// From `async` to the end of the second keyword, which may stand after any white space.
  fileprivate func keywordSpan(from start: UInt32, _ second: StaticString) -> ByteSpan {
    let bytes = tree.source.bytes
    var end = Int(start) + 5
    while end < bytes.count, bytes[end] != UInt8(ascii: "f"), bytes[end] != UInt8(ascii: "w") {
      end += 1
    }
    let stop = min(end + second.utf8CodeUnitCount, bytes.count)
    return ByteSpan(start: start, end: UInt32(stop))
  }
}
