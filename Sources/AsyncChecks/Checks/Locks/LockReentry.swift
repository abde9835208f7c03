import PythonSemantics
import PythonSyntax

extension Check {
  /// A lock that a coroutine takes again while it has it: it waits for itself.
  static let lockReentry = Check(
    name: "lock-reentry",
    messages: [
      CheckMessage("nested", ["lock", "class"]),
      CheckMessage("reached", ["lock", "class", "call"]),
    ],
    traits: ["lock-not-reentrant"],
    kinds: [.asyncWith]
  ) { node, context in
    let tree = context.tree
    guard let statement = tree.withStmt(node), let scope = context.coroutineScope(of: node) else {
      return
    }
    for item in tree.nodes(statement.items) {
      guard let lock = tree.withItem(item)?.contextExpr, let held = context.heldLock(lock) else {
        continue
      }
      for inner in tree.nodes(statement.body) { context.checkReentry(inner, scope, held) }
    }
  }
}

/// A lock by which one can tell that two expressions mean the same one.
private struct HeldLock {
  let expression: NodeID
  let fact: KnownCallable
  let identity: LockIdentity
}

private enum LockIdentity: Equatable {
  /// A variable of the module.
  case variable(VariableID)
  /// `self.name` in the methods of a class.
  case attribute(SymbolID, NameID)
}

extension CheckContext {
  /// What tells a lock apart that is held by `async with`; `nil` when it is not certain.
  fileprivate func heldLock(_ node: NodeID) -> HeldLock? {
    guard let cls = resolver.instanceClass(of: node),
      let fact = knowledge.fact(cls, trait: "lock-not-reentrant"), tree.kind(node) != .call
    else { return nil }
    if let variable = variable(node) {
      guard model[variable].bindings.count == 1 else { return nil }
      return HeldLock(expression: node, fact: fact, identity: .variable(variable))
    }
    guard let attribute = tree.attribute(node), let receiver = variable(attribute.value),
      let binding = model[receiver].bindings.first, binding.kind == .parameter,
      model[receiver].bindings.count == 1,
      case .instance(let owner) = resolver.value(of: attribute.value),
      isSelf(attribute.value)
    else { return nil }
    return HeldLock(
      expression: node, fact: fact, identity: .attribute(owner, attribute.name))
  }

  /// Whether a name is the first parameter of the method around it.
  func isSelf(_ node: NodeID) -> Bool {
    guard let variable = variable(node), let binding = model[variable].bindings.first,
      binding.kind == .parameter, let list = tree.parent(of: binding.node),
      let view = tree.arguments(list), let function = tree.parent(of: list)
    else { return false }
    let first = tree.nodes(view.positionalOnly).first ?? tree.nodes(view.positional).first
    return first == binding.node && resolver.owner(ofMethod: function) != nil
  }

  fileprivate func checkReentry(_ statement: NodeID, _ scope: ScopeID, _ held: HeldLock) {
    for node in subtree(statement) where isRun(node, by: scope) {
      if let inner = tree.withItem(node)?.contextExpr, isAwaited(inner),
        heldLock(inner)?.identity == held.identity
      {
        report(
          "nested", fact: held.fact, span: tree.span(inner),
          [("lock", written(inner)), ("class", held.fact.shownName)], notes: [note(held)])
      }
      guard tree.kind(node) == .awaitExpr, let operand = tree.awaitExpr(node)?.value,
        let call = tree.call(operand), let taken = taking(held, operand, depth: 0)
      else { continue }
      let place = Note(
        span: tree.span(taken), message: StaticString("the lock is taken again here").bytes)
      report(
        "reached", fact: held.fact, span: tree.span(operand),
        [
          ("lock", written(held.expression)), ("class", held.fact.shownName),
          ("call", written(call.function)),
        ], notes: [note(held), place])
    }
  }

  private func note(_ held: HeldLock) -> Note {
    Note(
      span: tree.span(held.expression), message: StaticString("the lock is taken here").bytes)
  }

  /// The place where calling a coroutine function certainly takes a lock that is held already.
  private func taking(_ held: HeldLock, _ node: NodeID, depth: Int) -> NodeID? {
    guard depth < 4, let call = tree.call(node), let function = projectFunction(ofCall: node),
      function.isCoroutineFunction, function.module == resolver.moduleID, !function.isAmbiguous,
      let scope = model.scope(openedBy: function.node)
    else { return nil }
    // Another object of the class has another lock.
    if case .attribute = held.identity {
      guard let receiver = tree.attribute(call.function)?.value, isSelf(receiver) else {
        return nil
      }
    }
    for inner in subtree(function.node) where isRun(inner, by: scope) {
      guard model.runsAlways(inner, in: scope) else { continue }
      if let lock = tree.withItem(inner)?.contextExpr, isAwaited(lock),
        isSame(heldLock(lock)?.identity, held.identity)
      {
        return lock
      }
      if tree.kind(inner) == .call, isAwaited(inner),
        let found = taking(held, inner, depth: depth + 1)
      {
        return found
      }
    }
    return nil
  }

  /// A method of a base class takes the lock of the same object.
  private func isSame(_ inner: LockIdentity?, _ held: LockIdentity) -> Bool {
    guard let inner else { return false }
    if case .attribute(let innerClass, let name) = inner,
      case .attribute(let heldClass, let heldName) = held
    {
      return name == heldName
        && (project.isSubclass(heldClass, of: innerClass)
          || project.isSubclass(innerClass, of: heldClass))
    }
    return inner == held
  }
}
