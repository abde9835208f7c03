import PythonSemantics
import PythonSyntax

/// What a handler that catches cancellation catches it by.
struct CaughtCancellation {
  /// How messages name it: `asyncio.CancelledError`, `BaseException`, or `except:`.
  let name: [UInt8]
  /// Whether the handler names the cancellation itself, not just everything.
  let isExplicit: Bool
  /// Whether the exception is Trio's, or may be.
  let isTrio: Bool
}

extension CheckContext {
  /// How a handler catches the cancellation of the task, if it does.
  func caughtCancellation(by handler: NodeID) -> CaughtCancellation? {
    guard let view = tree.exceptHandler(handler) else { return nil }
    guard let type = view.type else {
      return CaughtCancellation(
        name: StaticString("except:").bytes, isExplicit: false, isTrio: dialect == .trio)
    }
    let types = tree.tuple(type).map { Array(tree.nodes($0.elements)) } ?? [type]
    for type in types {
      if let fact = cancelledClass(type) {
        return CaughtCancellation(
          name: fact.shownName, isExplicit: true,
          isTrio: fact.qualifiedName.first == UInt8(ascii: "t")
            || fact.qualifiedName.starts(with: StaticString("anyio").bytes))
      }
    }
    for type in types where isBuiltin(type, ["BaseException"]) {
      return CaughtCancellation(
        name: StaticString("BaseException").bytes, isExplicit: false, isTrio: dialect == .trio)
    }
    return nil
  }

  /// The fact about an expression that names the exception of a cancellation.
  func cancelledClass(_ node: NodeID) -> KnownCallable? {
    if tree.kind(node) == .call { return fact(ofCall: node, trait: "cancelled") }
    return symbol(of: node).flatMap { knowledge.fact($0, trait: "cancelled") }
  }

  /// Whether a handler of the same `try` before this one takes the cancellation.
  func isShadowed(_ handler: NodeID) -> Bool {
    guard let parent = tree.parent(of: handler), let view = tree.tryStmt(parent) else {
      return false
    }
    for other in tree.nodes(view.handlers) {
      if other == handler { return false }
      if caughtCancellation(by: other) != nil || catchesComputedClass(other) { return true }
    }
    return false
  }

  /// Whether a handler names a class that a call gives, as `get_cancelled_exc_class()` does.
  private func catchesComputedClass(_ handler: NodeID) -> Bool {
    guard let type = tree.exceptHandler(handler)?.type else { return false }
    let types = tree.tuple(type).map { Array(tree.nodes($0.elements)) } ?? [type]
    return types.contains { tree.kind($0) == .call }
  }

  /// The paths through a handler that do not raise the caught exception again.
  func swallowingExits(of handler: NodeID) -> Exits {
    guard let view = tree.exceptHandler(handler) else { return [] }
    let search = PathSearch(tree: tree) { [self] node in
      if tree.kind(node) == .raiseStmt { return isReraise(node, in: handler, view) }
      return contains(node) { endsProcess($0) || neverReturns($0) }
    }
    return search.exits(view.body)
  }

  private func isReraise(_ node: NodeID, in handler: NodeID, _ view: ExceptHandler) -> Bool {
    guard let statement = tree.raiseStmt(node) else { return false }
    guard let exception = statement.exception else {
      return surroundings(of: node).first { tree.kind($0.parent) == .exceptHandler }?.parent
        == handler
    }
    // `raise error.with_traceback(…)` raises the same one.
    var raised = exception
    while let call = tree.call(raised), let method = tree.attribute(call.function),
      isNamed(method.name, ["with_traceback"])
    {
      raised = method.value
    }
    if let name = tree.name(raised)?.name, name == view.name { return true }
    return cancelledClass(tree.call(raised)?.function ?? raised) != nil
      || cancelledClass(raised) != nil
  }

  /// Whether a call ends the process, or the interpreter does on its way.
  private func endsProcess(_ node: NodeID) -> Bool {
    guard let call = tree.call(node) else { return false }
    if isBuiltin(call.function, ["exit", "quit"]) { return true }
    guard let name = resolver.dottedName(of: call.function) else { return false }
    let ends: [StaticString] = ["sys.exit", "os._exit", "os.abort", "os.execv", "os.execvp"]
    return ends.contains { $0.withUTF8Buffer { name.elementsEqual($0) } }
  }

  /// Whether code before a place in the same function cancels something by hand, so that a
  /// cancellation is expected there.
  func cancelsBefore(_ node: NodeID) -> Bool {
    guard let function = owner(of: node) else { return false }
    let end = tree.span(node).end
    return contains(function) { inner in
      guard tree.span(inner).start < end, let name = methodName(ofCall: inner) else {
        return false
      }
      return isNamed(
        name, ["cancel", "cancel_scope", "uncancel", "cancelling", "cancelled", "throw"])
    }
  }
}
