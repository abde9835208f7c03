import PythonSemantics
import PythonSyntax

extension Check {
  /// An async generator that is suspended inside a `with`: who stops iterating leaves it open.
  static let yieldInContextManager = Check(
    name: "yield-in-context-manager",
    messages: [CheckMessage("yield", ["manager", "function"])],
    traits: ["harmless-manager"],
    kinds: [.yieldExpr]
  ) { node, context in
    let tree = context.tree
    guard let scope = context.coroutineScope(of: node), context.model[scope].isGenerator,
      context.suspendedScope(at: node) == nil
    else { return }
    let function = context.model[scope].node
    guard let manager = context.suspendedManager(at: node), context.isPlainFunction(function) else {
      return
    }
    context.report(
      "yield", span: tree.span(node),
      [("manager", manager), ("function", context.functionName(of: scope))])
  }
}

extension CheckContext {
  /// The text of the innermost context that must be left and that a `yield` is inside of.
  fileprivate func suspendedManager(at node: NodeID) -> [UInt8]? {
    for (parent, child) in surroundings(of: node) where isBody(child, ofWith: parent) {
      guard let view = tree.withStmt(parent) else { continue }
      for item in tree.nodes(view.items).reversed() {
        guard let expression = tree.withItem(item)?.contextExpr,
          fact(ofCall: expression, trait: "harmless-manager") == nil
        else { continue }
        let call = tree.awaitExpr(expression)?.value ?? expression
        return written(tree.call(call)?.function ?? call)
      }
    }
    return nil
  }
}
