import PythonSemantics
import PythonSyntax

extension Check {
  /// `async def` below `@property`: reading the attribute gives a coroutine.
  static let asyncProperty = Check(
    name: "async-property",
    messages: [CheckMessage("property", ["function"])],
    kinds: [.asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node),
      let decorator = tree.nodes(function.decorators).first(where: {
        context.isBuiltin($0, ["property"])
      })
    else { return }
    context.report(
      "property", span: tree.span(decorator), [("function", Array(tree.text(of: function.name)))])
  }
}
