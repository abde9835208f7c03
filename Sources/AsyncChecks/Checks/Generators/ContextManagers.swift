import PythonSemantics
import PythonSyntax

extension Check {
  /// An `__aexit__` that swallows every exception.
  static let exitAlwaysTrue = Check(
    name: "exit-always-true",
    messages: [CheckMessage("true", ["method"])],
    kinds: [.functionDef, .asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node),
      context.isNamed(function.name, function.isAsync ? ["__aexit__"] : ["__exit__"]),
      context.hasCoroutines, let last = context.onlyTrueReturns(of: node, function)
    else { return }
    context.report(
      "true", span: tree.span(last), [("method", Array(tree.text(of: function.name)))])
  }

  /// An async context manager whose clean-up is skipped when the block raises.
  static let fallibleContextManager = Check(
    name: "fallible-context-manager",
    messages: [CheckMessage("yield", ["function"])],
    traits: ["context-manager-decorator"],
    kinds: [.yieldExpr]
  ) { node, context in
    let tree = context.tree
    guard let scope = context.coroutineScope(of: node), context.model[scope].isGenerator else {
      return
    }
    let function = context.model[scope].node
    guard let view = tree.functionDef(function),
      tree.nodes(view.decorators).contains(where: { decorator in
        context.fact(of: decorator, trait: "context-manager-decorator") != nil
      }), context.isFollowedByWork(node), !context.isLifespan(view, function)
    else { return }
    context.report(
      "yield", span: tree.span(node), [("function", context.functionName(of: scope))])
  }
}

extension CheckContext {
  /// The last `return True` of a function that returns nothing else and never ends otherwise.
  fileprivate func onlyTrueReturns(of node: NodeID, _ function: FunctionDef) -> NodeID? {
    var last: NodeID?
    var isOnlyTrue = true
    for statement in tree.nodes(function.body) where !opensFunction(statement) {
      forEachOwnNode(in: statement) { inner in
        switch tree.kind(inner) {
        case .returnStmt:
          guard let value = tree.returnStmt(inner)?.value, tree.constantKind(value) == .true else {
            isOnlyTrue = false
            return
          }
          if last.map({ tree.span(inner).start > tree.span($0).start }) ?? true { last = inner }
        case .raiseStmt: isOnlyTrue = false
        default: return
        }
      }
    }
    let paths = PathSearch(tree: tree) { _ in false }
    guard isOnlyTrue, !paths.exits(function.body).contains(.end) else { return nil }
    return last
  }

  /// Whether a function is handed to an application as its lifespan, whose block does not raise.
  fileprivate func isLifespan(_ view: FunctionDef, _ function: NodeID) -> Bool {
    guard let variable = model.lookUp(view.name, from: model.scope(of: function)) else {
      return false
    }
    return references[variable].contains { name in
      guard let parent = tree.parent(of: name), let word = tree.keyword(parent)?.name else {
        return false
      }
      return isNamed(word, ["lifespan"])
    }
  }

  /// Whether statements that call something come after a `yield` that nothing guards.
  fileprivate func isFollowedByWork(_ node: NodeID) -> Bool {
    guard let function = owner(of: node) else { return false }
    let start = statement(of: node)
    let inside = surroundings(of: start)
    let outermost = (parent: function, child: inside.last?.parent ?? start)
    for (parent, child) in inside + [outermost] {
      if tree.tryStmt(parent) != nil || tree.withStmt(parent) != nil || isLoop(parent) {
        return false
      }
      guard let block = resolver.block(of: parent, holding: child),
        let index = block.firstIndex(of: child)
      else { continue }
      let rest = block[(index + 1)...]
      let end = rest.firstIndex { tree.kind($0) == .returnStmt }
      if hasCall(rest[..<(end ?? rest.endIndex)]) { return true }
      if end != nil { return false }
    }
    return false
  }

  private func hasCall(_ statements: some Sequence<NodeID>) -> Bool {
    contains(statements) { tree.kind($0) == .call || tree.kind($0) == .awaitExpr }
  }
}
