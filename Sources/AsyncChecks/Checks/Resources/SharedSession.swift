import PythonSemantics
import PythonSyntax

extension Check {
  /// A database session or connection that coroutines use which run at the same time.
  static let sessionSharedByTasks = Check(
    name: "session-shared-by-tasks",
    messages: [
      CheckMessage("several", ["session", "call", "class"]),
      CheckMessage("each", ["session", "call", "class"]),
    ],
    traits: ["one-task"],
    kinds: [.call, .asyncWith]
  ) { node, context in
    let tree = context.tree
    if tree.kind(node) == .asyncWith {
      context.checkTaskGroup(node)
      return
    }
    guard let fact = context.fact(ofCall: node, .concurrent), let call = tree.call(node) else {
      return
    }
    context.checkCoroutines(Array(tree.nodes(call.arguments)), fact.shownName)
  }
}

extension CheckContext {
  /// A session that a coroutine call uses: where it is named, and its class.
  private struct SessionUse {
    let node: NodeID
    let name: [UInt8]
    let fact: KnownCallable
  }

  fileprivate func checkCoroutines(_ arguments: [NodeID], _ call: [UInt8]) {
    var seen: [SessionUse] = []
    for argument in arguments {
      if let starred = tree.starred(argument) {
        for value in tree.kind(starred.value) == .name
          ? displays(of: starred.value) ?? [] : [starred.value]
        {
          checkDisplay(value, call, &seen)
        }
      } else {
        note(sessions(of: argument), call, &seen)
      }
    }
  }

  private func checkDisplay(_ value: NodeID, _ call: [UInt8], _ seen: inout [SessionUse]) {
    if let comprehension = tree.comprehension(value) {
      let span = tree.span(value)
      for use in sessions(of: comprehension.element) where !isBound(use.node, within: span) {
        reportSession("each", use, call)
        return
      }
    } else if let elements = tree.list(value) ?? tree.tuple(value) {
      for element in tree.nodes(elements.elements) { note(sessions(of: element), call, &seen) }
    }
  }

  private func note(_ uses: [SessionUse], _ call: [UInt8], _ seen: inout [SessionUse]) {
    for use in uses {
      if seen.contains(where: { $0.name.elementsEqual(use.name) }) {
        reportSession("several", use, call)
        return
      }
    }
    seen += uses
  }

  private func reportSession(_ message: StaticString, _ use: SessionUse, _ call: [UInt8]) {
    report(
      message, fact: use.fact, span: tree.span(use.node),
      [("session", use.name), ("call", call), ("class", use.fact.lastName)])
  }

  /// `create_task` several times, or in a loop, in the block of a task group.
  fileprivate func checkTaskGroup(_ node: NodeID) {
    guard let statement = tree.withStmt(node) else { return }
    var seen: [SessionUse] = []
    var stack = Array(tree.nodes(statement.body).reversed()).map { ($0, NodeID?.none) }
    while let (part, loop) = stack.popLast() {
      switch tree.kind(part) {
      case .functionDef, .asyncFunctionDef, .classDef, .lambda, .ifStmt, .tryStmt: continue
      case .call:
        guard let fact = fact(ofCall: part, .spawn), let call = tree.call(part),
          isTask(of: statement, call), let argument = tree.nodes(call.arguments).first
        else { break }
        let uses = sessions(of: argument)
        if let loop, let use = uses.first(where: { !isBound($0.node, within: tree.span(loop)) }) {
          reportSession("each", use, fact.shownName)
          return
        }
        note(uses, fact.shownName, &seen)
      default: break
      }
      var inner = loop
      switch tree.kind(part) {
      case .forStmt, .asyncFor, .listComp, .setComp, .generatorExp: inner = part
      default: break
      }
      var children: [(NodeID, NodeID?)] = []
      tree.forEachChild(of: part) { children.append(($0, inner)) }
      stack += children.reversed()
    }
  }

  /// Whether a call is a method of what an `async with` binds.
  private func isTask(of statement: WithStmt, _ call: Call) -> Bool {
    guard let method = tree.attribute(call.function), let group = tree.name(method.value) else {
      return false
    }
    return tree.nodes(statement.items).contains { item in
      tree.withItem(item)?.target.flatMap { tree.name($0)?.name } == group.name
    }
  }

  /// The sessions that a coroutine call gets as arguments, or is a method of.
  private func sessions(of node: NodeID) -> [SessionUse] {
    guard let call = tree.call(node) else { return [] }
    var uses: [SessionUse] = []
    if let fact = fact(ofCall: node, .spawn) {
      guard fact.qualifiedName.count > 0, let inner = tree.nodes(call.arguments).first else {
        return []
      }
      return sessions(of: inner)
    }
    if let receiver = tree.attribute(call.function)?.value, let fact = oneTask(receiver) {
      uses.append(SessionUse(node: receiver, name: written(receiver), fact: fact))
    } else if let use = sessionOfMethod(call, node) {
      uses.append(use)
    }
    for argument in tree.nodes(call.arguments) {
      guard let fact = oneTask(argument) else { continue }
      uses.append(SessionUse(node: argument, name: written(argument), fact: fact))
    }
    for argument in tree.nodes(call.keywords) {
      guard let value = tree.keyword(argument)?.value, let fact = oneTask(value) else { continue }
      uses.append(SessionUse(node: value, name: written(value), fact: fact))
    }
    return uses
  }

  /// The session in an attribute that the called method of the same object awaits:
  /// `self.load(key)`, which awaits `self.session.get(…)`.
  private func sessionOfMethod(_ call: Call, _ node: NodeID) -> SessionUse? {
    guard let receiver = tree.attribute(call.function)?.value, tree.kind(receiver) == .name,
      let function = projectFunction(ofCall: node), function.isCoroutineFunction,
      function.module == resolver.moduleID, function.owner != nil
    else { return nil }
    for inner in subtree(function.node) where tree.kind(inner) == .awaitExpr && !isLocked(inner) {
      guard let operand = tree.awaitExpr(inner)?.value, let awaited = tree.call(operand),
        let session = tree.attribute(awaited.function)?.value,
        let attribute = tree.attribute(session), isSelf(attribute.value),
        let fact = oneTask(session)
      else { continue }
      let name = written(receiver) + StaticString(".").bytes + Array(tree.text(of: attribute.name))
      return SessionUse(node: receiver, name: name, fact: fact)
    }
    return nil
  }

  private func oneTask(_ node: NodeID) -> KnownCallable? {
    switch tree.kind(node) {
    case .name, .attribute: break
    default: return nil
    }
    return resolver.instanceClass(of: node).flatMap { knowledge.fact($0, trait: "one-task") }
  }

  /// Whether the name that an expression begins with is bound within a span: one for each turn.
  private func isBound(_ node: NodeID, within span: ByteSpan) -> Bool {
    var first = node
    while let attribute = tree.attribute(first) { first = attribute.value }
    guard let name = tree.name(first),
      let variable = model.lookUp(name.name, from: model.scope(of: first))
    else { return true }
    return model[variable].bindings.contains { span.contains(tree.span($0.node)) }
  }
}
