import PythonSemantics
import PythonSyntax

extension Check {
  /// Awaiting `__anext__`, `__aenter__` or `__aexit__` by name, where a statement does it.
  static let directSpecialCall = Check(
    name: "direct-special-call",
    messages: [CheckMessage("call", ["call", "replacement"])],
    kinds: [.awaitExpr]
  ) { node, context in
    let tree = context.tree
    guard let operand = tree.awaitExpr(node)?.value, let call = tree.call(operand),
      let attribute = tree.attribute(call.function), let scope = context.coroutineScope(of: node),
      !context.isSuper(attribute.value),
      // A method of the protocol may hand the work on to another object.
      !context.functionName(of: scope).starts(with: StaticString("_").bytes)
    else { return }
    let replacement: StaticString
    if context.isText(attribute.name, ["__anext__"]) {
      replacement = "anext(…)"
    } else if context.isText(attribute.name, ["__aenter__", "__aexit__"]) {
      replacement = "async with"
    } else {
      return
    }
    context.report(
      "call", span: tree.span(operand),
      [("call", context.written(call.function)), ("replacement", replacement.bytes)]
    ) { context.anextFix(operand, call, attribute) }
  }
}

extension CheckContext {
  fileprivate func isSuper(_ node: NodeID) -> Bool {
    guard let call = tree.call(node) else { return false }
    return isBuiltin(call.function, ["super"])
  }

  /// The fix that calls the builtin, which exists since Python 3.10.
  fileprivate func anextFix(_ node: NodeID, _ call: Call, _ attribute: Attribute) -> Fix? {
    guard isText(attribute.name, ["__anext__"]), call.arguments.isEmpty, call.keywords.isEmpty
    else { return nil }
    let text =
      StaticString("anext(").bytes + Array(tree.text(of: attribute.value))
      + StaticString(")").bytes
    return .safe(
      StaticString("call `anext`").bytes, [Edit(span: tree.span(node), replacement: text)])
  }
}
