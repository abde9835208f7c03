import PythonSemantics
import PythonSyntax

extension Check {
  /// A coroutine function that never awaits, and that nothing else obliges to be one.
  static let uselessAsync = Check(
    name: "useless-async",
    messages: [CheckMessage("function", ["function"])],
    kinds: [.asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node), function.decorators.count == 0,
      !context.isGenerator(node), !context.awaitsAnything(node), !context.isStubBody(function),
      context.callsOnlyBuiltins(node),
      !context.mayBeObliged(node, function)
    else { return }
    context.report(
      "function", span: tree.nameSpan(at: function.nameStart),
      [("function", Array(tree.text(of: function.name)))])
  }
}

extension CheckContext {
  /// Whether `await`, `async for` or `async with` stands in a function itself.
  fileprivate func awaitsAnything(_ function: NodeID) -> Bool {
    guard let scope = model.scope(openedBy: function) else { return true }
    return tree.subtree(of: function).contains { node in
      switch tree.kind(node) {
      case .awaitExpr, .asyncFor, .asyncWith:
        model.executionScope(of: model.scope(of: node)) == scope
      case .comprehension:
        tree.comprehensionFor(node)?.isAsync == true
          && model.executionScope(of: model.scope(of: node)) == scope
      default: false
      }
    }
  }

  /// Whether a function calls nothing but builtins: another call may be what lacks its `await`.
  fileprivate func callsOnlyBuiltins(_ function: NodeID) -> Bool {
    let plain: [StaticString] = [
      "abs", "all", "any", "bool", "bytes", "dict", "enumerate", "float", "frozenset", "getattr",
      "hasattr", "int", "isinstance", "iter", "len", "list", "map", "max", "min", "next", "range",
      "reversed", "round", "set", "sorted", "str", "sum", "tuple", "type", "zip",
    ]
    return tree.subtree(of: function).allSatisfy { node in
      switch tree.kind(node) {
      case .call: tree.call(node).map { isBuiltin($0.function, plain) } ?? false
      // What is iterated over may block, or lack an `async`.
      case .forStmt: tree.forStmt(node).map { !isKnown($0.iterable) } ?? false
      case .comprehension: tree.comprehensionFor(node).map { !isKnown($0.iterable) } ?? false
      case .withStmt, .asyncWith, .raiseStmt, .asyncFunctionDef, .functionDef, .lambda: false
      default: true
      }
    }
  }

  private func isKnown(_ node: NodeID) -> Bool { resolver.instanceClass(of: node) != nil }

  fileprivate func isStubBody(_ function: FunctionDef) -> Bool {
    tree.nodes(function.body).allSatisfy { statement in
      switch tree.kind(statement) {
      case .passStmt, .raiseStmt: true
      case .exprStmt: tree.exprStmt(statement).map { tree.kind($0.value) == .constant } ?? true
      case .returnStmt:
        tree.returnStmt(statement)?.value.map { tree.kind($0) == .constant } ?? true
      default: false
      }
    }
  }

  /// Whether an interface may ask for a coroutine function: a base class, a protocol, a callback.
  fileprivate func mayBeObliged(_ node: NodeID, _ function: FunctionDef) -> Bool {
    let name = tree.text(of: function.name)
    if name.starts(with: StaticString("__").bytes) || name.starts(with: StaticString("test").bytes)
    {
      return true
    }
    guard let symbol = resolver.module.symbol(ofDefinition: node),
      let definition = project.function(symbol), definition.isCoroutineFunction
    else { return true }
    // A method may be handed over, or asked for by an interface, anywhere.
    if definition.owner != nil { return true }
    guard let variable = model.lookUp(function.name, from: model.scope(of: node)) else {
      return true
    }
    // Handed to somebody who awaits it, or given another name.
    let uses = references[variable]
    return uses.isEmpty
      || uses.contains { use in
        guard let parent = tree.parent(of: use), let call = tree.call(parent) else { return true }
        return call.function != use
      }
  }
}
