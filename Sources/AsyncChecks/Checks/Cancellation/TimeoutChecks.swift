import PythonSemantics
import PythonSyntax

extension Check {
  /// A number where a time of the event loop's clock is wanted.
  static let constantDeadline = Check(
    name: "constant-deadline",
    messages: [CheckMessage("constant", ["call", "value"])],
    traits: ["absolute-deadline"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let fact = context.fact(ofCall: node, trait: "absolute-deadline"),
      let call = tree.call(node),
      let value = context.argument(call, 0, "deadline") ?? context.keyword(call, "when"),
      context.number(value)?.isFinite == true
    else { return }
    context.report(
      "constant", fact: fact, span: tree.span(value),
      [("call", fact.shownName), ("value", context.written(value))])
  }

  /// A time limit that cannot come into play: none at all, or longer than the one around it.
  static let timeoutWithoutEffect = Check(
    name: "timeout-without-effect",
    messages: [
      CheckMessage("none", ["call"]),
      CheckMessage("nested", ["inner", "outer"]),
    ],
    traits: ["relative-timeout", "wait-for"],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard context.hasCoroutines, let call = tree.call(node) else { return }
    let limit: NodeID
    if let fact = context.fact(ofCall: node, trait: "wait-for") {
      guard let value = context.argument(call, 1, "timeout") else { return }
      if tree.constantKind(value) == ConstantKind.none {
        context.report("none", fact: fact, span: tree.span(node), [("call", fact.shownName)])
        return
      }
      limit = value
    } else {
      guard context.fact(ofCall: node, trait: "relative-timeout") != nil,
        let value = tree.nodes(call.arguments).first,
        tree.parent(of: node).map({ tree.kind($0) }) == .withItem
      else { return }
      limit = value
    }
    guard let inner = context.number(limit), let outer = context.limit(around: node),
      inner >= outer.seconds
    else { return }
    context.report(
      "nested", span: tree.span(node),
      [("inner", context.written(limit)), ("outer", context.written(outer.node))],
      notes: [
        Note(
          file: nil, span: tree.span(outer.node),
          message: StaticString("this limit comes first").bytes)
      ])
  }

  /// A time limit that begins to run when it is made, some time before its block is entered.
  static let delayedScopeEntry = Check(
    name: "delayed-scope-entry",
    messages: [CheckMessage("early", ["call", "name"])],
    traits: ["early-timeout"],
    kinds: [.assign]
  ) { node, context in
    let tree = context.tree
    guard context.hasCoroutines, let assign = tree.assign(node), assign.targets.count == 1,
      let target = tree.nodes(assign.targets).first, let variable = context.variable(target),
      let fact = context.fact(ofCall: assign.value, trait: "early-timeout"),
      let call = tree.call(assign.value), let limit = tree.nodes(call.arguments).first,
      tree.constantKind(limit) != ConstantKind.none,
      let item = context.references[variable].compactMap({ tree.parent(of: $0) })
        .first(where: { tree.kind($0) == .withItem }),
      let statement = tree.parent(of: item), context.owner(of: node) == context.owner(of: item),
      let function = context.owner(of: node)
    else { return }
    let (start, end) = (tree.span(node).end, tree.span(statement).start)
    guard
      context.contains(
        function,
        where: { inner in
          context.isCheckpoint(inner) && tree.span(inner).start >= start
            && tree.span(inner).end <= end
        })
    else { return }
    context.report(
      "early", fact: fact, span: tree.span(assign.value),
      [("call", fact.shownName), ("name", context.written(target))])
  }

  /// A parameter that makes a function limit its own time, instead of leaving that to its caller.
  static let timeoutParameter = Check(
    name: "timeout-parameter",
    messages: [CheckMessage("parameter", ["name", "function"])],
    kinds: [.asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node), let list = tree.arguments(function.arguments)
    else {
      return
    }
    let parameters =
      Array(tree.nodes(list.positionalOnly)) + Array(tree.nodes(list.positional))
      + Array(tree.nodes(list.keywordOnly))
    for parameter in parameters {
      guard let arg = tree.arg(parameter), context.isNamed(arg.name, ["timeout"]),
        let scope = context.model.scope(openedBy: node),
        let variable = context.model.variable(arg.name, in: scope),
        context.references[variable].contains(where: { context.isLimit($0) })
      else { continue }
      context.report(
        "parameter", span: tree.span(parameter),
        [
          ("name", Array(tree.text(of: arg.name))),
          ("function", Array(tree.text(of: function.name))),
        ])
    }
  }
}

extension CheckContext {
  /// The constant time limit of a `with` around a node.
  fileprivate func limit(around node: NodeID) -> (node: NodeID, seconds: Double)? {
    for (parent, child) in surroundings(of: node) where isBody(child, ofWith: parent) {
      guard let (item, _) = item(of: parent, ["relative-timeout"]),
        let view = tree.withItem(item), let call = tree.call(view.contextExpr),
        let value = tree.nodes(call.arguments).first, let seconds = number(value), seconds.isFinite
      else { continue }
      // A limit with a name may be changed later.
      if view.target != nil { continue }
      return (value, seconds)
    }
    return nil
  }

  /// Whether a name is the time that a `with` or `wait_for` gets.
  fileprivate func isLimit(_ name: NodeID) -> Bool {
    guard var call = tree.parent(of: name) else { return false }
    if tree.kind(call) == .keyword, let above = tree.parent(of: call) { call = above }
    return fact(ofCall: call, trait: "relative-timeout") != nil
      || fact(ofCall: call, trait: "wait-for") != nil
  }
}
