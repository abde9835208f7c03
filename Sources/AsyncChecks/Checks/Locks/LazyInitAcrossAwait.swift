import PythonSemantics
import PythonSyntax

extension Check {
  /// A shared value that is made when it is missing, with an `await` between the look and the write.
  static let lazyInitAcrossAwait = Check(
    name: "lazy-init-across-await",
    messages: [CheckMessage("missing", ["test", "target"])],
    kinds: [.ifStmt]
  ) { node, context in
    let tree = context.tree
    guard let scope = context.coroutineScope(of: node), let choice = tree.ifStmt(node),
      let target = context.missing(choice.test), context.isShared(target, in: scope),
      !context.isLocked(node), !context.isInLoop(node)
    else { return }
    var suspension: Suspension?
    for statement in tree.nodes(choice.body) {
      if suspension == nil { suspension = context.firstSuspension(below: statement, in: scope) }
      guard let written = context.assignedTarget(statement, target), let suspension else {
        continue
      }
      let note = Note(
        span: tree.span(suspension.node),
        message: StaticString("other tasks run here, and find nothing either").bytes)
      context.report(
        "missing", span: tree.span(choice.test),
        [("test", context.written(choice.test)), ("target", context.written(written))],
        notes: [note])
      return
    }
  }
}

extension CheckContext {
  /// What a test says is missing: `x` in `x is None` and `not x`, `x` in `key not in x`.
  fileprivate func missing(_ test: NodeID) -> NodeID? {
    if let not = tree.unaryOp(test), not.operator == .not {
      return tree.attribute(not.operand) != nil || tree.name(not.operand) != nil
        ? not.operand : nil
    }
    guard let comparison = tree.compare(test), comparison.comparators.count == 1,
      let other = tree.nodes(comparison.comparators).first
    else { return nil }
    switch tree.comparisonOperator(comparison, at: 0) {
    case .is: return tree.constant(other)?.kind == ConstantKind.none ? comparison.left : nil
    case .notIn: return other
    default: return nil
    }
  }

  /// The target of an assignment that stores what was missing, or an element of it.
  fileprivate func assignedTarget(_ statement: NodeID, _ missing: NodeID) -> NodeID? {
    guard let assign = tree.assign(statement), let target = tree.nodes(assign.targets).first,
      // A flag that is set says that something was done; what was made is not lost.
      tree.constant(assign.value) == nil
    else { return nil }
    let place = tree.subscript(target)?.value ?? target
    return tree.text(of: place).elementsEqual(tree.text(of: missing)) ? target : nil
  }
}
