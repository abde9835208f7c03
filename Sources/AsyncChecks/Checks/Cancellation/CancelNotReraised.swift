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
        !exits.contains(.end) || !isAwaitedByOthers(model[scope].node),
        exits == .raises
          || isOnlyStarted(model[scope].node)
          || !returnsValues(model[scope].node) && isRunAsTask(model[scope].node, body: view.body)
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
