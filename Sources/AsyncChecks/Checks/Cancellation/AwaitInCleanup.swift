import PythonSemantics
import PythonSyntax

extension Check {
  /// An unshielded `await` where a cancelled scope of Trio or AnyIO cleans up: it raises at once.
  static let awaitInCleanup = Check(
    name: "await-in-cleanup",
    messages: [
      CheckMessage("finally", ["call"]),
      CheckMessage("handler", ["call", "exception"]),
    ],
    traits: ["cancel-scope", "cancel-proof"],
    kinds: [.awaitExpr]
  ) { node, context in
    guard context.dialect != .asyncio, let place = context.cleanup(around: node),
      !context.isShielded(node), !context.isCancelProof(node)
    else { return }
    let call = context.awaitedName(node)
    switch place {
    case .final: context.report("finally", span: context.tree.span(node), [("call", call)])
    case .cancelled(let name):
      context.report(
        "handler", span: context.tree.span(node), [("call", call), ("exception", name)])
    case .handler: return
    }
  }

  /// The same in a handler for errors: a cancellation that comes then takes the error's place.
  static let awaitInHandler = Check(
    name: "await-in-handler",
    messages: [CheckMessage("await", ["call"])],
    kinds: [.awaitExpr]
  ) { node, context in
    guard context.dialect != .asyncio, let place = context.cleanup(around: node),
      case .handler = place, !context.isShielded(node), !context.isCancelProof(node)
    else { return }
    context.report(
      "await", span: context.tree.span(node), [("call", context.awaitedName(node))])
  }
}

/// The kind of block that runs while an exception is on its way.
private enum Cleanup {
  case final
  /// A handler of the cancellation, with the exception's name.
  case cancelled([UInt8])
  case handler
}

extension CheckContext {
  /// The innermost clean-up block around a node.
  fileprivate func cleanup(around node: NodeID) -> Cleanup? {
    guard coroutineScope(of: node) != nil else { return nil }
    for (parent, child) in surroundings(of: node) {
      if let view = tree.tryStmt(parent) {
        if tree.nodes(view.finalBody).contains(child) { return .final }
        // What the clean-up does when it is cancelled itself is said beside it.
        if tree.nodes(view.body).contains(child),
          tree.nodes(view.handlers).contains(where: { caughtCancellation(by: $0) != nil })
        {
          return nil
        }
      }
      guard tree.kind(parent) == .exceptHandler, let view = tree.exceptHandler(parent),
        child != view.type
      else { continue }
      return caughtCancellation(by: parent).map { .cancelled($0.name) } ?? .handler
    }
    return nil
  }

  /// Whether a cancel scope around a node shields it.
  fileprivate func isShielded(_ node: NodeID) -> Bool {
    for (parent, child) in surroundings(of: node) where isBody(child, ofWith: parent) {
      for item in tree.withStmt(parent).map({ tree.nodes($0.items) }) ?? tree.nodes(.empty) {
        guard let view = tree.withItem(item), let call = tree.call(view.contextExpr) else {
          continue
        }
        if let shield = keyword(call, "shield"), tree.constantKind(shield) != .false {
          return true
        }
        // `scope.shield = True` may come later.
        if view.target != nil, tree.nameTable.id(of: "shield") != nil { return true }
      }
    }
    return false
  }

  /// Whether what is awaited does its work in a cancelled scope, too: `aclose()`, shielded
  /// checkpoints.
  fileprivate func isCancelProof(_ node: NodeID) -> Bool {
    guard let value = tree.awaitExpr(node)?.value else { return true }
    if fact(ofCall: value, trait: "cancel-proof") != nil { return true }
    guard let call = tree.call(value), let last = lastName(call.function) else { return false }
    return isNamed(last, Self.cancelProofNames) || shieldsItself(value)
      || keyword(call, "shield").map { tree.constantKind($0) != .false } ?? false
  }

  private static var cancelProofNames: [StaticString] {
    ["aclose", "aclose_forcefully", "cancel_shielded_checkpoint", "__aexit__"]
  }

  /// Whether a coroutine function of the project shields all that it waits for, or waits for
  /// nothing.
  private func shieldsItself(_ call: NodeID) -> Bool {
    guard let function = projectFunction(ofCall: call), function.isCoroutineFunction else {
      return false
    }
    let tree = project[function.module].model.tree
    guard let view = tree.functionDef(function.node) else { return false }
    return !tree.nodes(view.body).contains { waitsUnshielded($0, in: tree) }
  }

  /// Whether running a statement may wait outside of a shield.
  private func waitsUnshielded(_ statement: NodeID, in tree: SyntaxTree) -> Bool {
    var stack = [statement]
    while let node = stack.popLast() {
      switch tree.kind(node) {
      case .functionDef, .asyncFunctionDef, .lambda, .classDef: continue
      case .asyncFor, .yieldExpr: return true
      case .awaitExpr:
        guard let value = tree.awaitExpr(node)?.value, let call = tree.call(value),
          let last = tree.attribute(call.function)?.name ?? tree.name(call.function)?.name
        else { return true }
        let text = tree.text(of: last)
        guard
          Self.cancelProofNames.contains(where: { $0.withUTF8Buffer { text.elementsEqual($0) } })
        else { return true }
      case .withStmt, .asyncWith:
        if tree.withStmt(node).map({ shields($0, in: tree) }) ?? false { continue }
        if tree.kind(node) == .asyncWith { return true }
      default: break
      }
      tree.forEachChild(of: node) { stack.append($0) }
    }
    return false
  }

  /// Whether a `with` statement enters a scope with `shield=True`, or begins with
  /// `scope.shield = True`.
  private func shields(_ statement: WithStmt, in tree: SyntaxTree) -> Bool {
    if let first = tree.nodes(statement.body).first, let assign = tree.assign(first),
      tree.constantKind(assign.value) == .true,
      let name = tree.nodes(assign.targets).first.flatMap({ tree.attribute($0)?.name }),
      tree.text(of: name).elementsEqual(StaticString("shield").bytes)
    {
      return true
    }
    return tree.nodes(statement.items).contains { item in
      guard let expression = tree.withItem(item)?.contextExpr, let call = tree.call(expression)
      else { return false }
      return tree.nodes(call.keywords).contains { node in
        guard let keyword = tree.keyword(node), let name = keyword.name else { return false }
        return tree.text(of: name).elementsEqual(StaticString("shield").bytes)
          && tree.constantKind(keyword.value) == .true
      }
    }
  }

  /// What an `await` waits for, as messages name it.
  fileprivate func awaitedName(_ node: NodeID) -> [UInt8] {
    guard let value = tree.awaitExpr(node)?.value else { return [] }
    return written(tree.call(value)?.function ?? value)
  }
}
