import PythonSemantics
import PythonSyntax

extension Check {
  /// `async def` for the function that AWS Lambda calls.
  static let asyncLambdaHandler = Check(
    name: "async-lambda-handler",
    messages: [CheckMessage("handler", ["function"])],
    kinds: [.asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard context.model.scope(of: node) == .module, let function = tree.functionDef(node),
      function.decorators.isEmpty, let view = tree.arguments(function.arguments),
      context.isText(function.name, ["lambda_handler", "handler"])
    else { return }
    let names = tree.nodes(view.positional).compactMap { tree.arg($0)?.name }
    guard names.count == 2, view.variadic == nil, view.keywordOnly.isEmpty,
      context.isText(names[0], ["event", "_event"]),
      context.isText(names[1], ["context", "_context", "_"]),
      // Something else in the file runs it, as `asyncio.run(handler(event, context))`.
      context.variable(ofDefinition: node).map({ context.references[$0].isEmpty }) ?? false
    else { return }
    context.report(
      "handler", span: tree.nameSpan(at: function.nameStart),
      [("function", Array(tree.text(of: function.name)))])
  }
}

extension CheckContext {
  /// The variable that a definition binds.
  func variable(ofDefinition node: NodeID) -> VariableID? {
    tree.functionDef(node).flatMap { model.lookUp($0.name, from: model.scope(of: node)) }
  }
}
