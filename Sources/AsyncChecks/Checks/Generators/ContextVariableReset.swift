import PythonSemantics
import PythonSyntax

extension Check {
  /// A generator that resets a context variable with a token from before a `yield`.
  static let contextVariableReset = Check(
    name: "context-variable-reset",
    messages: [
      CheckMessage("generator", ["variable", "function"]),
      CheckMessage("dependency", ["variable", "function"]),
    ],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let method = context.methodName(ofCall: node), context.isNamed(method, ["reset"]),
      !context.isTestFile,
      let call = tree.call(node), let variable = context.receiver(ofCall: node),
      let token = tree.nodes(call.arguments).first, let function = context.owner(of: node),
      let view = tree.functionDef(function), context.isGenerator(function),
      context.isToken(token, of: variable, in: function, before: node)
    else { return }
    let values: [(placeholder: StaticString, value: [UInt8])] = [
      ("variable", context.written(variable)), ("function", Array(tree.text(of: view.name))),
    ]
    if view.isAsync {
      guard context.isPlainFunction(function), context.yieldsRepeatedly(function) else { return }
      context.report("generator", span: tree.span(node), values)
    } else if context.isThreadDependency(function, view) {
      context.report("dependency", span: tree.span(node), values)
    }
  }
}

extension CheckContext {
  /// Whether a name is only what `variable.set(…)` gave, with a `yield` after it.
  fileprivate func isToken(
    _ token: NodeID, of variable: NodeID, in function: NodeID, before reset: NodeID,
  ) -> Bool {
    guard let name = self.variable(token), let binding = model[name].bindings.first,
      binding.kind == .assignment, let assign = tree.parent(of: binding.node),
      let value = tree.assign(assign)?.value, let method = methodName(ofCall: value),
      isNamed(method, ["set"]), let receiver = receiver(ofCall: value),
      isSameText(receiver, variable)
    else { return false }
    let (start, end) = (tree.span(assign).end, tree.span(reset).start)
    return contains(function) { inner in
      tree.kind(inner) == .yieldExpr && tree.span(inner).start >= start
        && tree.span(inner).end <= end
    }
  }

  /// Whether a generator has several `yield`s or one in a loop. One with a single `yield` is made
  /// to be a dependency, a fixture or a context manager, which end in the task that began them.
  fileprivate func yieldsRepeatedly(_ function: NodeID) -> Bool {
    var count = 0
    var isLooping = false
    forEachOwnNode(in: function) { node in
      guard tree.kind(node) == .yieldExpr else { return }
      count += 1
      if surroundings(of: node).contains(where: { isLoop($0.parent) }) { isLooping = true }
    }
    return isLooping || count > 1
  }

  /// Whether a synchronous generator is a dependency of FastAPI, which runs its two halves in
  /// threads, each with its own copy of the context.
  fileprivate func isThreadDependency(_ function: NodeID, _ view: FunctionDef) -> Bool {
    guard view.decorators.isEmpty,
      let variable = model.lookUp(view.name, from: model.scope(of: function))
    else { return false }
    return references[variable].contains { name in
      guard let parent = tree.parent(of: name), let call = tree.call(parent),
        let callee = resolver.dottedName(of: call.function)
      else { return false }
      return callee.elementsEqual(StaticString("fastapi.Depends").bytes)
        || callee.elementsEqual(StaticString("fastapi.params.Depends").bytes)
    }
  }
}
