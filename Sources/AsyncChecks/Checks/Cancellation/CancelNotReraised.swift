import PythonSemantics
import PythonSyntax

extension Check {
  /// A handler that catches the cancellation of its task and does not pass it on.
  static let cancelNotReraised = Check(
    name: "cancel-not-reraised",
    messages: [
      CheckMessage("swallowed", ["exception", "function"]),
      CheckMessage("replaced", ["exception", "function"]),
      CheckMessage("suppressed", ["exception", "function"]),
    ],
    traits: ["cancelled", "suppress"],
    kinds: [.exceptHandler, .withStmt]
  ) { node, context in
    guard let swallowed = context.swallowedCancellation(at: node), swallowed.loop == nil else {
      return
    }
    context.report(
      swallowed.message, span: swallowed.span,
      [("exception", swallowed.caught.name), ("function", swallowed.function)])
  }

  /// The same in an endless loop, which then cannot be cancelled at all.
  static let cancelSwallowedInLoop = Check(
    name: "cancel-swallowed-in-loop",
    messages: [CheckMessage("loop", ["exception", "function"])],
    kinds: [.exceptHandler, .withStmt]
  ) { node, context in
    guard let swallowed = context.swallowedCancellation(at: node), let loop = swallowed.loop else {
      return
    }
    let note = Note(
      file: nil, span: context.whileSpan(loop),
      message: StaticString("this loop goes on after the cancellation").bytes)
    context.report(
      "loop", span: swallowed.span,
      [("exception", swallowed.caught.name), ("function", swallowed.function)], notes: [note])
  }
}

/// A place that keeps a cancellation from leaving its function.
private struct SwallowedCancellation {
  let caught: CaughtCancellation
  let message: StaticString
  let span: ByteSpan
  let function: [UInt8]
  /// The endless loop that goes on.
  let loop: NodeID?
}

extension CheckContext {
  fileprivate func swallowedCancellation(at node: NodeID) -> SwallowedCancellation? {
    guard let scope = coroutineScope(of: node), owner(of: node) == model[scope].node else {
      return nil
    }
    return tree.kind(node) == .exceptHandler
      ? swallowed(by: node, in: scope) : suppressed(by: node, in: scope)
  }

  private func swallowed(by handler: NodeID, in scope: ScopeID) -> SwallowedCancellation? {
    guard let statement = tree.parent(of: handler), tree.kind(statement) == .tryStmt,
      let view = tree.tryStmt(statement), let caught = caughtCancellation(by: handler),
      contains(tree.nodes(view.body), where: { isCheckpoint($0) }), !isShadowed(handler),
      !isExpected(handler, caught, body: view.body), !isTestFile
    else { return nil }
    let exits = swallowingExits(of: handler)
    guard !exits.isEmpty, !isInsideReraising(handler), !isRaisedLater(handler) else { return nil }
    if caught.isExplicit {
      if isWeighed(handler, caught) { return nil }
      if !caught.isTrio, !raisesOrdinaryError(handler, exits),
        endsFunction(statement, handler, exits),
        !exits.contains(.end) || !isAwaitedByOthers(model[scope].node)
      {
        return nil
      }
    }
    if !caught.isExplicit, isOfTwisted { return nil }
    if caught.isTrio, caught.isExplicit, waitsForever(view.body),
      endsFunction(statement, handler, exits)
    {
      return nil
    }
    let isReplaced = exits == .raises
    return SwallowedCancellation(
      caught: caught, message: isReplaced ? "replaced" : "swallowed",
      span: headSpan(of: handler), function: functionName(of: scope),
      loop: endlessLoop(around: statement, after: exits))
  }

  private func suppressed(by statement: NodeID, in scope: ScopeID) -> SwallowedCancellation? {
    guard let view = tree.withStmt(statement), let item = item(of: statement, ["suppress"])?.item,
      let expression = tree.withItem(item)?.contextExpr, let call = tree.call(expression),
      contains(tree.nodes(view.body), where: { isCheckpoint($0) }), !cancelsBefore(statement),
      !isEndOfCancelled(statement), isFollowed(statement, leavesLoop: false),
      !isInsideReraising(statement), !isDraining(statement), !isTestFile
    else { return nil }
    for argument in tree.nodes(call.arguments) {
      guard let fact = cancelledClass(argument) else { continue }
      let caught = CaughtCancellation(name: fact.shownName, isExplicit: true, isTrio: false)
      return SwallowedCancellation(
        caught: caught, message: "suppressed", span: tree.span(expression),
        function: functionName(of: scope),
        loop: endlessLoop(around: statement, after: .end))
    }
    return nil
  }

  /// Whether a file is for Twisted, which cancels with an exception of its own that is an
  /// `Exception`: it names Twisted, or Autobahn, which also works with Twisted, and not asyncio.
  private var isOfTwisted: Bool {
    tree.nameTable.id(of: "asyncio") == nil
      && (tree.nameTable.id(of: "twisted") != nil || tree.nameTable.id(of: "autobahn") != nil)
  }

  private func headSpan(of handler: NodeID) -> ByteSpan {
    let start = tree.span(handler).start
    guard let type = tree.exceptHandler(handler)?.type else {
      return ByteSpan(start: start, end: start + 6)
    }
    return ByteSpan(start: start, end: tree.span(type).end)
  }

  /// The word `while` and its condition.
  fileprivate func whileSpan(_ loop: NodeID) -> ByteSpan {
    let start = tree.span(loop).start
    return ByteSpan(start: start, end: tree.whileStmt(loop).map { tree.span($0.test).end } ?? start)
  }

  // MARK: What makes it right

  /// Whether a handler decides with an `if` what to do about the cancellation, or gives the
  /// exception to its caller. Trio's must always be raised again.
  private func isWeighed(_ handler: NodeID, _ caught: CaughtCancellation) -> Bool {
    guard let view = tree.exceptHandler(handler) else { return false }
    return contains(tree.nodes(view.body)) { node in
      if tree.kind(node) == .ifStmt { return !caught.isTrio }
      guard let value = tree.returnStmt(node)?.value, let name = tree.name(value)?.name else {
        return false
      }
      return name == view.name
    }
  }

  /// Whether a handler is part of another one that always raises in the end.
  private func isInsideReraising(_ handler: NodeID) -> Bool {
    surroundings(of: handler).contains { parent, child in
      tree.kind(parent) == .exceptHandler && tree.exceptHandler(parent)?.type != child
        && (swallowingExits(of: parent).isSubset(of: .raises) || isRaisedLater(parent))
    }
  }

  /// Whether a handler keeps the exception in a variable that the function raises or returns, or notes the
  /// cancellation in one that decides whether the function raises.
  private func isRaisedLater(_ handler: NodeID) -> Bool {
    guard let view = tree.exceptHandler(handler), let function = owner(of: handler) else {
      return false
    }
    return contains(tree.nodes(view.body)) { node in
      guard let assign = tree.assign(node), let target = tree.nodes(assign.targets).first else {
        return false
      }
      if tree.constantKind(assign.value) == .true { return decidesAboutRaising(target, function) }
      guard let name = view.name, tree.name(assign.value)?.name == name else { return false }
      return subtree(function).contains { inner in
        if let value = tree.returnStmt(inner)?.value {
          return contains(value) { isSameText($0, target) }
        }
        guard let raised = tree.raiseStmt(inner)?.exception else { return false }
        return isSameText(raised, target) || isMadeOf(raised, target)
      }
    }
  }

  /// Whether a function asks for a variable before it raises: `if not was_cancelled: raise`.
  private func decidesAboutRaising(_ variable: NodeID, _ function: NodeID) -> Bool {
    contains(function) { inner in
      guard let choice = tree.ifStmt(inner),
        contains(choice.test, where: { isSameText($0, variable) })
      else { return false }
      return contains(tree.nodes(choice.body)) { tree.kind($0) == .raiseStmt }
    }
  }

  /// Whether a name is given a value that another expression is part of: `error = own or other`.
  private func isMadeOf(_ name: NodeID, _ part: NodeID) -> Bool {
    guard let variable = variable(name) else { return false }
    return model[variable].bindings.contains { binding in
      guard binding.kind == .assignment, let parent = tree.parent(of: binding.node),
        let value = tree.assign(parent)?.value
      else { return false }
      return contains(value) { isSameText($0, part) }
    }
  }

  /// Whether the function shows that it knows about the cancellation: it cancelled something
  /// itself, asks what was caught, or hands the exception on.
  private func isExpected(
    _ handler: NodeID, _ caught: CaughtCancellation, body: NodeList,
  ) -> Bool {
    guard let view = tree.exceptHandler(handler) else { return true }
    // Trio has no tasks that one could await.
    if awaitsOnlyTasks(body) { return true }
    if !caught.isTrio,
      cancelsBefore(handler)
        || caught.isExplicit && !isInLoop(handler) && waitsForever(body)
        || tree.parent(of: handler).map({ isDraining($0) }) == true
    {
      return true
    }
    if contains(tree.nodes(view.body), where: { asksAboutCancellation($0) }) { return true }
    guard let name = view.name, !caught.isExplicit else { return false }
    return contains(tree.nodes(view.body)) { node in
      tree.name(node)?.name == name && isHandedOn(node)
    }
  }

  /// Whether a handler looks at what it caught or at the state of the task.
  private func asksAboutCancellation(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .call, let call = tree.call(node) else { return false }
    if let name = methodName(ofCall: node),
      isNamed(name, ["uncancel", "cancelling", "cancelled", "cancel_called", "done"])
    {
      return true
    }
    guard isBuiltin(call.function, ["isinstance", "type"]) else { return false }
    return true
  }

  /// Whether an exception goes somewhere else than into a log.
  private func isHandedOn(_ name: NodeID) -> Bool {
    guard let parent = tree.parent(of: name) else { return false }
    switch tree.kind(parent) {
    case .assign, .annAssign, .returnStmt, .tuple, .list, .dict, .attribute, .yieldExpr: return true
    case .keyword: return true
    case .call:
      guard let function = tree.call(parent)?.function, let last = lastName(function) else {
        return true
      }
      return !isNamed(
        last,
        [
          "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print",
          "repr", "str", "format_exc", "print_exc", "format_exception", "print_exception",
        ])
    default: return false
    }
  }

  /// Whether the body of a `try` waits for tasks or futures that are made elsewhere and may have
  /// been cancelled there: `await task`, `await self._task`.
  private func awaitsOnlyTasks(_ body: NodeList) -> Bool {
    var isOnly = true
    var count = 0
    for statement in tree.nodes(body) {
      forEachOwnNode(in: statement) { node in
        guard isCheckpoint(node), !isTimeout(node) else { return }
        count += 1
        guard let value = tree.awaitExpr(node)?.value else {
          isOnly = false
          return
        }
        if !isTask(value) { isOnly = false }
      }
    }
    return isOnly && count > 0
  }

  /// Whether a statement is the body of a loop that waits, through any further cancellation, until
  /// a task is done: `while not task.done():`.
  private func isDraining(_ statement: NodeID) -> Bool {
    guard let parent = tree.parent(of: statement), let loop = tree.whileStmt(parent),
      loop.body.count == 1
    else { return false }
    return contains(loop.test) { node in
      methodName(ofCall: node).map { isNamed($0, ["done"]) } ?? false
    }
  }

  /// Whether the body of a `try` can only end by being cancelled: it waits for an event that nobody
  /// else has, or sleeps forever.
  private func waitsForever(_ body: NodeList) -> Bool {
    guard body.count == 1, let statement = tree.nodes(body).first,
      let value = tree.exprStmt(statement)?.value, let operand = tree.awaitExpr(value)?.value,
      let call = tree.call(operand), let last = lastName(call.function)
    else { return false }
    if isNamed(last, ["sleep_forever", "Future", "create_future"]) { return true }
    if isNamed(last, ["sleep"]), let time = tree.nodes(call.arguments).first {
      return isNamed(time, ["inf"])
    }
    guard isNamed(last, ["wait"]), let event = receiver(ofCall: operand),
      let made = tree.call(event)?.function
    else { return false }
    return isNamed(made, ["Event"])
  }

  /// Whether an `async with` only sets a time limit.
  private func isTimeout(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .asyncWith, let view = tree.withStmt(node) else { return false }
    return tree.nodes(view.items).allSatisfy { item in
      guard let expression = tree.withItem(item)?.contextExpr, let call = tree.call(expression),
        let last = lastName(call.function)
      else { return false }
      return isNamed(last, ["timeout", "timeout_at"])
    }
  }

  /// Whether an awaited expression is a task by name, perhaps with a time limit or a shield.
  private func isTask(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .name, .attribute, .subscript: return true
    case .call:
      guard let call = tree.call(node), let last = lastName(call.function),
        isNamed(last, ["wait_for", "shield", "gather", "wait"]),
        let first = tree.nodes(call.arguments).first
      else { return false }
      return isTask(tree.starred(first)?.value ?? first)
    default: return false
    }
  }

  /// Whether a `with suppress(…)` waits for tasks that may have been cancelled elsewhere.
  private func isEndOfCancelled(_ statement: NodeID) -> Bool {
    tree.withStmt(statement).map { awaitsOnlyTasks($0.body) } ?? false
  }

  /// Whether a handler can only end in an error of a builtin class, which says nothing of a
  /// cancellation; a class of one's own may be what the caller waits for.
  private func raisesOrdinaryError(_ handler: NodeID, _ exits: Exits) -> Bool {
    guard exits == .raises else { return false }
    return contains(handler) { node in
      guard let raised = tree.raiseStmt(node)?.exception else { return false }
      return isBuiltin(
        tree.call(raised)?.function ?? raised,
        ["RuntimeError", "Exception", "ValueError", "TypeError", "KeyError", "OSError", "IOError"])
    }
  }

  /// Whether a handler lets the function end without a result, as the cancellation would.
  private func endsFunction(_ statement: NodeID, _ handler: NodeID, _ exits: Exits) -> Bool {
    if exits.contains(.continues) { return false }
    let returnsValue = contains(handler) { node in
      guard let value = tree.returnStmt(node)?.value else { return false }
      return tree.constantKind(value) != ConstantKind.none
    }
    if exits.contains(.returns), returnsValue, !isOnlyStarted(owner(of: handler)) { return false }
    guard exits.contains(.end) || exits.contains(.breaks) else { return true }
    return !isFollowed(statement, leavesLoop: exits == .breaks)
  }

  /// Whether the file makes tasks of a coroutine function and never awaits it: what it returns is
  /// the end of a task.
  private func isOnlyStarted(_ function: NodeID?) -> Bool {
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
  private func isAwaitedByOthers(_ function: NodeID) -> Bool {
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

  // MARK: Loops

  /// The endless loop that goes on when a statement is left in these ways.
  private func endlessLoop(around statement: NodeID, after exits: Exits) -> NodeID? {
    var exits = exits
    let plain = PathSearch(tree: tree) { _ in false }
    for (parent, child) in surroundings(of: statement) {
      if exits.contains(.end), let block = resolver.block(of: parent, holding: child),
        let index = block.firstIndex(of: child)
      {
        exits = exits.subtracting(.end).union(plain.exits(block[(index + 1)...]))
      }
      switch tree.kind(parent) {
      case .whileStmt:
        guard let test = tree.whileStmt(parent)?.test, tree.constantKind(test) == .true,
          exits.isSubset(of: [.end, .continues]), !exits.isEmpty
        else { return nil }
        return parent
      case .forStmt, .asyncFor: return nil
      default: continue
      }
    }
    return nil
  }
}
