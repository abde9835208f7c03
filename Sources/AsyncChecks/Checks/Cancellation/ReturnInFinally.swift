import PythonSemantics
import PythonSyntax

extension Check {
  /// `return`, `break` or `continue` in a `finally`, which drops the exception on its way.
  static let returnInFinally = Check(
    name: "return-in-finally",
    messages: [CheckMessage("statement", ["statement", "function"])],
    kinds: [.returnStmt, .breakStmt, .continueStmt]
  ) { node, context in
    let tree = context.tree
    guard let scope = context.coroutineScope(of: node) else { return }
    let isReturn = tree.kind(node) == .returnStmt
    for (parent, child) in context.surroundings(of: node) {
      if !isReturn, context.isLoop(parent) { return }
      guard let view = tree.tryStmt(parent), tree.nodes(view.finalBody).contains(child) else {
        continue
      }
      let words = tree.text(of: node).prefix { $0 != 0x20 && $0 != 0x28 }
      context.report(
        "statement", span: tree.span(node),
        [("statement", Array(words)), ("function", context.functionName(of: scope))])
      return
    }
  }

  /// `return`, `break` or `continue` out of a task group, which waits for its tasks first.
  static let controlFlowInTaskGroup = Check(
    name: "control-flow-in-task-group",
    messages: [CheckMessage("statement", ["statement", "call"])],
    kinds: [.returnStmt, .breakStmt, .continueStmt]
  ) { node, context in
    let tree = context.tree
    guard context.hasCoroutines else { return }
    let isReturn = tree.kind(node) == .returnStmt
    for (parent, child) in context.surroundings(of: node) {
      if !isReturn, context.isLoop(parent) { return }
      guard context.isBody(child, ofWith: parent),
        let (_, fact) = context.item(of: parent, ["task-group"])
      else { continue }
      let words = tree.text(of: node).prefix { $0 != 0x20 && $0 != 0x28 }
      context.report(
        "statement", span: tree.span(node),
        [("statement", Array(words)), ("call", fact.shownName)])
      return
    }
  }
}

extension CheckContext {
  /// Whether a node is a `for` or `while` statement.
  func isLoop(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .forStmt, .asyncFor, .whileStmt: true
    default: false
    }
  }
}
