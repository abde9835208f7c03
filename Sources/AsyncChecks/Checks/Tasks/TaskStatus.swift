import PythonSemantics
import PythonSyntax

extension Check {
  /// A function that takes `task_status` and never reports that it has started.
  static let taskStatusNeverStarted = Check(
    name: "task-status-never-started",
    messages: [CheckMessage("parameter", ["function"])],
    kinds: [.asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node), let parameter = context.taskStatus(of: node),
      let arg = tree.arg(parameter), let scope = context.model.scope(openedBy: node),
      let variable = context.model.variable(arg.name, in: scope),
      context.references[variable].isEmpty, !context.isStub(function),
      // One that always fails tells whoever waits that way.
      PathSearch(tree: tree, isEvent: { _ in false }).exits(function.body) != .raises,
      // An override takes what its base class asks for.
      tree.nodes(function.decorators).isEmpty
    else { return }
    context.report(
      "parameter", span: tree.span(parameter),
      [("function", Array(tree.text(of: function.name)))])
  }

  /// `start_soon` where an object is set up, of a function that could say when it is ready.
  static let startSoonInEnter = Check(
    name: "start-soon-in-aenter",
    messages: [CheckMessage("start", ["call", "function", "start"])],
    kinds: [.call]
  ) { node, context in
    let tree = context.tree
    guard let call = tree.call(node), let method = tree.attribute(call.function),
      context.isNamed(method.name, ["start_soon"]), let first = tree.nodes(call.arguments).first,
      context.isSettingUp(node), case .object(let symbol) = context.resolver.value(of: first),
      !context.resolver.isLocal(symbol), let target = context.project.function(symbol),
      context.takesTaskStatus(target)
    else { return }
    context.report(
      "start", span: tree.span(node),
      [
        ("call", context.written(call.function)), ("function", context.written(first)),
        ("start", context.written(method.value) + StaticString(".start").bytes),
      ])
  }
}

extension CheckContext {
  /// The parameter `task_status` of a function.
  fileprivate func taskStatus(of node: NodeID) -> NodeID? {
    guard let function = tree.functionDef(node), let list = tree.arguments(function.arguments)
    else { return nil }
    let parameters = Array(tree.nodes(list.positional)) + Array(tree.nodes(list.keywordOnly))
    return parameters.first { parameter in
      tree.arg(parameter).map { isNamed($0.name, ["task_status"]) } ?? false
    }
  }

  /// Whether a body only says that it is not there: `...`, `pass`, a text, or `raise`.
  fileprivate func isStub(_ function: FunctionDef) -> Bool {
    tree.nodes(function.body).allSatisfy { statement in
      switch tree.kind(statement) {
      case .passStmt, .raiseStmt: return true
      case .exprStmt: return tree.exprStmt(statement).map { tree.kind($0.value) } == .constant
      default: return false
      }
    }
  }

  /// Whether a node runs in `__aenter__`, or in an async context manager before its `yield`.
  fileprivate func isSettingUp(_ node: NodeID) -> Bool {
    guard let function = owner(of: node), let view = tree.functionDef(function), view.isAsync
    else { return false }
    if isNamed(view.name, ["__aenter__"]) { return true }
    guard isGenerator(function), !tree.nodes(view.decorators).isEmpty else { return false }
    let end = tree.span(node).end
    return contains(function) { tree.kind($0) == .yieldExpr && tree.span($0).start > end }
  }

  /// Whether a function of the project has a parameter `task_status`.
  fileprivate func takesTaskStatus(_ function: FunctionDefinition) -> Bool {
    let other = project[function.module].model.tree
    guard let view = other.functionDef(function.node), let list = other.arguments(view.arguments)
    else { return false }
    return (Array(other.nodes(list.positional)) + Array(other.nodes(list.keywordOnly))).contains {
      guard let arg = other.arg($0) else { return false }
      return other.text(of: arg.name).elementsEqual(StaticString("task_status").bytes)
    }
  }
}
