import PythonSemantics
import PythonSyntax

extension Check {
  /// A loop that sleeps until something of the same program holds, instead of waiting for it.
  static let busyWait = Check(
    name: "busy-wait",
    messages: [
      CheckMessage("event", ["condition", "event"]),
      CheckMessage("task", ["condition", "task"]),
      CheckMessage("queue", ["condition", "queue"]),
      CheckMessage("flag", ["condition"]),
    ],
    traits: ["sleep", "event", "queue", "task"],
    kinds: [.whileStmt]
  ) { node, context in
    let tree = context.tree
    guard context.coroutineScope(of: node) != nil, let loop = tree.whileStmt(node),
      loop.body.count == 1, loop.orElse.isEmpty, let statement = tree.nodes(loop.body).first,
      let value = tree.exprStmt(statement)?.value, let call = tree.awaitExpr(value)?.value,
      context.fact(ofCall: call, trait: "sleep") != nil, !context.isTestFile
    else { return }
    let condition = context.written(loop.test)
    let span = ByteSpan(start: tree.span(node).start, end: tree.span(loop.test).end)
    let tested = context.tested(loop.test)
    if let object = context.asked(tested, ["is_set"], trait: "event") {
      let name = context.written(object)
      context.report("event", span: span, [("condition", condition), ("event", name)]) {
        guard tested != loop.test else { return nil }
        let wait = StaticString("await ").bytes + name + StaticString(".wait()").bytes
        return .safe(
          StaticString("replace by `").bytes + wait + StaticString("`").bytes,
          [Edit(span: tree.span(node), replacement: wait)])
      }
    } else if let object = context.asked(tested, ["done"], trait: "task") {
      context.report(
        "task", span: span, [("condition", condition), ("task", context.written(object))])
    } else if let object = context.asked(tested, ["empty", "full"], trait: "queue") {
      context.report(
        "queue", span: span, [("condition", condition), ("queue", context.written(object))])
    } else if context.isFlag(tested, of: node) {
      context.report("flag", span: span, [("condition", condition)])
    }
  }
}

extension CheckContext {
  /// A condition without `not`, and the side of a comparison with a constant.
  fileprivate func tested(_ node: NodeID) -> NodeID {
    if let view = tree.unaryOp(node), view.operator == .not { return tested(view.operand) }
    if let view = tree.compare(node), view.comparators.count == 1,
      let right = tree.nodes(view.comparators).first, tree.kind(right) == .constant
    {
      return view.left
    }
    return node
  }

  /// The object of a known class that a condition asks by a method without arguments.
  fileprivate func asked(_ node: NodeID, _ methods: [StaticString], trait: StaticString)
    -> NodeID?
  {
    guard let call = tree.call(node), let method = tree.attribute(call.function),
      call.arguments.isEmpty, isNamed(method.name, methods),
      let cls = resolver.value(of: method.value).instanceClass,
      knowledge.fact(cls, trait: trait) != nil
    else { return nil }
    return method.value
  }

  /// Whether a condition is a variable or attribute that another function of the file assigns.
  fileprivate func isFlag(_ node: NodeID, of loop: NodeID) -> Bool {
    let function = owner(of: loop)
    if let attribute = tree.attribute(node) {
      guard tree.kind(attribute.value) == .name else { return false }
      return model.attributeStores.contains { store in
        guard tree.attribute(store)?.name == attribute.name, let other = owner(of: store),
          other != function, let view = tree.functionDef(other)
        else { return false }
        return !isNamed(view.name, ["__init__", "__new__", "__post_init__"])
      }
    }
    guard let variable = variable(node) else { return false }
    return model[variable].bindings.contains { binding in
      guard let other = owner(of: binding.node), other != function else { return false }
      return model[variable].scope != model.scope(openedBy: other)
    }
  }
}
