import PythonSemantics
import PythonSyntax

/// What the outcome of a condition says of an object that one may have to wait for.
private struct Readiness {
  /// Whether the object is ready, or nothing has to be waited for, when the condition is true;
  /// `nil` if that is not known.
  var whenTrue: Bool?
  var whenFalse: Bool?

  var negated: Readiness { Readiness(whenTrue: whenFalse, whenFalse: whenTrue) }
}

extension CheckContext {
  /// Whether a condition around a node, or a statement just before its own, has made sure by one of
  /// the methods that the receiver is ready: `if not queue.empty():`.
  func isKnown(_ receiver: NodeID, by methods: [StaticString], at node: NodeID) -> Bool {
    let text = written(receiver)
    var child = node
    while let parent = tree.parent(of: child) {
      if let block = resolver.block(of: parent, holding: child),
        let index = block.firstIndex(of: child),
        block[..<index].suffix(2).contains(where: { isReady(text, methods, behind: $0) })
      {
        return true
      }
      var asked: (test: NodeID, isTrue: Bool)?
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef, .lambda, .classDef: return false
      case .whileStmt:
        if let loop = tree.whileStmt(parent) {
          asked = (loop.test, tree.nodes(loop.body).contains(child))
        }
      case .ifStmt:
        if let choice = tree.ifStmt(parent) {
          asked = (choice.test, tree.nodes(choice.body).contains(child))
        }
      case .ifExp:
        if let choice = tree.ifExp(parent) { asked = (choice.test, choice.body == child) }
      default: break
      }
      if let asked, asked.test != child, let readiness = readiness(asked.test, text, methods),
        (asked.isTrue ? readiness.whenTrue : readiness.whenFalse) == true
      {
        return true
      }
      child = parent
    }
    return false
  }

  /// Whether the receiver is ready behind a statement: a loop that asks until it is,
  /// `while queue.empty(): await sleep(0)`, or an `if` that leaves the block while it is not.
  private func isReady(
    _ text: [UInt8], _ methods: [StaticString], behind statement: NodeID,
  ) -> Bool {
    if let loop = tree.whileStmt(statement) {
      return readiness(loop.test, text, methods)?.whenFalse == true
    }
    guard let choice = tree.ifStmt(statement), choice.orElse.isEmpty,
      let last = tree.nodes(choice.body).last
    else { return false }
    switch tree.kind(last) {
    case .returnStmt, .raiseStmt, .continueStmt, .breakStmt:
      return readiness(choice.test, text, methods)?.whenFalse == true
    default: return false
    }
  }

  /// What a condition says of a receiver, if it asks it at all.
  private func readiness(
    _ test: NodeID, _ receiver: [UInt8], _ methods: [StaticString],
  ) -> Readiness? {
    switch tree.kind(test) {
    case .call:
      guard let call = tree.call(test), let method = tree.attribute(call.function),
        isOneOf(method.name, methods), written(method.value) == receiver
      else { break }
      let isReady = !isOneOf(method.name, ["empty", "is_alive"])
      return Readiness(whenTrue: isReady, whenFalse: !isReady)
    case .unaryOp:
      guard let view = tree.unaryOp(test), view.operator == .not else { break }
      return readiness(view.operand, receiver, methods)?.negated
    case .boolOp:
      guard let view = tree.boolOp(test),
        let part = tree.nodes(view.values).lazy.compactMap({
          self.readiness($0, receiver, methods)
        }).first
      else { break }
      // The other parts decide as well.
      return view.isAnd
        ? Readiness(whenTrue: part.whenTrue) : Readiness(whenFalse: part.whenFalse)
    case .compare:
      guard let view = tree.compare(test), let other = tree.nodes(view.comparators).first,
        let part = readiness(view.left, receiver, methods)
      else { break }
      return isNothing(other) && [.eq, .is].contains(tree.comparisonOperator(view, at: 0))
        ? part.negated : part
    default: break
    }
    // Who knows what a longer condition makes of the answer.
    return contains(test) { inner in
      guard let call = tree.call(inner), let method = tree.attribute(call.function) else {
        return false
      }
      return isOneOf(method.name, methods) && written(method.value) == receiver
    } ? Readiness(whenTrue: true, whenFalse: true) : nil
  }

  /// Whether an expression is `0` or `False`.
  private func isNothing(_ node: NodeID) -> Bool {
    tree.integerValue(node) == 0 || tree.constantKind(node) == .false
  }
}
