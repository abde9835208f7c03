import PythonSemantics
import PythonSyntax

extension Check {
  /// A loop in a coroutine that neither ends nor lets anybody else run.
  static let loopWithoutYield = Check(
    name: "loop-without-yield",
    messages: [CheckMessage("endless", ["function"]), CheckMessage("spinning", ["test"])],
    kinds: [.whileStmt]
  ) { node, context in
    let tree = context.tree
    guard let loop = tree.whileStmt(node), let scope = context.coroutineScope(of: node),
      context.firstSuspension(below: node, in: scope) == nil, !context.isInTry(node)
    else { return }
    let header = ByteSpan(start: tree.span(node).start, end: tree.span(loop.test).end)
    if context.isTrue(loop.test) {
      guard !context.mayLeave(node, scope) else { return }
      context.report("endless", span: header, [("function", context.functionName(of: scope))])
    } else if tree.nodes(loop.body).allSatisfy({ context.isIdle($0) }), context.isFlag(loop.test) {
      context.report("spinning", span: header, [("test", context.written(loop.test))])
    }
  }
}

extension CheckContext {
  fileprivate func isTrue(_ test: NodeID) -> Bool {
    guard let constant = tree.constant(test) else { return false }
    switch constant.kind {
    case .true: return true
    case .int: return tree.text(of: test).elementsEqual(StaticString("1").bytes)
    case .none, .false, .ellipsis, .float, .complex, .string, .bytes: return false
    }
  }

  /// Whether a statement does nothing.
  fileprivate func isIdle(_ statement: NodeID) -> Bool {
    switch tree.kind(statement) {
    case .passStmt, .continueStmt: return true
    case .exprStmt: return tree.exprStmt(statement).flatMap { tree.constant($0.value) } != nil
    default: return false
    }
  }

  /// Whether a test only looks at something that others change: no call but of a method without
  /// arguments, such as `event.is_set()`.
  fileprivate func isFlag(_ test: NodeID) -> Bool {
    subtree(test).allSatisfy { node in
      switch tree.kind(node) {
      case .name, .attribute, .unaryOp, .compare, .constant, .boolOp: return true
      case .call:
        guard let call = tree.call(node) else { return false }
        return call.arguments.isEmpty && call.keywords.isEmpty
          && isNamed(call.function, ["is_set", "done", "empty", "locked", "is_alive", "is_closed"])
      default: return false
      }
    }
  }

  /// Whether a loop can be left, or calls something that may raise to leave it.
  fileprivate func mayLeave(_ loop: NodeID, _ scope: ScopeID) -> Bool {
    subtree(loop).contains { node in
      guard isRun(node, by: scope) else { return false }
      switch tree.kind(node) {
      case .breakStmt, .returnStmt, .raiseStmt, .yieldExpr, .assertStmt: return true
      case .call:
        guard let call = tree.call(node) else { return false }
        return isBuiltin(call.function, ["next", "exit", "quit"])
          || isNamed(call.function, ["exit", "_exit", "fail", "skip", "execv", "abort"])
      default: return false
      }
    }
  }

  /// Whether a `try` of the same function goes round a node: then something is expected to raise.
  fileprivate func isInTry(_ node: NodeID) -> Bool {
    var child = node
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .tryStmt, .tryStar: return true
      case .functionDef, .asyncFunctionDef, .lambda, .classDef: return false
      default: child = parent
      }
    }
    return false
  }
}
