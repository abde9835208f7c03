import PythonSemantics
import PythonSyntax

extension Check {
  /// A second `await` of the same coroutine object.
  static let coroutineAwaitedTwice = Check(
    name: "coroutine-awaited-twice",
    messages: [
      CheckMessage("again", ["name"]), CheckMessage("loop", ["name"]),
      CheckMessage("cached", ["name", "call"]),
    ],
    kinds: [.awaitExpr, .assign]
  ) { node, context in
    let tree = context.tree
    if let assign = tree.assign(node) {
      context.checkCachedCoroutine(assign, node)
      return
    }
    guard let operand = tree.awaitExpr(node)?.value, let name = tree.name(operand),
      let variable = context.model.lookUp(name.name, from: context.model.scope(of: operand)),
      let call = context.soleCoroutine(of: variable, at: operand)
    else { return }
    let text = Array(tree.text(of: name.name))
    let earlier = context.references[variable].contains { reference in
      reference != operand && context.isUsedUp(reference) && context.precedes(reference, operand)
    }
    if earlier {
      context.report("again", span: tree.span(node), [("name", text)])
    } else if context.repeats(operand, after: call) {
      context.report("loop", span: tree.span(node), [("name", text)])
    }
  }
}

extension CheckContext {
  /// The call that made the coroutine which a local variable holds, if it never holds anything else.
  fileprivate func soleCoroutine(of variable: VariableID, at place: NodeID) -> NodeID? {
    let view = model[variable]
    guard view.bindings.count == 1, view.bindings[0].kind == .assignment,
      model.executionScope(of: model.scope(of: place)) == view.scope,
      let value = tree.parent(of: view.bindings[0].node).flatMap({ tree.assign($0)?.value }),
      let coroutine = coroutineCall(value), coroutine.fact == nil || isOwnLibrary(coroutine)
    else { return nil }
    return value
  }

  /// Reports a coroutine that is put into a mapping where it is missing, and awaited out of it each
  /// time: the second time fails.
  fileprivate func checkCachedCoroutine(_ assign: Assign, _ node: NodeID) {
    guard assign.targets.count == 1, let target = tree.nodes(assign.targets).first,
      let place = tree.subscript(target), let coroutine = coroutineCall(assign.value),
      coroutine.fact == nil || isOwnLibrary(coroutine), isMissing(place, at: node)
    else { return }
    let text = written(place.value)
    var isAwaited = false
    for other in tree.nodes {
      if let operand = tree.awaitExpr(other)?.value, let read = tree.subscript(operand),
        written(read.value) == text
      {
        isAwaited = true
      }
      // What is taken out again is awaited once.
      if let method = tree.attribute(other), written(method.value) == text,
        isNamed(other, ["pop", "popitem", "clear"])
      {
        return
      }
      if let read = tree.subscript(other), read.context == .delete, written(read.value) == text {
        return
      }
    }
    guard isAwaited else { return }
    report(
      "cached", span: tree.span(assign.value), [("name", text), ("call", coroutine.name)])
  }

  /// Whether a statement stands in an `if key not in mapping`.
  private func isMissing(_ place: Subscript, at node: NodeID) -> Bool {
    var child = node
    while let parent = tree.parent(of: child) {
      if let choice = tree.ifStmt(parent), let test = tree.compare(choice.test),
        test.comparators.count == 1, let mapping = tree.nodes(test.comparators).first,
        written(mapping) == written(place.value)
      {
        switch tree.comparisonOperator(test, at: 0) {
        case .notIn: return tree.nodes(choice.body).contains(child)
        case .in, .eq, .notEq, .lt, .ltE, .gt, .gtE, .is, .isNot: break
        }
      }
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef, .lambda, .module: return false
      default: child = parent
      }
    }
    return false
  }

  /// What some libraries return may be awaited more than once; what asyncio's coroutine functions
  /// return may not.
  private func isOwnLibrary(_ coroutine: CoroutineCall) -> Bool {
    coroutine.name.starts(with: StaticString("asyncio.").bytes)
  }

  /// Whether a reference awaits the coroutine or gives it to a task.
  fileprivate func isUsedUp(_ reference: NodeID) -> Bool {
    guard let parent = tree.parent(of: reference) else { return false }
    if tree.kind(parent) == .awaitExpr { return true }
    guard let call = tree.call(parent), tree.nodes(call.arguments).first == reference else {
      return false
    }
    return fact(ofCall: parent, trait: "takes-coroutine") != nil
  }

  /// Whether running one place means that the other has run: the earlier one stands in a simple
  /// statement of a block that holds the later one, too, and is evaluated whenever that runs.
  func precedes(_ earlier: NodeID, _ later: NodeID) -> Bool {
    var statement = earlier
    while let parent = tree.parent(of: statement) {
      if let block = resolver.block(of: parent, holding: statement) {
        guard let index = block.firstIndex(of: statement) else { return false }
        return block[(index + 1)...].contains { tree.span($0).contains(tree.span(later)) }
      }
      switch tree.kind(parent) {
      case .awaitExpr, .call, .exprStmt, .assign, .annAssign, .keyword, .formattedValue, .joinedStr,
        .tuple, .list, .starred, .attribute, .subscript, .binOp:
        statement = parent
      default: return false
      }
    }
    return false
  }

  /// Whether a loop that does not make the coroutine comes back to the place again and again.
  fileprivate func repeats(_ place: NodeID, after call: NodeID) -> Bool {
    var child = place
    while let parent = tree.parent(of: child) {
      switch tree.kind(parent) {
      case .forStmt, .asyncFor, .whileStmt:
        guard let block = resolver.block(of: parent, holding: child),
          !tree.span(parent).contains(tree.span(call)), block.contains(child)
        else { return false }
        let leaves = tree.subtree(of: parent).contains { node in
          switch tree.kind(node) {
          case .breakStmt, .returnStmt, .raiseStmt: true
          default: false
          }
        }
        return !leaves
      case .awaitExpr, .call, .exprStmt, .assign, .annAssign, .keyword, .tuple, .formattedValue,
        .joinedStr, .starred, .attribute, .subscript, .binOp:
        child = parent
      default: return false
      }
    }
    return false
  }
}
