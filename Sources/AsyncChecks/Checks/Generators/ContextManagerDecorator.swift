import PythonSemantics
import PythonSyntax

extension Check {
  /// `@contextmanager` on an async generator and `@asynccontextmanager` on a plain one.
  static let contextManagerDecorator = Check(
    name: "contextmanager-of-wrong-colour",
    messages: [CheckMessage("async", ["function"]), CheckMessage("sync", ["function"])],
    kinds: [.functionDef, .asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node), context.isGenerator(node),
      let decorator = tree.nodes(function.decorators).last,
      let name = context.resolver.dottedName(of: decorator)
    else { return }
    let values = [
      (placeholder: "function" as StaticString, value: Array(tree.text(of: function.name)))
    ]
    if function.isAsync, name == StaticString("contextlib.contextmanager").bytes {
      context.report("async", span: tree.span(decorator), values) {
        context.decoratorReplacement(decorator, "contextlib.asynccontextmanager")
      }
    } else if !function.isAsync, name == StaticString("contextlib.asynccontextmanager").bytes {
      context.report("sync", span: tree.span(decorator), values) {
        context.decoratorReplacement(decorator, "contextlib.contextmanager")
      }
    }
  }
}

extension CheckContext {
  fileprivate func decoratorReplacement(_ decorator: NodeID, _ name: StaticString) -> Fix? {
    guard let spelling = spelling(of: name.bytes, at: decorator) else { return nil }
    var edits = [spelling.importEdit].compactMap { $0 }
    edits.append(Edit(span: tree.span(decorator), replacement: spelling.text))
    return .safe(StaticString("use the other decorator").bytes, edits)
  }
}
