import PythonSemantics
import PythonSyntax

extension Check {
  /// `Condition.wait` below an `if`: the condition is not looked at again after waking up.
  static let conditionWaitUnderIf = Check(
    name: "condition-wait-under-if",
    messages: [CheckMessage("wait", ["call", "test"])],
    traits: ["condition-wait"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "condition-wait"),
      context.isAwaited(node) || context.isLimitedInTime(node)
    else { return }
    let statement = context.statement(of: node)
    guard let parent = tree.parent(of: statement), let choice = tree.ifStmt(parent),
      tree.nodes(choice.body).contains(statement), !context.isInLoop(parent),
      context.goesOn(behind: parent, choice)
    else { return }
    context.report(
      "wait", fact: fact, span: tree.span(node),
      [("call", context.written(node)), ("test", context.written(choice.test))]
    ) { context.looping(parent, choice) }
  }
}

extension CheckContext {
  /// Whether a call is the argument of an awaited `asyncio.wait_for`.
  func isLimitedInTime(_ node: NodeID) -> Bool {
    guard let parent = tree.parent(of: node), tree.kind(parent) == .call, isAwaited(parent),
      let callee = callee(of: parent)
    else { return false }
    return isName(callee, "asyncio.wait_for")
  }

  /// Whether code of the same block runs behind an `if` whose branch was taken: it relies on what
  /// the task has waited for.
  fileprivate func goesOn(behind node: NodeID, _ choice: IfStmt) -> Bool {
    if let last = tree.nodes(choice.body).last {
      switch tree.kind(last) {
      case .returnStmt, .raiseStmt, .breakStmt, .continueStmt: return false
      default: break
      }
    }
    guard let parent = tree.parent(of: node),
      let block = resolver.block(of: parent, holding: node)
    else { return false }
    return block.last != node
  }

  /// Whether a loop of the same function goes round a node.
  func isInLoop(_ node: NodeID) -> Bool {
    var child = node
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .whileStmt:
        if tree.whileStmt(parent)?.test != child { return true }
      case .forStmt, .asyncFor:
        if let loop = tree.forStmt(parent), tree.nodes(loop.body).contains(child) { return true }
      case .functionDef, .asyncFunctionDef, .classDef, .lambda: return false
      default: break
      }
      child = parent
    }
    return false
  }

  /// The fix that writes `while` for `if`.
  fileprivate func looping(_ node: NodeID, _ choice: IfStmt) -> Fix? {
    let start = tree.span(node).start
    // An `elif` is a statement of its own too, and cannot be a loop.
    let isPlain = tree.text(of: node).starts(with: StaticString("if").bytes)
    guard choice.orElse.isEmpty, isPlain else { return nil }
    let edit = Edit(
      span: ByteSpan(start: start, end: start + 2), replacement: StaticString("while").bytes)
    return .safe(StaticString("look at the condition again").bytes, [edit])
  }
}
