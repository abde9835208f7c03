import PythonSemantics
import PythonSyntax

/// What becomes of a function after a statement.
extension CheckContext {
  /// Whether a handler can only end in an error of a builtin class, which says nothing of a
  /// cancellation; a class of one's own may be what the caller waits for.
  func raisesOrdinaryError(_ handler: NodeID, _ exits: Exits) -> Bool {
    guard exits == .raises else { return false }
    return contains(handler) { node in
      guard let raised = tree.raiseStmt(node)?.exception else { return false }
      return isBuiltin(
        tree.call(raised)?.function ?? raised,
        ["RuntimeError", "Exception", "ValueError", "TypeError", "KeyError", "OSError", "IOError"])
    }
  }

  /// Whether a handler lets the function end without a result, as the cancellation would.
  func endsFunction(_ statement: NodeID, _ handler: NodeID, _ exits: Exits) -> Bool {
    if exits.contains(.continues) { return false }
    let returnsValue = contains(handler) { node in
      guard let value = tree.returnStmt(node)?.value else { return false }
      return tree.constantKind(value) != ConstantKind.none
    }
    if exits.contains(.returns), returnsValue, !isOnlyStarted(owner(of: handler)) { return false }
    guard exits.contains(.end) || exits.contains(.breaks) else { return true }
    return !isFollowed(statement, leavesLoop: exits == .breaks)
  }

  /// Whether a function returns a value somewhere, so that its callers wait for one.
  func returnsValues(_ function: NodeID) -> Bool {
    contains(function) { node in
      guard let value = tree.returnStmt(node)?.value else { return false }
      return tree.constantKind(value) != ConstantKind.none
    }
  }

  /// Whether a function may be the whole work of a task, which ends with it: it loops, it has
  /// decorators or belongs to a protocol of somebody else, or the file uses it other than by
  /// awaiting it.
  func isRunAsTask(_ function: NodeID, body: NodeList) -> Bool {
    guard let view = tree.functionDef(function), view.decorators.isEmpty,
      !contains(tree.nodes(view.body), where: { isLoop($0) }),
      let symbol = resolver.module.symbol(ofDefinition: function)
    else { return true }
    if resolver.owner(ofMethod: function) != nil, tree.text(of: view.name).first == 0x5F {
      return true
    }
    for node in tree.nodes {
      guard tree.name(node)?.name == view.name || tree.attribute(node)?.name == view.name,
        !isInside(node, function)
      else { continue }
      guard let call = tree.parent(of: node), tree.call(call)?.function == node,
        isAwaited(call), projectFunction(ofCall: call)?.symbol == symbol
      else { return true }
    }
    return false
  }

  /// Whether the file makes tasks of a coroutine function and never awaits it: what it returns is
  /// the end of a task.
  func isOnlyStarted(_ function: NodeID?) -> Bool {
    var isStarted = false
    for node in tree.nodes where tree.kind(node) == .call {
      guard let called = projectFunction(ofCall: node), called.module == resolver.moduleID,
        called.node == function, let parent = tree.parent(of: node)
      else { continue }
      guard tree.call(parent) != nil, fact(ofCall: parent, .spawn) != nil else { return false }
      isStarted = true
    }
    return isStarted
  }

  /// Whether another coroutine of the file awaits a function and goes on with something else: it
  /// does not learn that it was cancelled.
  func isAwaitedByOthers(_ function: NodeID) -> Bool {
    tree.nodes.contains { node in
      guard let operand = tree.awaitExpr(node)?.value,
        let called = projectFunction(ofCall: operand), called.module == resolver.moduleID,
        called.node == function, owner(of: node) != function
      else { return false }
      let statement = statement(of: node)
      return tree.kind(statement) == .exprStmt && isFollowed(statement, leavesLoop: false)
    }
  }

  /// Whether the function goes on after a statement: with others, or with the next round.
  func isFollowed(_ statement: NodeID, leavesLoop: Bool) -> Bool {
    var leavesLoop = leavesLoop
    for (parent, child) in surroundings(of: statement) + [outermost(statement)] {
      let isLeaving = leavesLoop
      if isLoop(parent) {
        if !leavesLoop { return true }
        leavesLoop = false
      }
      if !isLeaving, let block = resolver.block(of: parent, holding: child),
        let index = block.firstIndex(of: child),
        block[(index + 1)...].contains(where: { !isEmptyReturn($0) })
      {
        return true
      }
    }
    return false
  }

  /// The function around a statement and the statement of its body that holds it.
  private func outermost(_ statement: NodeID) -> (parent: NodeID, child: NodeID) {
    let child = surroundings(of: statement).last?.parent ?? statement
    return (tree.parent(of: child) ?? tree.root, child)
  }

  /// Whether a statement is no work that the cancellation should have kept from being done: it
  /// returns nothing, logs, or stores a constant.
  private func isEmptyReturn(_ statement: NodeID) -> Bool {
    if tree.kind(statement) == .passStmt { return true }
    if let assign = tree.assign(statement) { return tree.constant(assign.value) != nil }
    if let value = tree.exprStmt(statement)?.value, let method = methodName(ofCall: value) {
      return isNamed(method, ["debug", "info", "warning", "error", "exception", "log"])
    }
    guard let view = tree.returnStmt(statement) else { return false }
    return view.value.map { tree.constantKind($0) == ConstantKind.none } ?? true
  }
}
