import PythonSemantics
import PythonSyntax

extension Check {
  /// `error.errno` where `error` is the group that `except*` gives.
  static let attributeOnExceptionGroup = Check(
    name: "attribute-on-exception-group",
    messages: [CheckMessage("attribute", ["name", "attribute", "type"])],
    kinds: [.attribute]
  ) { node, context in
    let tree = context.tree
    guard let view = tree.attribute(node), let name = tree.name(view.value)?.name,
      let handler = context.starHandler(of: name, around: node),
      !context.isGroupAttribute(view.name), let type = tree.exceptHandler(handler)?.type
    else { return }
    context.report(
      "attribute", span: tree.span(node),
      [
        ("name", Array(tree.text(of: name))), ("attribute", Array(tree.text(of: view.name))),
        ("type", context.written(type)),
      ])
  }

  /// `raise group.exceptions[0]`, which ties the exception into a circle with its group.
  static let innerExceptionRaised = Check(
    name: "inner-exception-raised",
    messages: [CheckMessage("raise", ["exception"])],
    kinds: [.raiseStmt]
  ) { node, context in
    let tree = context.tree
    // Who writes `from` has thought of what the traceback will show, unless it is the group.
    guard let statement = tree.raiseStmt(node),
      statement.cause.map({ context.isCaught($0) }) ?? true,
      let exception = statement.exception, context.isMember(exception, at: node),
      !context.setsContext(of: exception, before: node)
    else { return }
    context.report("raise", span: tree.span(node), [("exception", context.written(exception))])
  }

  /// A subclass of an exception group that `split` and `except*` turn into a plain group.
  static let groupWithoutDerive = Check(
    name: "group-without-derive",
    messages: [CheckMessage("class", ["class", "base"])],
    traits: ["exception-group"],
    kinds: [.classDef]
  ) { node, context in
    let tree = context.tree
    guard let cls = tree.classDef(node) else { return }
    let base = tree.nodes(cls.bases).first { base in
      context.isExceptionGroup(tree.subscript(base)?.value ?? base)
    }
    guard let base else { return }
    let hasDerive = tree.nodes(cls.body).contains { statement in
      if let function = tree.functionDef(statement) {
        return context.isNamed(function.name, ["derive"])
      }
      guard let assign = tree.assign(statement) else { return false }
      return tree.nodes(assign.targets).contains { target in
        tree.name(target).map { context.isNamed($0.name, ["derive"]) } ?? false
      }
    }
    guard !hasDerive else { return }
    context.report(
      "class", span: tree.nameSpan(at: cls.nameStart),
      [("class", Array(tree.text(of: cls.name))), ("base", context.written(base))])
  }

  /// `pytest.raises(ExceptionGroup)`, which does not look inside.
  static let pytestRaisesGroup = Check(
    name: "pytest-raises-group",
    messages: [CheckMessage("raises", ["call", "exception"])],
    traits: ["raises"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "raises"), let call = tree.call(node),
      let type = context.argument(call, 0, "expected_exception")
    else { return }
    let types = tree.tuple(type).map { Array(tree.nodes($0.elements)) } ?? [type]
    guard let group = types.first(where: { context.isExceptionGroup($0) }) else { return }
    // Who gives it a name and reads that looks at it.
    if let target = tree.parent(of: node).flatMap({ tree.withItem($0)?.target }),
      let variable = context.variable(target), !context.references[variable].isEmpty
    {
      return
    }
    context.report(
      "raises", fact: fact, span: tree.span(node),
      [("call", fact.shownName), ("exception", context.written(group))])
  }
}

extension CheckContext {
  /// Whether an expression names one of the two classes of exception groups.
  fileprivate func isExceptionGroup(_ node: NodeID) -> Bool {
    isBuiltin(node, ["ExceptionGroup", "BaseExceptionGroup"])
      || fact(of: node, trait: "exception-group") != nil
  }

  /// Whether the code before a place says what the traceback of an exception is to show:
  /// `error.__suppress_context__ = True`.
  fileprivate func setsContext(of exception: NodeID, before node: NodeID) -> Bool {
    guard let function = owner(of: node) else { return false }
    let start = tree.span(node).start
    return contains(function) { inner in
      guard tree.span(inner).start < start, let view = tree.attribute(inner),
        view.context == .store, isSameText(view.value, exception)
      else { return false }
      return isNamed(view.name, ["__suppress_context__", "__context__", "__cause__"])
    }
  }

  /// The `except*` clause around a node that binds a name, if nothing nearer does.
  fileprivate func starHandler(of name: NameID, around node: NodeID) -> NodeID? {
    // Few names are bound by handlers, and looking at what is around a node takes longer.
    guard let variable = model.lookUp(name, from: model.scope(of: node)),
      model[variable].bindings.contains(where: { $0.kind == .exceptTarget })
    else { return nil }
    for (parent, _) in surroundings(of: node) {
      if let view = tree.exceptHandler(parent), view.name == name {
        guard let statement = tree.parent(of: parent), tree.kind(statement) == .tryStar else {
          return nil
        }
        return isRebound(name, in: parent) ? nil : parent
      }
    }
    return nil
  }

  private func isRebound(_ name: NameID, in handler: NodeID) -> Bool {
    guard let variable = model.lookUp(name, from: model.scope(of: handler)) else { return true }
    let span = tree.span(handler)
    return model[variable].bindings.contains { binding in
      binding.node != handler && span.contains(tree.span(binding.node))
    }
  }

  /// Whether exception groups have an attribute.
  fileprivate func isGroupAttribute(_ name: NameID) -> Bool {
    let text = tree.text(of: name)
    if text.starts(with: StaticString("__").bytes) { return true }
    return isNamed(
      name,
      [
        "exceptions", "message", "subgroup", "split", "derive", "add_note", "args",
        "with_traceback",
      ])
  }

  /// Whether a raised expression is an element of `….exceptions`.
  fileprivate func isMember(_ node: NodeID, at place: NodeID) -> Bool {
    if let view = tree.subscript(node) { return isExceptions(view.value) }
    guard let variable = variable(node), model[variable].bindings.count == 1,
      let binding = model[variable].bindings.first, let parent = tree.parent(of: binding.node),
      owner(of: binding.node) == owner(of: place)
    else { return false }
    switch binding.kind {
    case .assignment:
      guard let value = tree.assign(parent)?.value, let view = tree.subscript(value) else {
        return false
      }
      return isExceptions(view.value)
    case .forTarget: return tree.forStmt(parent).map { isExceptions($0.iterable) } ?? false
    case .unpacked:
      guard let statement = tree.parent(of: parent), let value = tree.assign(statement)?.value
      else {
        return false
      }
      return isExceptions(value)
    default: return false
    }
  }

  /// Whether a name is that of a caught exception.
  fileprivate func isCaught(_ node: NodeID) -> Bool {
    variable(node).map { model[$0].bindings.contains { $0.kind == .exceptTarget } } ?? false
  }

  /// Whether an expression is `error.exceptions` of a caught error.
  private func isExceptions(_ node: NodeID) -> Bool {
    guard let view = tree.attribute(node), isNamed(view.name, ["exceptions"]),
      let variable = variable(view.value)
    else { return false }
    return model[variable].bindings.contains { $0.kind == .exceptTarget }
  }
}
